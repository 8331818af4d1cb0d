/** Problems of the text as findings: what explains a broken line (a mangled expression, a full-width mark) comes first. */
import type { Finding } from '../finding.ts';
import { findingWords } from '../findingTable.ts';
import { fullWidthFix } from './fullWidth.ts';
import type { Lines } from './lines.ts';
import { mangledFix } from './mangled.ts';
import type { TextProblem } from './read.ts';

/** What a suspect line really suffers from; null when nothing known fits. */
export function explain(lines: Lines, line: number): Finding | null {
  const text = lines.text(line);
  const wide = fullWidthFix(text);
  if (wide) {
    const words = findingWords('full_width_punctuation', { mark: wide.mark });
    return { code: 'full_width_punctuation', ...words, line, column: wide.column + 1, fix: wide.fix };
  }
  const mangled = mangledFix(text);
  if (!mangled) return null;
  const words = findingWords('mangled_expression', {});
  return { code: 'mangled_expression', ...words, line, column: mangled.column + 1, fix: mangled.fix };
}

/** One finding per suspect line, and what the parser says of the lines before the first explained one. */
export function textFindings(problems: readonly TextProblem[], lines: Lines): Finding[] {
  const explained = new Map<number, Finding>();
  const suspects = problems.filter((problem) => problem.suspect);
  // A parser may complain lines after the cause, so a syntax error makes the whole text suspect.
  const broken = suspects.some((problem) => problem.code === 'yaml_syntax');
  const lineNumbers = broken
    ? Array.from({ length: Math.min(lines.count, 5000) }, (_, i) => i + 1)
    : [...new Set(suspects.map((problem) => lines.position(problem.offset).line))];
  for (const line of lineNumbers) {
    const finding = explain(lines, line);
    if (finding) explained.set(line, finding);
  }
  // What a parser says after a tab, or after a line that is explained, is about the consequences.
  const tabs = problems.filter(({ code }) => code === 'tab_indent').map(({ offset }) => lines.position(offset).line);
  const first = tabs.concat([...explained.keys()]).reduce((least, line) => Math.min(least, line), Infinity);
  const rest = problems.filter((problem) => {
    const { line } = lines.position(problem.offset);
    if (explained.has(line)) return !problem.suspect;
    return problem.code !== 'yaml_syntax' || line < first;
  });
  return [...explained.values(), ...rest.map((problem) => textFinding(problem, lines))];
}

function textFinding({ code, offset, facts }: TextProblem, lines: Lines): Finding {
  return { code, ...findingWords(code, facts), ...lines.position(offset) };
}
