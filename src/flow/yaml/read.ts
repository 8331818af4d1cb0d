/**
 * A YAML text as plain values, with the place of each: a walk over yaml's own nodes, so that texts keep their source
 * (`007`, `2024`), aliases and depth are bounded, and nothing is judged by its position alone later.
 */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Pair,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import type { Facts, FindingCode } from '../findingTable.ts';
import { swallowsKeys } from './fullWidth.ts';
import { scalarAt } from './keys.ts';
import { syntaxWords } from './syntaxWords.ts';

/** Where a value stands in the text: offsets in UTF-16 units. */
export interface Mark {
  readonly start: number;
  /** Where its key starts; null in a list. */
  readonly key: number | null;
  /** Where its text starts, when the text stands there letter by letter. */
  readonly verbatim: number | null;
  readonly children: ReadonlyMap<string | number, Mark> | null;
}
export interface TextProblem {
  readonly code: FindingCode;
  readonly offset: number;
  readonly facts: Facts;
  /** The line may hold an expression or punctuation that explains it. */
  readonly suspect?: true;
}
export interface Read {
  readonly value: unknown;
  readonly mark: Mark;
  readonly problems: readonly TextProblem[];
}

const MAX_DEPTH = 40;
const MAX_ALIASES = 50;
/** The parser makes an error object per stray mark; a line of nothing else would cost seconds. */
const MAX_LINE = 10_000;
const MAX_NODES = 20_000;
/** Nobody reads more; a text made of faults must not cost more either. */
const MAX_PROBLEMS = 500;

interface Walk {
  readonly document: Document.Parsed;
  readonly text: string;
  readonly problems: TextProblem[];
  aliases: number;
  nodes: number;
  /** Beyond a bound: what is left is not looked at. */
  stopped: boolean;
}

/** @returns problems of the text itself; the value is worth looking at only when none is `yaml_syntax` or worse */
export function readYaml(text: string): Read {
  const problems: TextProblem[] = [];
  const nothing: Mark = { start: 0, key: null, verbatim: null, children: null };
  if (hasDeepNesting(text)) {
    return { value: null, mark: nothing, problems: [{ code: 'too_deep', offset: 0, facts: { max: MAX_DEPTH } }] };
  }
  const long = longLine(text);
  if (long >= 0) {
    return {
      value: null,
      mark: nothing,
      problems: [{ code: 'line_too_long', offset: long, facts: { max: MAX_LINE } }],
    };
  }
  // Unique keys are ours to check: the library compares each key with all before it.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error', merge: false });
  for (const error of [...document.errors, ...document.warnings].slice(0, MAX_PROBLEMS))
    problems.push(syntaxProblem(error.code, error.message, error.pos[0]));
  if (document.contents === null) {
    if (problems.length === 0) problems.push({ code: 'empty_template', offset: 0, facts: {} });
    return { value: null, mark: nothing, problems };
  }
  const walk: Walk = { document, text, problems, aliases: 0, nodes: 0, stopped: false };
  const { value, mark } = visit(walk, document.contents, null, 0, null);
  return { value, mark, problems };
}

/** Where a line that is too long starts; -1 when there is none. */
function longLine(text: string): number {
  for (let start = 0; start <= text.length;) {
    const end = text.indexOf('\n', start);
    if ((end < 0 ? text.length : end) - start > MAX_LINE) return start;
    if (end < 0) break;
    start = end + 1;
  }
  return -1;
}

/** Composing is recursive: what nests deeper than any template would end the stack instead of the check. */
function hasDeepNesting(text: string): boolean {
  let open = 0;
  for (const line of text.split('\n')) {
    for (const char of line) {
      if (char === '[' || char === '{') open += 1;
      else if (char === ']' || char === '}') open = Math.max(0, open - 1);
      if (open > 400) return true;
    }
    if (/^(?:\s*[-?]\s){60}/.test(line.slice(0, 1000)) || /^\s{600}/.test(line)) return true;
  }
  return false;
}

function syntaxProblem(code: string, message: string, offset: number): TextProblem {
  if (code === 'TAB_AS_INDENT') return { code: 'tab_indent', offset, facts: {} };
  if (code === 'MULTIPLE_DOCS') return { code: 'several_documents', offset, facts: {} };
  return { code: 'yaml_syntax', offset, facts: syntaxWords(code, message), suspect: true };
}

function stop(walk: Walk, problem: TextProblem): void {
  if (!walk.stopped) walk.problems.push(problem);
  walk.stopped = true;
}

type Visited = { value: unknown; mark: Mark };

