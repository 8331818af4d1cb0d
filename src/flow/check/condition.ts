/**
 * A condition taken apart: what it asks, of what, and how the answers join. Asked of a number: comparisons with constants;
 * of choices, texts and switches: equality and membership; of anything: `is_set`. What else is asked stays a question
 * whose answer nobody knows beforehand (`open`).
 */
import { makeCalendars } from '../../worktime/calendars.ts';
import { LOCAL_ZONE } from '../zone.ts';
import { childrenOf, type Node, pathOf, textOf } from '../cel/ast.ts';
import { type FieldLayout, structOf } from '../cel/layout.ts';
import { readsOf } from '../cel/reads.ts';
import { TICKET_FIELDS } from '../cel/view.ts';
import type { Build } from '../compile/build.ts';
import { emptyDirectory } from '../directory.ts';
import { compileExpression, type Expression, isProblem } from '../expression.ts';

/** A value that is asked about: unset is NaN, `''`, `[]`, false. */
export type Raw = number | string | boolean | readonly string[];
export const isUnset = (raw: Raw): boolean =>
  raw === '' || raw === false || Number.isNaN(raw) || (Array.isArray(raw) && raw.length === 0);

export type Condition =
  | { readonly op: 'const'; readonly value: boolean }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'and' | 'or'; readonly of: readonly [Condition, Condition] }
  | { readonly op: 'ask'; readonly subject: string; readonly holds: (value: Raw) => boolean };

/** What questions are about: a field, whether a node ran, or an open question itself. */
export interface Subject {
  readonly key: string;
  readonly kind: 'number' | 'choice' | 'text' | 'flag' | 'texts' | 'set' | 'ran' | 'open';
  readonly root: string;
  readonly field: string | null;
  readonly layout: FieldLayout | null;
  /** The constants that it is compared with. */
  readonly mentioned: Set<number | string>;
  /** Of an open question: what it reads, as `root.field`. */
  readonly reads: ReadonlySet<string>;
}
export type Subjects = Map<string, Subject>;

const TESTS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const NOBODY = emptyDirectory(makeCalendars([], new Map(), LOCAL_ZONE));

/** @param subjects is added to */
export function takeApart(build: Build, expression: Expression, subjects: Subjects): Condition {
  return new Reader(build, expression.text, subjects).read(expression.root);
}

class Reader {
  readonly #build: Build;
  readonly #text: string;
  readonly #subjects: Subjects;
  constructor(build: Build, text: string, subjects: Subjects) {
    this.#build = build;
    this.#text = text;
    this.#subjects = subjects;
  }

  read(node: Node): Condition {
    if (node.op === 'value' && typeof node.args === 'boolean') return { op: 'const', value: node.args };
    const [a, b, c] = childrenOf(node);
    if (node.op === '!_' && a) return { op: 'not', of: this.read(a) };
    if ((node.op === '&&' || node.op === '||') && a && b)
      return { op: node.op === '&&' ? 'and' : 'or', of: [this.read(a), this.read(b)] };
    if (node.op === '?:' && a && b && c) {
      const test = this.read(a);
      const [yes, no] = [this.read(b), this.read(c)];
      const either = [
        { op: 'and', of: [test, yes] },
        { op: 'and', of: [{ op: 'not', of: test }, no] },
      ] as const;
      return { op: 'or', of: either };
    }
    return this.#question(node) ?? this.#ofOneChoice(node) ?? this.#open(node);
  }

