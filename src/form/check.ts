/** Judges what a person filled in, and completes it with defaults and formulas. The one validation behind every door. */
import type { FieldProblem } from '../lib/refusal.ts';
import type { Words } from '../lib/locale.ts';
import type { Access, Field, Scope, Value, Values } from './field.ts';
import { FIELD_RULES } from './rules.ts';
import { type ScopeOf, type Settled, settle } from './settle.ts';
import { isEmpty, isRecord, sameValue, valueOf } from './value.ts';

export interface CheckInput {
  readonly fields: readonly Field[];
  /** A field that is not named is editable. */
  readonly access: Readonly<Record<string, Access>>;
  /** Untrusted. A field that is missing keeps what stands in `before`, else takes its default; `null` and `''` clear it. */
  readonly values: Values;
  readonly scope: ScopeOf;
  /** A draft: what is still missing, and what the template's own checks say, is not yet a problem. */
  readonly partial: boolean;
  /** What stands already. */
  readonly before?: Values;
}

export type Checked = { readonly values: Values } | { readonly problems: readonly FieldProblem[] };

/** @returns a value for every field, or every problem in the order of the form. Never throws for bad values. */
export function checkValues(input: CheckInput): Checked {
  const { fields, values } = input;
  if (!isRecord(values)) return { problems: [formProblem] };
  const strays = Object.keys(values).filter((key) => !fields.some((field) => field.id === key));
  const problems = new Map<string, FieldProblem>();
  const known = readKnown(input, problems);
  const settled = settle(fields, known, input.scope);
  for (const field of fields) {
    const sent = valueOf(values, field.id);
    if (sent !== undefined && isLocked(field, input.access) && !isUnchanged(field, sent, settled))
      problems.set(field.id, about(field, '不能在这里修改，请去掉它再提交', 'can’t be changed here: leave it out'));
  }
  const missing = judge(input, settled, '');
  const found = [
    ...strays.map(strayProblem),
    ...fields.flatMap((field) => problems.get(field.id) ?? missing.get(field.id) ?? []),
  ];
  return found.length > 0 ? { problems: found } : { values: settled.values };
}

const accessTo = (field: Field, access: CheckInput['access']): Access =>
  (Object.hasOwn(access, field.id) ? access[field.id] : undefined) ?? 'editable';

/** May a person write this field here? */
export function isWritable(field: Field, access: CheckInput['access']): boolean {
  return !field.formula && !isLocked(field, access);
}

const isLocked = (field: Field, access: CheckInput['access']): boolean =>
  field.readonly || ['hidden', 'readonly'].includes(accessTo(field, access));

export const isRequired = (field: Field, access: CheckInput['access']): boolean =>
  isWritable(field, access) && (field.required || accessTo(field, access) === 'required');

/** What stands, overwritten by what was sent and may be written. */
function readKnown(input: CheckInput, problems: Map<string, FieldProblem>): Values {
  const known: Record<string, Value> = {};
  for (const field of input.fields) {
    const before = input.before ? valueOf(input.before, field.id) : undefined;
    if (before !== undefined) known[field.id] = before;
    const sent = valueOf(input.values, field.id);
    if (sent === undefined || !isWritable(field, input.access)) continue;
    const parsed = FIELD_RULES[field.type].parse(sent, field);
    if ('value' in parsed) known[field.id] = parsed.value;
    else problems.set(field.id, about(field, parsed.problem.zh, parsed.problem.en));
  }
  return known;
}

/** A page may send back what it was shown; only a different value is an attempt to change it. */
function isUnchanged(field: Field, sent: Value, settled: Settled): boolean {
  if (field.formula || !settled.shown.has(field.id)) return true;
  const parsed = FIELD_RULES[field.type].parse(sent, field);
  return 'value' in parsed && sameValue(parsed.value, settled.values[field.id]);
}

