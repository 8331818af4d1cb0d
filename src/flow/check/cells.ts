/**
 * Conditions decided over every combination of answers. The values of each field are split where the conditions tell
 * them apart (options by name, numbers at their constants), so what holds for one combination holds for all like it.
 */
import type { Words } from '../../lib/locale.ts';
import type { Compiled } from '../compile/build.ts';
import type { Path } from '../order.ts';
import { type Condition, type Raw, isUnset, type Subject, type Subjects, takeApart } from './condition.ts';
import type { CheckContext } from './context.ts';
import { fieldSpec, possibleValues, type Possible } from './domain.ts';

/** Of one question. */
const MAX_CELLS = 50_000;
/** Of one template: so many conditions at so many cells. */
const MAX_WORK = 2_000_000;
const MAX_SUBSET = 8;
const spent = new WeakMap<CheckContext, number>();

export interface Cell {
  /** Which class of values each subject has. */
  readonly at: readonly number[];
  /** Per condition, whether it holds. */
  readonly holds: readonly boolean[];
}
export interface Cells {
  readonly all: readonly Cell[];
  /**
   * The questions whose answers may depend on each other in ways that nobody can tell; empty: everything is decided.
   * A combination of their answers may be one that never comes, so what never holds is certain, and what may hold is not.
   */
  readonly doubtful: readonly string[];
  /** Per condition, the keys of what it depends on. */
  readonly about: readonly ReadonlySet<string>[];
  /** A cell in words, with only what matters; null when it hangs on an open question. */
  words(cell: Cell, holds: (cell: Cell) => boolean): Words | null;
}
export const TOO_MANY = 'too many';

/** @param paths of conditions @param at the node that asks @returns null: a condition is faulty */
export function cellsOf(context: CheckContext, paths: readonly Path[], at: string): Cells | typeof TOO_MANY | null {
  const compiled = paths.map((path) => conditionAt(context, path));
  if (compiled.length === 0 || compiled.includes(null)) return null;
  const subjects: Subjects = new Map();
  const conditions = (compiled as Compiled[]).map(({ expression }) => takeApart(context.build, expression, subjects));
  const about = conditions.map((one) => new Set(askedIn(one).map(({ subject }) => subject)));
  const facts = factsAbout(context, subjects);
  const inputs = [...subjects.values()].map((subject) => inputOf(context, subject, [...conditions, ...facts], at));
  const count = inputs.reduce((n, { classes }) => n * classes.length, 1);
  const work = (spent.get(context) ?? 0) + count * conditions.length;
  const tooManyOptions = inputs.some(({ subject }) => subject.kind === 'texts' && subject.mentioned.size > MAX_SUBSET);
  if (count > MAX_CELLS || work > MAX_WORK || tooManyOptions) return TOO_MANY;
  spent.set(context, work);
  const all = combine(inputs, conditions, facts);
  return { all, about, doubtful: doubtful(subjects), words: (cell, holds) => wordsOf(inputs, all, cell, holds) };
}

const conditionAt = ({ build }: CheckContext, path: Path): Compiled | null =>
  build.compiled.find(
    (one) => !one.isMessage && one.path.length === path.length && one.path.every((part, i) => part === path[i]),
  ) ?? null;

type Ask = Extract<Condition, { op: 'ask' }>;
function askedIn(condition: Condition): Ask[] {
  if (condition.op === 'ask') return [condition];
  if (condition.op === 'not') return askedIn(condition.of);
  return condition.op === 'const' ? [] : condition.of.flatMap(askedIn);
}

/** What always is so: a field's own checks, that what is hidden is empty, that a node which did not run filled in nothing. */
function factsAbout(context: CheckContext, subjects: Subjects): Condition[] {
  const known = [...subjects.values()];
  return known.flatMap((subject): Condition[] => {
    if (subject.field === null || !subject.layout) return [];
    const isSet: Condition = { op: 'ask', subject: subject.key, holds: (value) => !isUnset(value) };
    const ran = subjects.get(`${subject.root}.`);
    const spec = fieldSpec(context, subject);
    const facts: Condition[] = ran
      ? [implies(isSet, { op: 'ask', subject: ran.key, holds: (value) => value === true })]
      : [];
    if (subject.root !== 'form' || !spec) return facts;
    const path = ['form', context.spec.form.findIndex(({ id }) => id === spec.id)];
    const told = (inner: Path): Condition | null => {
      const one = conditionAt(context, [...path, ...inner]);
      const isKnown = one?.expression.reads.every(({ root, field }) => subjects.has(`${root}.${field ?? ''}`));
      return one && isKnown && one.expression.reads.length > 0 ? closed(context, one, subjects) : null;
    };
    const visible = told(['visible']);
    if (visible) {
      facts.push(implies(isSet, visible));
      const mustBe = spec.required === true && spec.readonly !== true && spec.formula === undefined;
      if (mustBe && subject.kind !== 'flag') facts.push(implies(visible, isSet));
    }
    if (spec.readonly === true && spec.formula === undefined) return facts;
    const checks = (spec.validate ?? []).map((_, i) => told(['validate', i, 'check']));
    return [...facts, ...checks.flatMap((check) => (check ? [implies(isSet, check)] : []))];
  });
}