  #question(node: Node): Condition | null {
    if (node.op === '.') return this.#isOn(node);
    if (node.op === 'call') return this.#isSet(node);
    const [left, right] = childrenOf(node);
    if (!left || !right) return null;
    if (node.op === '==' || node.op === '!=') {
      const equal = this.#equals(left, right) ?? this.#equals(right, left);
      return equal && node.op === '!=' ? { op: 'not', of: equal } : equal;
    }
    if (node.op === 'in') return this.#isIn(left, right);
    const mirrored = MIRRORED[node.op];
    if (mirrored === undefined) return null;
    return this.#compare(left, node.op, right) ?? this.#compare(right, mirrored, left);
  }

  #isOn(node: Node): Condition | null {
    const subject = this.#subject(node);
    return subject?.kind === 'flag' ? ask(subject, (value) => value === true) : null;
  }

  #isSet(node: Node): Condition | null {
    const [name, [of]] = node.args as [string, Node[]];
    if (name !== 'is_set' || !of) return null;
    const subject = of.op === 'id' ? this.#ran(String(of.args)) : (this.#subject(of) ?? this.#setOnly(of));
    return subject && ask(subject, (value) => !isUnset(value));
  }

  #compare(side: Node, op: string, other: Node): Condition | null {
    const limit = numberOf(other);
    const subject = limit === null ? null : this.#subject(side);
    const test = TESTS[op];
    if (limit === null || subject?.kind !== 'number' || !test) return null;
    subject.mentioned.add(limit);
    return ask(subject, (value) => test(value as number, limit));
  }

  #equals(side: Node, other: Node): Condition | null {
    const subject = this.#subject(side);
    if (subject?.kind === 'flag' && other.op === 'value' && typeof other.args === 'boolean') {
      const { args } = other;
      return ask(subject, (value) => value === args);
    }
    const constant = subject && constantOf(subject, other);
    if (!subject || constant === null || constant === undefined) return null;
    subject.mentioned.add(constant);
    return ask(subject, (value) => value === constant);
  }

  #isIn(left: Node, right: Node): Condition | null {
    const many = this.#subject(right);
    const text = textOf(left);
    if (many?.kind === 'texts' && text !== null) {
      many.mentioned.add(text);
      return ask(many, (value) => Array.isArray(value) && value.includes(text));
    }
    const subject = right.op === 'list' ? this.#subject(left) : null;
    if (!subject || !['number', 'choice', 'text'].includes(subject.kind)) return null;
    const constants = childrenOf(right).map((one) => constantOf(subject, one));
    if (constants.includes(null)) return null;
    for (const one of constants) subject.mentioned.add(one ?? '');
    return ask(subject, (value) => constants.includes(value as number | string));
  }

  /** Any question of one choice or switch can be put to each of its values. */
  #ofOneChoice(node: Node): Condition | null {
    const { reads } = readsOf(node);
    const [first] = reads;
    if (!first || reads.some(({ root, field }) => root !== first.root || field !== first.field)) return null;
    const struct = this.#build.scope.layout.forms.get(first.root);
    const subject = first.field === null ? null : this.#named(first.root, first.field);
    if (!struct || first.field === null || (subject?.kind !== 'choice' && subject?.kind !== 'flag')) return null;
    const made = compileExpression(this.#text.slice(node.start, node.end), this.#build.scope, 'bool');
    if (isProblem(made)) return null;
    const { root, field } = first;
    for (const value of subject.layout?.shape.choices ?? []) subject.mentioned.add(value);
    return ask(subject, (value) => made.run({ [root]: structOf(struct, { [field]: value }, NOBODY) }) === true);
  }

  #open(node: Node): Condition {
    const text = this.#text.slice(node.start, node.end).trim();
    const reads = new Set(readsOf(node).reads.map(({ root, field }) => `${root}.${field ?? ''}`));
    const of = { key: text, kind: 'open', root: '', field: null, layout: null } as const;
    return ask(this.#keep({ ...of, mentioned: new Set(), reads }), (value) => value === true);
  }

  #ran(name: string): Subject | null {
    if (name === 'form' || !this.#build.scope.layout.forms.has(name)) return null;
    const of = { key: `${name}.`, kind: 'ran', root: name, field: null, layout: null } as const;
    return this.#keep({ ...of, mentioned: new Set(), reads: new Set() });
  }

  #subject(node: Node): Subject | null {
    const path = pathOf(node);
    return path ? this.#named(path.root, path.field) : null;
  }

  #named(root: string, field: string): Subject | null {
    const of = { key: `${root}.${field}`, root, field, mentioned: new Set<never>(), reads: new Set<never>() };
    const layout = this.#build.scope.layout.forms.get(root)?.fields.get(field) ?? null;
    if (layout) {
      const kind = kindOf(layout);
      return kind ? this.#keep({ ...of, layout, kind }) : null;
    }
    const isText = root === 'ticket' ? (TICKET_FIELDS as Record<string, string>)[field] === 'string' : null;
    const isOfPerson = root === 'requester' && ['name', 'account', 'workspace', 'department'].includes(field);
    return (isText ?? isOfPerson) ? this.#keep({ ...of, layout: null, kind: 'text' }) : null;
  }

  /** A field of which only whether it is set can be asked. */
  #setOnly(node: Node): Subject | null {
    const path = pathOf(node);
    const layout = path && this.#build.scope.layout.forms.get(path.root)?.fields.get(path.field);
    if (!path || !layout) return null;
    const of = { key: `${path.root}.${path.field}`, ...path, layout, kind: 'set' } as const;
    return this.#keep({ ...of, mentioned: new Set(), reads: new Set() });
  }

  #keep(subject: Subject): Subject {
    const known = this.#subjects.get(subject.key);
    if (known) return known;
    this.#subjects.set(subject.key, subject);
    return subject;
  }
}

const ask = (subject: Subject, holds: (value: Raw) => boolean): Condition => ({
  op: 'ask',
  subject: subject.key,
  holds,
});

function kindOf({ kind, shape }: FieldLayout): Subject['kind'] | null {
  if (kind === 'number' || kind === 'flag') return kind;
  if (kind === 'text') return shape.choices ? 'choice' : 'text';
  return kind === 'texts' && shape.choices ? 'texts' : null;
}

function constantOf({ kind }: Subject, node: Node): number | string | null {
  if (kind === 'number') return numberOf(node);
  return kind === 'choice' || kind === 'text' ? textOf(node) : null;
}

/** What a node of constants alone comes to; null for anything else. */
function numberOf(node: Node): number | null {
  if (node.op === 'value')
    return typeof node.args === 'number' || typeof node.args === 'bigint' ? Number(node.args) : null;
  const [a, b] = childrenOf(node).map(numberOf);
  if (a === undefined || a === null) return null;
  if (node.op === '-_') return -a;
  if (b === undefined || b === null) return null;
  if (node.op === '+') return a + b;
  if (node.op === '-') return a - b;
  if (node.op === '*') return a * b;
  return node.op === '/' && b !== 0 ? a / b : null;
}
