/** The values that something can have, as far as conditions tell them apart: each stands for all that answer alike. */
import type { Words } from '../../lib/locale.ts';
import { choicesOf } from '../compile/value.ts';
import type { ColumnSpec } from '../spec/field.ts';
import { STATUS_NAMES } from '../statusName.ts';
import type { Raw, Subject } from './condition.ts';
import type { CheckContext } from './context.ts';
import { statusesOf } from './statuses.ts';

export interface Possible extends Words {
  readonly raw: Raw;
}

const MAX_SUBSETS = 8;
const OTHER = '\u0000other';

/** @param surely whether the node of a `ran` surely ran */
export function possibleValues(context: CheckContext, subject: Subject, surely: boolean): Possible[] {
  const { kind, key, root, field } = subject;
  const name = root === 'form' ? (field ?? key) : key;
  const unset = (raw: Raw): Possible => ({ raw, zh: `${name} 未填`, en: `${name} is not set` });
  const is = (raw: Raw): Possible => same(raw, `${name} = ${JSON.stringify(raw)}`);
  if (kind === 'open') {
    return [
      { raw: true, zh: `${key} 成立`, en: `${key} holds` },
      { raw: false, zh: `${key} 不成立`, en: `${key} does not hold` },
    ];
  }
  if (kind === 'ran') {
    const ran = { raw: true, zh: `${root} 已执行`, en: `${root} has run` };
    return surely ? [ran] : [ran, { raw: false, zh: `${root} 未执行`, en: `${root} has not run` }];
  }
  if (kind === 'flag') return [is(true), is(false)];
  const spec = fieldSpec(context, subject);
  const set = setValues(context, subject, spec).map((raw): Possible => {
    if (kind === 'set') return { raw, zh: `${name} 已填`, en: `${name} is set` };
    if (raw === OTHER) return { raw, zh: `${name} 为其他内容`, en: `${name} is anything else` };
    if (root === 'ticket' && field === 'status')
      return { raw, zh: `${name} = ${statusName(raw)}`, en: `${name} = ${String(raw)}` };
    return is(raw);
  });
  return root === 'form' && spec && isAlwaysSet(spec) ? set : [...set, unset(emptyOf(subject))];
}

const same = (raw: Raw, text: string): Possible => ({ raw, zh: text, en: text });
const statusName = (raw: Raw): string => (STATUS_NAMES as Record<string, string>)[String(raw)] ?? String(raw);
const emptyOf = ({ kind }: Subject): Raw =>
  kind === 'number' ? NaN : kind === 'texts' ? [] : kind === 'set' ? false : '';

function setValues(context: CheckContext, subject: Subject, spec: ColumnSpec | undefined): Raw[] {
  const mentioned = [...subject.mentioned];
  switch (subject.kind) {
    case 'number':
      return numbers(mentioned.map(Number), boundsOf(spec));
    case 'choice':
      return [...(subject.layout?.shape.choices ?? [])];
    case 'texts':
      return subsets(mentioned.map(String), subject.layout?.shape.choices ?? []);
    case 'set':
      return [true];
    default: {
      const known = ticketChoices(context, subject);
      return known ?? [...mentioned.map(String).filter((text) => text !== ''), OTHER];
    }
  }
}

/** `ticket.urgency` is an option of the field that means it; a status is one of ours. */
function ticketChoices(context: CheckContext, { root, field }: Subject): string[] | null {
  if (root !== 'ticket') return null;
  if (field === 'status') return [...statusesOf(context)];
  const { spec } = context;
  const meaning = spec.form.find((one) => (one.means ?? one.id) === field);
  const choices = meaning && choicesOf(meaning);
  return choices ? [...choices] : null;
}

/** Every choice of the mentioned options, and one that is none of them. */
function subsets(mentioned: readonly string[], choices: readonly string[]): Raw[] {
  const kept = mentioned.slice(0, MAX_SUBSETS);
  const other = choices.find((one) => !kept.includes(one));
  const all = kept.reduce<string[][]>((lists, one) => [...lists, ...lists.map((list) => [...list, one])], [[]]);
  const [, ...some] = all;
  return other === undefined ? some : [[other], ...some];
}

interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
  /** Values are multiples of one by this; null: any number. */
  readonly scale: number | null;
}

const WHOLE_CURRENCIES = ['JPY', 'KRW', 'VND', 'CLP', 'ISK'];

/** Only what the form's own judgement enforces: a default is not held to min and max, what is typed or computed is. */
function boundsOf(spec: ColumnSpec | undefined): Bounds {
  const scale =
    spec?.type === 'rating'
      ? 1
      : spec?.type !== 'money'
        ? null
        : WHOLE_CURRENCIES.includes(spec.currency ?? '')
          ? 1
          : 100;
  if (spec?.type === 'rating') return { min: 1, max: spec.max ?? 5, scale };
  const fixed = spec?.default === undefined || isWithin(Number(spec.default), spec);
  const judged = spec !== undefined && fixed && (spec.formula !== undefined || spec.readonly !== true);
  return { min: (judged ? spec.min : null) ?? null, max: (judged ? spec.max : null) ?? null, scale };
}

const isWithin = (value: number, { min, max }: ColumnSpec): boolean =>
  !Number.isNaN(value) && (min === undefined || value >= min) && (max === undefined || value <= max);

/** Each constant, and one value between and beyond them. */
function numbers(constants: readonly number[], { min, max, scale }: Bounds): number[] {
  const ends = [...constants, ...(min === null ? [] : [min]), ...(max === null ? [] : [max])];
  const points = [...new Set(ends)].sort((a, b) => a - b);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [1];
  const between = points.flatMap((point, i) => {
    const next = points[i + 1];
    return [point, ...(next === undefined ? [] : inside(point, next, scale))];
  });
  return [first > 0 ? 0 : first - 1, ...between, last + 1].filter(
    (value) =>
      (min === null || value >= min) && (max === null || value <= max) && (scale === null || isOn(value, scale)),
  );
}

const isOn = (value: number, scale: number): boolean => Math.abs(value * scale - Math.round(value * scale)) < 1e-6;

/** A value between two others, as round as possible; none where the steps are too wide. */
function inside(low: number, high: number, scale: number | null): number[] {
  const steps = [Math.floor((low + high) / 2), Math.floor(low) + 1];
  if (scale !== null) steps.push((Math.floor(low * scale + 1e-6) + 1) / scale);
  else steps.push((low + high) / 2);
  const found = steps.find((value) => value > low && value < high);
  return found === undefined ? [] : [found];
}

/** Shown, and refused while it is empty, wherever a ticket comes from. */
export const isAlwaysSet = (spec: ColumnSpec): boolean =>
  spec.visible === undefined &&
  spec.formula === undefined &&
  (spec.readonly === true ? typeof spec.default === 'string' && !spec.default.startsWith('=') : spec.required === true);

export function fieldSpec(
  { spec, byId }: CheckContext,
  { root, field }: Pick<Subject, 'root' | 'field'>,
): ColumnSpec | undefined {
  const fields = root === 'form' ? spec.form : byId.get(root)?.spec.form;
  return fields?.find((one) => one.id === field);
}
