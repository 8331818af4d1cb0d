/**
 * Which of the values that came with an act may be written, and where: the node's own form, and the fields of the
 * ticket's form that the node opens. In an act's values the latter are named `form.<field>`, so no id can mean both.
 */
import { checkValues } from '../form/check.ts';
import type { Access, Field, Meaning, Value, Values } from '../form/field.ts';
import { isPersonal } from '../form/rules.ts';
import { sameValue, valueOf } from '../form/value.ts';
import { isRefusal, refuse, type Refusal } from '../lib/refusal.ts';
import type { PersonId } from './directory.ts';
import { emit, type Run } from './run.ts';
import { makeScope, type ScopeInput } from './scope.ts';
import type { Node, Template } from './template.ts';

const FORM = 'form.';

export interface Parted {
  readonly data: Values;
  readonly personal: Values;
}

/** Splits checked values by whether they may stand in an event's chained body. */
export function part(fields: readonly Field[], values: Values): Parted {
  const data: Record<string, Value> = {};
  const personal: Record<string, Value> = {};
  for (const field of fields) {
    const value = valueOf(values, field.id);
    if (value !== undefined) (isPersonal(field) ? personal : data)[field.id] = value;
  }
  return { data, personal };
}

/** What the rest of the system calls the ticket by, whatever the form's fields are named. */
export function meaningsOf(template: Template, form: Values): { title: string; urgency: string; category: string } {
  const text = (meaning: Meaning): string => {
    const field = template.form.find(({ means }) => means === meaning);
    const value = field ? valueOf(form, field.id) : undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : '';
  };
  // As much as lists and their columns hold; the form keeps the whole.
  return {
    title: cut(text('title') || template.name, 255),
    urgency: cut(text('urgency'), 32),
    category: cut(text('category'), 255),
  };
}

/** @param most characters, as databases count them */
const cut = (text: string, most: number): string => (text.length <= most ? text : [...text].slice(0, most).join(''));

interface Filled {
  readonly fields: readonly Field[];
  readonly access: Readonly<Record<string, Access>>;
  readonly values: Values;
  /** What stands already. */
  readonly before?: Values;
  /** What expressions see of these values. */
  readonly scope: (values: Values) => ScopeInput;
  /** Nothing is required. */
  readonly partial: boolean;
}

/** The values with defaults and formulas filled in, or what is wrong with them. */
export function checked({ scope, ...filled }: Filled): Values | Refusal {
  const result = checkValues({
    ...filled,
    scope: (values, row) => makeScope(row ? { ...scope(values), row } : scope(values)),
  });
  return 'problems' in result ? refuse('bad_input', {}, result.problems) : result.values;
}

export interface Filling {
  readonly node: Values;
  /** null: the ticket's form is not touched. */
  readonly form: Values | null;
}

/** Judges what came with an act on a task of this node. `partial`: nothing is required (a refusal needs no form). */
export function fillNode(run: Run, node: Node, given: Values, partial: boolean): Filling | Refusal {
  const own: Record<string, Value> = {};
  const form: Record<string, Value> = {};
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith(FORM)) form[key.slice(FORM.length)] = value;
    else own[key] = value;
  }
  const nodeValues = fillOwn(run, node, own, partial);
  if (isRefusal(nodeValues)) return nodeValues;
  const formValues = fillForm(run, node, form, partial);
  return isRefusal(formValues) ? formValues : { node: nodeValues, form: formValues };
}

function fillOwn(run: Run, node: Node, given: Values, partial: boolean): Values | Refusal {
  if (node.form.length === 0 && Object.keys(given).length === 0) return {};
  const scope = (values: Values): ScopeInput => inputOf(run, { ...run.ticket.values, [node.id]: values });
  return checked({ fields: node.form, access: {}, values: given, scope, partial });
}

/** After filing, a form's field is readonly unless the node says otherwise. */
function fillForm(run: Run, node: Node, given: Values, partial: boolean): Values | null | Refusal {
  const { template, ticket } = run;
  const opens = Object.values(node.fields).some(isWritable);
  if (!opens && Object.keys(given).length === 0) return null;
  const access = Object.fromEntries(template.form.map(({ id }) => [id, node.fields[id] ?? 'readonly']));
  const before = ticket.values['form'] ?? {};
  const scope = (values: Values): ScopeInput => inputOf(run, { ...ticket.values, form: values });
  const values = checked({ fields: template.form, access, values: given, before, scope, partial });
  if (!isRefusal(values)) return values;
  return { ...values, fields: (values.fields ?? []).map((one) => ({ ...one, field: `${FORM}${one.field}` })) };
}

/** Records the ticket's form as it is now, as far as it differs. */
export function emitForm(run: Run, values: Values, by: PersonId): void {
  const { template, ticket } = run;
  const old = ticket.values['form'] ?? {};
  const changed = Object.fromEntries(
    Object.entries(values).filter(([id, value]) => !sameValue(value, valueOf(old, id))),
  );
  if (Object.keys(changed).length === 0) return;
  const { data, personal } = part(template.form, changed);
  const stood = part(template.form, Object.fromEntries(Object.entries(old).filter(([id]) => id in changed)));
  const { title, urgency, category } = meaningsOf(template, { ...old, ...changed });
  const said = { title, values: personal, old: stood.personal };
  // What those who do the work have said since stays said.
  const was = meaningsOf(template, old);
  const told = { urgency: was.urgency === ticket.urgency ? urgency : ticket.urgency, category };
  emit(run, 'form.changed', { ...told, values: data, old: stood.data }, said, by);
}

/** What expressions see while a person fills in values that are not yet the ticket's. */
export function inputOf(run: Run, values: ScopeInput['values']): ScopeInput {
  const { ticket, template, env, by } = run;
  const { directory, now } = env;
  return { ticket, template, values, requesterId: ticket.requesterId, directory, now, actorId: by, task: null };
}

export const isWritable = (access: Access | undefined): boolean => access === 'editable' || access === 'required';
