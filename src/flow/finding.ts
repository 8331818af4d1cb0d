/** What the check has to say about a template: where, how bad, in both languages, and the fix where there is one. */
export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  /** Stable, e.g. `unknown_key`. */
  readonly code: string;
  readonly severity: Severity;
  /** From 1, in the template's text; column in UTF-16 units from 1. */
  readonly line: number;
  readonly column: number;
  readonly zh: string;
  readonly en: string;
  /** What would stand there instead: of the word at this place, or of the whole line (`applyFix.ts`). */
  readonly fix?: string;
}
