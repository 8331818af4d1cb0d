/** The form's fields for what the requester picks, with the people that they offer. */
import type { Field, Option, Scope } from '../../form/field.ts';
import type { Directory, PersonId } from '../directory.ts';
import { compileExpression, isProblem } from '../expression.ts';
import { resolve } from '../resolve.ts';
import { TicketScope } from '../scope.ts';
import type { Selector, Test } from '../template.ts';
import type { Build } from './build.ts';
import { leastOf, type Pick } from './picks.ts';

/** @param people the compiled inner selectors, by field */
export function pickFields(build: Build, people: ReadonlyMap<string, Selector>): Field[] {
  return [...build.picks.values()].flatMap((pick) => {
    const from = people.get(pick.field);
    return from ? [pickField(build, pick, from)] : [];
  });
}

function pickField(build: Build, { field: id, label, spec, node, when }: Pick, from: Selector): Field {
  const least = leastOf(spec);
  const approves = 'approver' in node.spec && node.spec.self_approval !== 'allow';
  return {
    ...{ id, type: 'people', label, means: null, help: '', placeholder: '', unit: '', currency: 'CNY' },
    ...{ required: least > 0, readonly: false, encrypt: false, sum: false, options: [], columns: [] },
    ...{ min: least, max: spec.max ?? null, default: null, formula: null, checks: [] },
    visible: allOf(when.flatMap((text) => whileFiling(build, text) ?? [])),
    offers: (scope) => choicesIn(scope, from, approves),
  };
}

const allOf = (tests: readonly Test[]): Test | null =>
  tests.length === 0 ? null : (scope) => tests.every((test) => test(scope));

const KNOWN_WHILE_FILING = new Set(['form', 'requester', 'now']);

/** A condition that can be judged while filing; null: whether anybody will be asked is not known yet, so they are. */
function whileFiling(build: Build, text: string): Test | null {
  const made = compileExpression(text, build.scope, 'bool');
  if (isProblem(made) || made.reads.some(({ root }) => !KNOWN_WHILE_FILING.has(root))) return null;
  return (scope) => made.run(scope) === true;
}

/** @param barred the requester themselves can't be picked: they may not approve their own ticket */
function choicesIn(scope: Scope, from: Selector, barred: boolean): Option[] {
  if (!(scope instanceof TicketScope)) return [];
  const around = scope.around();
  const people = resolve(from, around).people.filter((id) => !barred || id !== around.requesterId);
  const names = people.map((id) => around.directory.people.get(id)?.name ?? '');
  return people.map((id, i) => {
    const name = names[i] ?? '';
    const isShared = names.filter((one) => one === name).length > 1;
    return { value: String(id), label: isShared ? `${name}（${accountOf(around.directory, id)}）` : name };
  });
}

const accountOf = (directory: Directory, id: PersonId): string => directory.people.get(id)?.account ?? String(id);
