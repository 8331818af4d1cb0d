/** What zod says about a value of the wrong shape, as problems in our words: unknown keys, missing ones, wrong types. */
import type { z } from 'zod';
import type { Facts, FindingCode } from './findingTable.ts';
import { nearly } from './findingTable.ts';
import { nearest } from './nearest.ts';
import { NODE_KINDS } from './spec/node.ts';

export type Path = readonly (string | number)[];
export interface ShapeProblem {
  readonly code: FindingCode;
  readonly path: Path;
  readonly facts: Facts;
  /** The key is what is wrong, not its value. */
  readonly atKey?: true;
  readonly fix?: string;
}
type Issue = z.core.$ZodIssue;

const SELECTOR_KINDS = [
  ...['user', 'users', 'role', 'department', 'department_head', 'manager', 'manager_chain', 'field', 'handler_of'],
  ...['duty', 'requester_picks', 'together'],
];

/** @param root the value that was parsed */
export function shapeProblems(issues: readonly Issue[], root: unknown): ShapeProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], root));
}

function problemsOf(issue: Issue, base: Path, root: unknown): ShapeProblem[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, JSON.parse(issue.message) as string[], path);
    case 'invalid_union':
      return unionProblems(issue, path, value, root);
    case 'invalid_type':
      if (value === undefined && path.length > 0) return [missing(path)];
      return isTold(path, value) ? [] : [wrongType(path, issue.expected)];
    case 'invalid_value':
      if (value === undefined && path.length > 0) return [missing(path)];
      return isTold(path, value) ? [] : [wrongValue(path, value, issue.values.map(String))];
    case 'invalid_format':
      return [formatProblem(path, value, issue.message)];
    case 'too_small':
    case 'too_big': {
      const limit = issue.code === 'too_small' ? `≥ ${String(issue.minimum)}` : `≤ ${String(issue.maximum)}`;
      return [{ code: 'out_of_range', path, facts: { limit } }];
    }
    default:
      return [{ code: 'invalid', path, facts: { detail: issue.message } }];
  }
}

/** A key without a value was a problem of the text already; an empty place in a list was not. */
const isTold = (path: Path, value: unknown): boolean => value === null && typeof path.at(-1) === 'string';

const missing = (path: Path): ShapeProblem => ({
  code: 'missing_key',
  path: path.slice(0, -1),
  facts: { key: path.at(-1) ?? '' },
});

function unknownKeys(keys: readonly string[], known: readonly string[], path: Path): ShapeProblem[] {
  return keys.map((key) => {
    const near = nearest(key, known);
    const facts = { key, near: near ?? '' };
    return {
      code: nearly('unknown_key', near),
      path: [...path, key],
      facts,
      atKey: true,
      ...(near ? { fix: near } : {}),
    };
  });
}

const TYPES: Readonly<Record<string, readonly [string, string]>> = {
  string: ['文本', 'a text'],
  number: ['数字', 'a number'],
  int: ['整数', 'a whole number'],
  boolean: ['true 或 false', 'true or false'],
  array: ['列表', 'a list'],
  object: ['一组「键: 值」', 'a map of keys and values'],
  record: ['一组「键: 值」', 'a map of keys and values'],
};

function wrongType(path: Path, expected: string): ShapeProblem {
  const [zh, en] = TYPES[expected] ?? [expected, expected];
  return { code: 'wrong_type', path, facts: { expected: zh, expected_en: en } };
}

function wrongValue(path: Path, value: unknown, allowed: readonly string[]): ShapeProblem {
  if (typeof value === 'object') return wrongType(path, 'string');
  const written = `${value as string | number | boolean}`;
  const near = nearest(written, allowed);
  const facts = { value: written, near: near ?? '', allowed: allowed.slice(0, 40).join(' ') };
  return { code: nearly('wrong_value', near), path, facts, ...(near ? { fix: near } : {}) };
}

const FORMATS: Readonly<Record<string, FindingCode>> = {
  id: 'bad_id',
  key: 'bad_key',
  duration: 'bad_duration',
  percent: 'bad_percent',
  mode: 'bad_mode',
  limit: 'bad_limit',
};
const formatProblem = (path: Path, value: unknown, message: string): ShapeProblem => ({
  code: FORMATS[message] ?? 'invalid',
  path,
  facts: { value: typeof value === 'string' ? value : '', detail: message },
});

