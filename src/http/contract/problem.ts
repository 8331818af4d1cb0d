/** What is answered instead of a result: RFC 9457 problem details with a stable code. */
import { z } from 'zod';
import { REFUSAL_CODES } from '../../lib/refusal.ts';
import { FieldProblem } from './form.ts';

/** Refusals, and what can go wrong with a request before anything of ours is asked. */
export const PROBLEM_CODES = [
  ...REFUSAL_CODES,
  'bad_json', // the body can't be read
  'csrf', // a request of the browser's own making: the header X-Paidan is missing
  'no_route',
  'method_not_allowed',
  'unavailable', // for a moment, for example while the database restarts
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What an act may be refused as. */
export const ACT_PROBLEMS = [
  'ticket_not_found',
  'task_not_found',
  'not_allowed',
  'not_your_task',
  'unknown_person',
  'ticket_closed',
  'task_over',
  'changed_meanwhile',
  'already_claimed',
  'not_now',
  'comment_required',
  'too_late_to_withdraw',
  'too_late_to_take_back',
  'urged_lately',
  'already_copied',
  'cc_limit',
  'cannot_transfer_to_self',
  'cannot_transfer_to_requester',
  'bad_return_target',
] as const satisfies readonly ProblemCode[];
/** Why a ticket can't be filed again in its place. */
export const AGAIN_PROBLEMS = [
  'ticket_not_found',
  'not_your_ticket',
  'not_over',
  'merged_elsewhere',
  'filed_again_already',
  'template_not_found',
  'not_allowed',
] as const satisfies readonly ProblemCode[];
export const FILE_PROBLEMS = [
  ...AGAIN_PROBLEMS,
  'unknown_person',
  'filing_limit',
] as const satisfies readonly ProblemCode[];

export const LINK_PROBLEMS = ['not_allowed', 'unknown_person', 'not_now'] as const satisfies readonly ProblemCode[];

export const Finding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  /** From 1. */
  line: z.number().int(),
  column: z.number().int(),
  text: z.string(),
  /** What would stand there instead. */
  fix: z.string().optional(),
});

export const Problem = z.object({
  /** `/problems/<code>`. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What happened and what to do next, in the reader's language. */
  detail: z.string(),
  code: z.enum(PROBLEM_CODES),
  /** Names the request in our log. */
  instance: z.string().optional(),
  /** What is wrong with each field. */
  fields: z.array(FieldProblem).optional(),
  /** Of a faulty template. */
  findings: z.array(Finding).optional(),
  /** `not_signed_in`: where to sign in; `to=<path>` may be added. One per workspace that comes into question. */
  signIn: z.array(z.object({ workspace: z.string(), kind: z.enum(['wecom', 'dingtalk']), url: z.string() })).optional(),
});

export type Problem = z.output<typeof Problem>;
export type Finding = z.output<typeof Finding>;
