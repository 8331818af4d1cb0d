/** From words in a chat to a form: which template they open, and what of it they fill in already. */
import type { Field, Value, Values } from '../form/field.ts';
import type { Template } from './template.ts';

export interface Matched {
  readonly template: Template;
  /** The text without the keyword. */
  readonly rest: string;
  /** The text began with the keyword: it surely means this form. */
  readonly leads: boolean;
}

/** A keyword at the start wins over one inside, a longer one over a shorter; null when none occurs. */
export function matchTemplate(text: string, templates: Iterable<Template>): Matched | null {
  const plain = text.trim();
  const lower = plain.toLowerCase();
  let best: (Matched & { readonly weight: number }) | null = null;
  for (const template of templates) {
    for (const keyword of template.keywords) {
      const at = keywordAt(plain, lower, keyword);
      if (at < 0) continue;
      const weight = keyword.length + (at === 0 ? 1000 : 0);
      if (best && best.weight >= weight) continue;
      best = {
        template,
        leads: at === 0,
        weight,
        // A keyword that is also an option (公章) still says which one is meant.
        rest: isOption(template, keyword)
          ? tidy(plain)
          : tidy(`${plain.slice(0, at)} ${plain.slice(at + keyword.length)}`),
      };
    }
  }
  return best && { template: best.template, rest: best.rest, leads: best.leads };
}

/** Inside a sentence a keyword with capitals is looked for with them: `IT` is not "it", as in "I can't open it". */
function keywordAt(plain: string, lower: string, keyword: string): number {
  const at = placeOf(lower, keyword.toLowerCase());
  return at <= 0 || keyword === keyword.toLowerCase() ? at : placeOf(plain, keyword);
}

/** A Latin keyword counts as a whole word only: `IT` is not in `with`, and not in `IT-202611-0001`. */
function placeOf(text: string, keyword: string): number {
  if (keyword === '') return -1;
  const isLatin = /^[a-z0-9]/i.test(keyword) && /[a-z0-9]$/i.test(keyword);
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + keyword.length] ?? ' ';
    if (!isLatin || (!/[a-z0-9_-]/i.test(before) && !/[a-z0-9_-]/i.test(after))) return at;
  }
  return -1;
}

export interface Understood {
  readonly values: Values;
  /** What is left once options and the title were taken out; '' when all was understood. */
  readonly rest: string;
}

/**
 * Options by their names, longest first (非常紧急 before 紧急); what is left is the title.
 * `打印机卡纸 紧急` gives urgency 紧急 and title 打印机卡纸.
 */
export function understand(template: Template, text: string): Understood {
  const values: Record<string, Value> = {};
  let rest = tidy(text);
  for (const { field, label, value } of optionsByLength(template)) {
    if (field.id in values) continue;
    const at = placeOf(rest.toLowerCase(), label.toLowerCase());
    if (at < 0 || !standsAlone(rest, at, label.length)) continue;
    values[field.id] = value;
    rest = tidy(`${rest.slice(0, at)} ${rest.slice(at + label.length)}`);
  }
  const title = template.form.find((field) => field.means === 'title');
  if (!title || rest === '') return { values, rest };
  const max = title.max ?? Infinity;
  const fits = [...rest].length <= max;
  values[title.id] = fits ? rest : [...rest].slice(0, max).join('');
  return { values, rest: fits ? '' : rest };
}

const isOption = (template: Template, word: string): boolean =>
  optionsByLength(template).some(({ label }) => label.toLowerCase() === word.toLowerCase());

/** Fields of which one option is chosen. */
function optionsByLength(template: Template): { field: Field; label: string; value: string }[] {
  return template.form
    .filter((field) => (field.type === 'radio' || field.type === 'select') && !field.readonly && !field.formula)
    .flatMap((field) =>
      field.options.flatMap(({ value, label }) =>
        [...new Set([label, value])].map((word) => ({ field, label: word, value })),
      ),
    )
    .sort((a, b) => b.label.length - a.label.length);
}

/** Between spaces and punctuation, or at an end: 其他 in 其他部门的打印机 is part of a sentence. */
function standsAlone(text: string, at: number, length: number): boolean {
  const edge = /[\s,，。.;；、!！:：()（）]/;
  const before = text[at - 1];
  const after = text[at + length];
  return (before === undefined || edge.test(before)) && (after === undefined || edge.test(after));
}

const BEFORE = ' ,，。.;；、:：';
const AFTER = ' ,，;；、:：';

/** One space at a time, and no marks around it. Counted, since `/[，]+$/` tries again at each of a long row of marks. */
function tidy(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  let from = 0;
  let to = plain.length;
  while (from < to && BEFORE.includes(plain.charAt(from))) from += 1;
  while (to > from && AFTER.includes(plain.charAt(to - 1))) to -= 1;
  return plain.slice(from, to);
}
