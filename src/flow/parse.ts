/** The text of a template as its typed form, or findings with line and column. Never throws, whatever the text. */
import type { Finding } from './finding.ts';
import { findingWords, type Facts, type FindingCode } from './findingTable.ts';
import { type Path, shapeProblems } from './shapeProblem.ts';
import { type TemplateSpec, template } from './spec/template.ts';
import { explain, textFindings } from './yaml/findings.ts';
import { type Lines, makeLines, type Position } from './yaml/lines.ts';
import { type Mark, type Read, readYaml } from './yaml/read.ts';

export const MAX_BYTES = 256 * 1024;
export const MAX_FINDINGS = 100;

export interface Parsed {
  /** null when a finding is an error. */
  readonly spec: TemplateSpec | null;
  readonly findings: readonly Finding[];
  readonly at: (path: Path) => Position;
  readonly source: TemplateSource;
}

/** Where parts of a template stand in its text. */
export interface TemplateSource {
  /** Of the value at this path, or of the nearest part around it. */
  readonly at: (path: Path) => Position;
  /** Of its key. */
  readonly keyAt: (path: Path) => Position;
  /** Of a place inside the text at this path, `offset` UTF-16 units from its start. */
  readonly inside: (path: Path, offset: number) => Position;
  /** The whole line where the value at this path starts. */
  readonly lineAt: (path: Path) => string;
  /** A finding that explains a line which YAML may have cut; null when nothing known fits. */
  readonly explain: (path: Path) => Finding | null;
}

export function parseTemplate(text: string): Parsed {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lines = makeLines(body);
  if (isTooLarge(body)) {
    const source = makeSource({ start: 0, key: null, verbatim: null, children: null }, lines);
    return { spec: null, findings: [finding('too_large', {}, { line: 1, column: 1 })], at: source.at, source };
  }
  const read = safely(body);
  const source = makeSource(read.mark, lines);
  const findings = textFindings(read.problems, lines);
  const broken = read.problems.some(
    (problem) => problem.suspect ?? !['duplicate_key', 'empty_value'].includes(problem.code),
  );
  const parsed = broken ? null : template.safeParse(read.value);
  if (parsed?.error) {
    for (const problem of shapeProblems(parsed.error.issues, read.value)) {
      const position = problem.atKey ? source.keyAt(problem.path) : source.at(problem.path);
      const better = problem.atKey ? source.explain(problem.path) : null;
      findings.push(
        better ?? { ...finding(problem.code, problem.facts, position), ...(problem.fix ? { fix: problem.fix } : {}) },
      );
    }
  }
  const spec = parsed?.success && findings.length === 0 ? parsed.data : null;
  return { spec, findings: inOrder(findings), at: source.at, source };
}

/** UTF-8 bytes, without encoding all of a text that is far too long. */
function isTooLarge(text: string): boolean {
  return text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES;
}

/** The library recurses: a text that nests in a way we did not foresee ends its stack, not the service. */
function safely(text: string): Read {
  try {
    return readYaml(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = { code: 'too_deep' as const, offset: 0, facts: { max: 40 } };
    return { value: null, mark: { start: 0, key: null, verbatim: null, children: null }, problems: [problem] };
  }
}

function makeSource(root: Mark, lines: Lines): TemplateSource {
  const find = (path: Path): { mark: Mark; complete: boolean } => {
    let mark = root;
    for (const part of path) {
      const inner = mark.children?.get(part);
      if (!inner) return { mark, complete: false };
      mark = inner;
    }
    return { mark, complete: true };
  };
  const at = (path: Path) => lines.position(find(path).mark.start);
  return {
    at,
    keyAt(path) {
      const { mark, complete } = find(path);
      return lines.position(complete ? (mark.key ?? mark.start) : mark.start);
    },
    inside(path, offset) {
      const { mark, complete } = find(path);
      return lines.position(complete && mark.verbatim !== null ? mark.verbatim + offset : mark.start);
    },
    lineAt: (path) => lines.text(at(path).line),
    explain: (path) => explain(lines, at(path).line),
  };
}

export function finding(code: FindingCode, facts: Facts, position: Position): Finding {
  return { code, ...findingWords(code, facts), line: position.line, column: position.column };
}

/** By place, without repetition, and not endless. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const sorted = [...findings]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((one) => {
      const key = `${one.line}:${one.column}:${one.code}:${one.zh}`;
      return !seen.has(key) && seen.add(key);
    });
  if (sorted.length <= MAX_FINDINGS) return sorted;
  const kept = sorted.slice(0, MAX_FINDINGS);
  const last = kept.at(-1) ?? { line: 1, column: 1 };
  return [...kept, finding('too_many_findings', { count: sorted.length - MAX_FINDINGS }, last)];
}