function visit(
  walk: Walk,
  node: ParsedNode | Alias | null,
  key: string | null,
  depth: number,
  keyStart: number | null,
): Visited {
  const start = node?.range?.[0] ?? keyStart ?? 0;
  walk.nodes += 1;
  if (depth > MAX_DEPTH) stop(walk, { code: 'too_deep', offset: start, facts: { max: MAX_DEPTH } });
  if (walk.nodes > MAX_NODES) stop(walk, { code: 'too_many_aliases', offset: start, facts: { max: MAX_ALIASES } });
  if (walk.stopped) return { value: null, mark: { start, key: keyStart, verbatim: null, children: null } };
  if (isAlias(node)) return visitAlias(walk, node, key, depth, keyStart);
  if (isMap<ParsedNode, ParsedNode | null>(node))
    return visitMap(walk, node.items, node.flow === true, start, depth, keyStart);
  if (isSeq<ParsedNode>(node)) {
    const items = node.items.map((item) => visit(walk, item, key, depth + 1, null));
    const children = new Map<string | number, Mark>(items.map((item, i) => [i, item.mark]));
    return { value: items.map((item) => item.value), mark: { start, key: keyStart, verbatim: null, children } };
  }
  return visitScalar(walk, isScalar(node) ? node : null, key, start, keyStart);
}

function visitScalar(
  walk: Walk,
  node: Scalar | null,
  key: string | null,
  start: number,
  keyStart: number | null,
): Visited {
  const mark = { start, key: keyStart, verbatim: null, children: null };
  if (node === null) return { value: null, mark };
  if (node.tag?.startsWith('!') && !isToldOfTags(walk.document))
    walk.problems.push({
      code: 'yaml_syntax',
      offset: start,
      facts: syntaxWords('TAG_RESOLVE_FAILED', `Unresolved tag: ${node.tag}`),
      suspect: true,
    });
  const plain = node.type === 'PLAIN';
  const source = plain ? (node.source ?? '') : typeof node.value === 'string' ? node.value : '';
  if (plain && source === '') return { value: null, mark };
  if (plain && swallowsKeys(source)) {
    walk.problems.push({ code: 'full_width_punctuation', offset: start, facts: { mark: '，：' }, suspect: true });
  }
  const from = start + (plain ? 0 : 1);
  const verbatim = walk.text.startsWith(source, from) ? from : null;
  const value = plain ? scalarAt(key, node.value, source) : source;
  return { value, mark: { ...mark, verbatim } };
}

/** The parser has warned already, at the tag itself. */
const isToldOfTags = ({ warnings }: Document.Parsed): boolean =>
  warnings.some(({ code }) => code === 'TAG_RESOLVE_FAILED');

function visitAlias(walk: Walk, node: Alias, key: string | null, depth: number, keyStart: number | null): Visited {
  const start = node.range?.[0] ?? 0;
  walk.aliases += 1;
  if (walk.aliases > MAX_ALIASES) stop(walk, { code: 'too_many_aliases', offset: start, facts: { max: MAX_ALIASES } });
  const target = walk.stopped ? undefined : node.resolve(walk.document);
  if (!target && !walk.stopped)
    walk.problems.push({ code: 'unknown_anchor', offset: start, facts: { name: node.source } });
  const { value } = visit(walk, (target as ParsedNode | undefined) ?? null, key, depth + 1, keyStart);
  return { value, mark: { start, key: keyStart, verbatim: null, children: null } };
}

function visitMap(
  walk: Walk,
  pairs: readonly Pair<ParsedNode, ParsedNode | null>[],
  inFlow: boolean,
  start: number,
  depth: number,
  keyStart: number | null,
): Visited {
  const value: Record<string, unknown> = {};
  const children = new Map<string | number, Mark>();
  for (const pair of pairs) {
    if (walk.stopped || walk.problems.length > MAX_PROBLEMS) break;
    const at = pair.key.range[0];
    const name = isScalar(pair.key)
      ? pair.key.type === 'PLAIN'
        ? (pair.key.source ?? '')
        : String(pair.key.value)
      : null;
    if (name === null || name === '__proto__' || name === '') {
      walk.problems.push({
        code: 'yaml_syntax',
        offset: at,
        facts: syntaxWords('NON_STRING_KEY', 'A key must be a word'),
        suspect: true,
      });
      continue;
    }
    if (children.has(name)) walk.problems.push({ code: 'duplicate_key', offset: at, facts: { key: name } });
    const inner = visit(walk, pair.value, name, depth + 1, at);
    if (inner.value === null && !isAlias(pair.value) && !walk.stopped) {
      walk.problems.push({
        code: 'empty_value',
        offset: at,
        facts: { key: name },
        ...(inFlow ? { suspect: true } : {}),
      });
    }
    value[name] = inner.value;
    children.set(name, inner.mark);
  }
  return { value, mark: { start, key: keyStart, verbatim: null, children } };
}