const implies = (a: Condition, b: Condition): Condition => ({ op: 'or', of: [{ op: 'not', of: a }, b] });

/** null when it asks what nobody can answer beforehand. */
function closed({ build }: CheckContext, one: Compiled, subjects: Subjects): Condition | null {
  const before = new Set(subjects.keys());
  const condition = takeApart(build, one.expression, subjects);
  const more = [...subjects.keys()].filter((key) => !before.has(key));
  for (const key of more) subjects.delete(key);
  return more.length > 0 ? null : condition;
}

interface Input {
  readonly subject: Subject;
  /** One value of each class, and how each question about it is answered. */
  readonly classes: readonly Possible[];
}

/** Values that answer every question alike are one class. */
function inputOf(context: CheckContext, subject: Subject, conditions: readonly Condition[], at: string): Input {
  const surely = context.byId.get(at)?.surely.includes(subject.root) === true;
  const asks = conditions.flatMap(askedIn).filter((one) => one.subject === subject.key);
  const classes = new Map<string, Possible>();
  for (const value of possibleValues(context, subject, surely)) {
    const answers = asks.map(({ holds }) => (holds(value.raw) ? '1' : '0')).join('');
    if (!classes.has(answers)) classes.set(answers, value);
  }
  return { subject, classes: [...classes.values()] };
}

type Test = (at: readonly number[]) => boolean;

function combine(inputs: readonly Input[], conditions: readonly Condition[], facts: readonly Condition[]): Cell[] {
  const tests = conditions.map((one) => testOf(one, inputs));
  const feasible = facts.map((one) => testOf(one, inputs));
  const cells: Cell[] = [];
  const at = inputs.map(() => 0);
  for (;;) {
    if (feasible.every((test) => test(at))) cells.push({ at: [...at], holds: tests.map((test) => test(at)) });
    // The last subject turns fastest.
    let i = inputs.length - 1;
    while (i >= 0 && (at[i] = (at[i] ?? 0) + 1) >= (inputs[i]?.classes.length ?? 0)) {
      at[i] = 0;
      i -= 1;
    }
    if (i < 0) return cells;
  }
}

function testOf(condition: Condition, inputs: readonly Input[]): Test {
  if (condition.op === 'const') return () => condition.value;
  if (condition.op === 'ask') {
    const i = inputs.findIndex(({ subject }) => subject.key === condition.subject);
    const answers = (inputs[i]?.classes ?? []).map(({ raw }: { raw: Raw }) => condition.holds(raw));
    return (at) => answers[at[i] ?? 0] === true;
  }
  if (condition.op === 'not') {
    const of = testOf(condition.of, inputs);
    return (at) => !of(at);
  }
  const [a, b] = [testOf(condition.of[0], inputs), testOf(condition.of[1], inputs)];
  return condition.op === 'and' ? (at) => a(at) && b(at) : (at) => a(at) || b(at);
}

/** An open question alone may be answered either way; two about the same thing, or beside others about it, may not. */
function doubtful(subjects: Subjects): string[] {
  const all = [...subjects.values()];
  const open = all.filter(({ kind }) => kind === 'open');
  const isShared = (one: Subject, read: string) =>
    all.some((other) => other !== one && (other.key === read || other.reads.has(read)));
  return open
    .filter((one) => one.reads.size === 0 || [...one.reads].some((read) => isShared(one, read)))
    .map(({ key }) => key);
}

/** Subjects that do not matter here are left out, one after the other. */
function wordsOf(
  inputs: readonly Input[],
  all: readonly Cell[],
  cell: Cell,
  holds: (cell: Cell) => boolean,
): Words | null {
  let kept = inputs.map((_, i) => i);
  for (const i of [...kept]) {
    const without = kept.filter((one) => one !== i);
    const alike = all.filter(({ at }) => without.every((one) => at[one] === cell.at[one]));
    if (alike.every(holds)) kept = without;
  }
  if (kept.some((i) => inputs[i]?.subject.kind === 'open')) return null;
  const values = kept.flatMap((i) => inputs[i]?.classes[cell.at[i] ?? 0] ?? []);
  return { zh: values.map(({ zh }) => zh).join('，'), en: values.map(({ en }) => en).join(', ') };
}
