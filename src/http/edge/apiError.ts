/** What is wrong with a request before anything of ours was asked: answered as a problem, not logged as an error. */
import type { Words } from '../../lib/locale.ts';
import type { Finding, ProblemCode } from '../contract/problem.ts';
import type { RefusalCode } from '../../lib/refusal.ts';

export type EdgeCode = Exclude<ProblemCode, RefusalCode>;

export class EdgeError extends Error {
  override readonly name = 'EdgeError';
  readonly code: EdgeCode;
  /** Which of the things that the code may mean; absent: the usual. */
  readonly words: Words | undefined;
  constructor(code: EdgeCode, words?: Words) {
    super(code);
    this.code = code;
    this.words = words;
  }
}

/** A template that can't be published: the refusal with what the check found. */
export class FaultyTemplate extends Error {
  override readonly name = 'FaultyTemplate';
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super('template_faulty');
    this.findings = findings;
  }
}