/** Several shapes fit none: nodes and selectors are judged by their kind key, others by the shape that comes nearest. */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path, value: unknown, root: unknown): ShapeProblem[] {
  if (value === undefined && path.length > 0) return [missing(path)];
  if (isTold(path, value)) return [];
  const options = issue.errors.map((errors) => errors.flatMap((inner) => problemsOf(inner, path, root)));
  const kinds = kindKeys(path, value);
  if (kinds) {
    const { among, found, keys, none } = kinds;
    if (found.length === 0)
      return [
        misspeltKind(strayKeys(keys, options), among, path) ?? { code: none, path, facts: { kinds: among.join(' ') } },
      ];
    if (found.length > 1) {
      const several = none === 'no_kind' ? 'several_kinds' : none;
      return [{ code: several, path, facts: { found: found.join(' '), kinds: found.join(' ') } }];
    }
  }
  if (typeof value === 'string' && isPeople(path)) {
    const allowed = options.flat().flatMap(({ facts }) => ('allowed' in facts ? String(facts.allowed).split(' ') : []));
    return [{ code: 'bad_people', path, facts: { value, allowed: [...new Set(allowed)].join(' ') } }];
  }
  if (options.every((problems) => problems.length === 1 && samePlace(problems[0], path))) {
    const [first] = options;
    const values = options.flat().find((problem) => problem.code.startsWith('wrong_value'));
    const format = options.flat().find((problem) => problem.code.startsWith('bad_'));
    return [format ?? values ?? first?.[0] ?? { code: 'invalid', path, facts: { detail: '' } }];
  }
  return best(options, path, typeof value === 'object');
}

const samePlace = (problem: ShapeProblem | undefined, path: Path): boolean => problem?.path.length === path.length;

/** The option with the fewest complaints; one that fails at the very start is no match for a value with parts. */
function best(options: readonly ShapeProblem[][], path: Path, hasParts: boolean): ShapeProblem[] {
  const weight = (problems: readonly ShapeProblem[]) =>
    problems.reduce((sum, problem) => {
      if (hasParts && !problem.atKey && problem.code !== 'missing_key' && samePlace(problem, path)) return sum + 50;
      return sum + (problem.atKey ? 3 : problem.code === 'missing_key' ? 2 : 1);
    }, 0);
  const sorted = options
    .map((problems) => ({ problems, weight: weight(problems) }))
    .sort((a, b) => a.weight - b.weight);
  return sorted[0]?.problems ?? [];
}

const PEOPLE_KEYS = [
  ...['assignee', 'approver', 'by', 'to', 'remind', 'escalate', 'transfer', 'who', 'admin', 'if_empty', 'together'],
  ...['requester_picks', 'who_can_see', 'assign'],
];
const isPeople = (path: Path): boolean => {
  const place = path.findLast((part) => typeof part === 'string') ?? '';
  // `on_refuse: { to: repair }` names a node.
  return PEOPLE_KEYS.includes(place) && path.at(-2) !== 'on_refuse';
};

/** For a value that is told apart by its kind key: what kinds there are, and which of them it has. */
function kindKeys(path: Path, value: unknown) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  if (typeof path.at(-1) === 'number' && path.at(-2) === 'flow') {
    const found = NODE_KINDS.filter((kind) => keys.includes(kind));
    return { among: NODE_KINDS as readonly string[], found, keys, none: 'no_kind' as const };
  }
  if (!isPeople(path)) return null;
  const found = SELECTOR_KINDS.filter((kind) => keys.includes(kind));
  return { among: SELECTOR_KINDS as readonly string[], found, keys, none: 'no_selector' as const };
}

/** Keys that no option with keys knows; an option that wants no keys at all has one complaint, about the whole. */
function strayKeys(keys: readonly string[], options: readonly ShapeProblem[][]): string[] {
  const withKeys = options.filter((problems) => problems.some((one) => one.atKey ?? one.code === 'missing_key'));
  const knows = (problems: readonly ShapeProblem[], key: string) =>
    !problems.some((one) => one.atKey && one.facts.key === key);
  return keys.filter((key) => !withKeys.some((problems) => knows(problems, key)));
}

/** `aprove: 审批` is a kind with a slip of the pen, not a node without a kind. */
function misspeltKind(keys: readonly string[], among: readonly string[], path: Path): ShapeProblem | null {
  for (const key of keys) {
    const near = nearest(key, among);
    if (near !== null && near !== key)
      return { code: 'unknown_key_near', path: [...path, key], facts: { key, near }, atKey: true, fix: near };
  }
  return null;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
