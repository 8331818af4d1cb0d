/**
 * A refusal is a "no" that a person can understand and act on; every other failure is an Error.
 * Pure rooms return it as a value; the impure edge throws it as `Refused`. Words: `card/refusalText.ts`.
 */
export const REFUSAL_CODES = [
  // what was sent
  'bad_input', // fields: what is wrong with each
  'too_large',
  'unknown_field',
  // who asks
  'not_signed_in',
  'not_allowed',
  'not_your_task',
  'not_your_ticket', // number
  'unknown_person',
  // what it is about
  'ticket_not_found',
  'task_not_found',
  'template_not_found',
  'template_faulty',
  'not_found',
  // the state of it
  'ticket_closed',
  'task_over', // by: who was first; result
  'changed_meanwhile',
  'already_claimed', // by
  'not_now', // the act does not fit the present state
  'comment_required',
  'too_late_to_withdraw',
  'too_late_to_reopen', // number
  'file_again', // number, status
  'merged_elsewhere', // number, other
  'not_over', // number
  'filed_again_already', // number, other
  'already_paused',
  'too_late_to_take_back',
  'urged_lately', // again: from when on it may be done again
  'already_copied', // person: one of them
  'cc_limit', // limit; over: how many too many
  'not_in_bulk', // step
  'cannot_transfer_to_self',
  'cannot_transfer_to_requester',
  'bad_return_target',
  'filing_limit',
  'draft_gone',
  'rate_limited',
  'replayed', // an old message, sent again by somebody
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What is wrong with one field, for people in both languages. */
export interface FieldProblem {
  readonly field: string;
  readonly label: string;
  readonly zh: string;
  readonly en: string;
}

export interface Refusal {
  readonly refused: RefusalCode;
  /** Short plain values for the wording: a name, a number, a limit. Never a secret. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly fields?: readonly FieldProblem[];
}

export function refuse(code: RefusalCode, facts: Refusal['facts'] = {}, fields?: readonly FieldProblem[]): Refusal {
  return fields ? { refused: code, facts, fields } : { refused: code, facts };
}

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value && 'facts' in value;

/** A refusal on its way out of an impure room. Not an error: it is answered, not logged. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/** Throws the refusal, if there is one. */
export function throwIf(refusal: Refusal | null): void {
  if (refusal) throw new Refused(refusal);
}