/** The problems of a settled form, at most one per field. @param where of a row, for its label: `「明细」第 2 行` */
function judge(input: CheckInput, settled: Settled, where: string): Map<string, FieldProblem> {
  const problems = new Map<string, FieldProblem>();
  for (const field of input.fields) {
    if (!settled.shown.has(field.id)) continue;
    const found = judgeField(field, settled.values[field.id] ?? null, input, settled.values, where);
    if (found) problems.set(field.id, found);
  }
  return problems;
}

function judgeField(field: Field, value: Value, input: CheckInput, values: Values, where: string): FieldProblem | null {
  if (isEmpty(value)) return !input.partial && isRequired(field, input.access) ? askFor(field, where) : null;
  if (field.formula) {
    const parsed = FIELD_RULES[field.type].parse(value, field);
    if ('problem' in parsed) return about(field, parsed.problem.zh, parsed.problem.en, where);
  }
  if (field.offers && isWritable(field, input.access)) {
    const stranger = notOffered(field, value, input.scope(values));
    if (stranger) return about(field, stranger.zh, stranger.en, where);
  }
  if (!input.partial && (field.formula || isWritable(field, input.access))) {
    const scope = field.checks.length > 0 ? input.scope(values) : {};
    const broken = field.checks.find((check) => !check.holds(scope));
    if (broken) return about(field, broken.message, broken.message, where);
  }
  return field.type === 'table' ? judgeRows(field, value, input, values) : null;
}

/** Somebody who was chosen is not, or no longer, among those who may be. */
function notOffered({ offers }: Field, value: Value, scope: Scope): Words | null {
  const offered = offers?.(scope) ?? [];
  const strangers = (Array.isArray(value) ? value : []).filter(
    (id) => !offered.some((option) => option.value === String(id)),
  );
  if (strangers.length === 0) return null;
  const names = offered.slice(0, MOST_NAMED).map(({ label }) => label);
  const more = offered.length > MOST_NAMED;
  return names.length === 0
    ? { zh: '现在没有可选的人，请联系管理员', en: 'there is nobody to choose from: ask an admin' }
    : {
        zh: `请从这些人里选：${names.join('、')}${more ? ' 等' : ''}`,
        en: `choose from: ${names.join(', ')}${more ? ', …' : ''}`,
      };
}
const MOST_NAMED = 10;

function judgeRows(field: Field, rows: Value, input: CheckInput, values: Values): FieldProblem | null {
  if (!Array.isArray(rows) || !isWritable(field, input.access)) return null;
  for (const [i, row] of (rows as readonly Values[]).entries()) {
    const scope: ScopeOf = (inner) => input.scope(values, inner);
    const asForm = { fields: field.columns, access: {}, values: row, scope, partial: input.partial };
    const [first] = judge(asForm, settle(field.columns, row, scope), `${field.label} ${i + 1} · `).values();
    if (first) return { ...first, field: field.id };
  }
  return null;
}

function askFor(field: Field, where: string): FieldProblem {
  const name = `${where}${field.label}`;
  const input = FIELD_RULES[field.type].input;
  const say = (zh: string, en: string): FieldProblem => ({ field: field.id, label: field.label, zh, en });
  if (input === 'files') return say(`请上传「${name}」`, `Upload “${name}”`);
  if (['choice', 'choices', 'person', 'people', 'department', 'date', 'datetime'].includes(input))
    return say(`请选择「${name}」`, `Choose “${name}”`);
  return say(`请填写「${name}」`, `Fill in “${name}”`);
}

const about = (field: Field, zh: string, en: string, where = ''): FieldProblem => ({
  field: field.id,
  label: field.label,
  zh: `「${where}${field.label}」${zh}`,
  en: `“${where}${field.label}”: ${en}`,
});

function strayProblem(key: string): FieldProblem {
  const name = key.slice(0, 40);
  return {
    field: name,
    label: name,
    zh: `这张表单没有「${name}」这个字段，请去掉它再提交`,
    en: `This form has no field “${name}”: leave it out`,
  };
}

const formProblem: FieldProblem = {
  field: '',
  label: '',
  zh: '请按字段填写表单',
  en: 'Send the form as an object of fields',
};
