/** What was asked for over the API, as a command of the engine. */
import type { PersonId } from '../../flow/directory.ts';
import type { Values } from '../../form/field.ts';
import { type FieldProblem, Refused, refuse } from '../../lib/refusal.ts';
import { unreachable } from '../../lib/unreachable.ts';
import type { ActCommand } from '../../ticket/commands.ts';
import type { Act, ActBody } from '../contract/ticket.ts';

type Part = 'task' | 'version' | 'values' | 'comment' | 'files' | 'to';

/** What each act takes; anything else that was sent would be lost without a word. */
const TAKES: Readonly<Record<Act, readonly Part[]>> = {
  claim: ['task', 'version'],
  accept: ['task', 'version'],
  complete: ['task', 'version', 'values', 'comment'],
  agree: ['task', 'version', 'values', 'comment'],
  refuse: ['task', 'version', 'values', 'comment'],
  return: ['task', 'version', 'to', 'comment'],
  transfer: ['task', 'version', 'to', 'comment'],
  submit: ['task', 'version', 'values', 'comment'],
  withdraw: ['comment'],
  comment: ['comment', 'files'],
  retry: ['task', 'version', 'comment'],
  skip: ['task', 'version', 'comment'],
};
const PARTS: readonly Part[] = ['task', 'version', 'values', 'comment', 'files', 'to'];

/** @throws Refused `bad_input` or `unknown_field`, by name */
export function commandOf(body: ActBody, by: PersonId): ActCommand {
  const { act, task, version, ticketVersion, comment = '', files = [] } = body;
  const stray = PARTS.find((part) => body[part] !== undefined && !TAKES[act].includes(part));
  if (stray) throw new Refused(refuse('unknown_field', { field: stray }));
  const base = { by, ...(ticketVersion === undefined ? {} : { ticketVersion }) };
  if (act === 'withdraw') return { type: act, ...base, comment };
  if (act === 'comment') return { type: act, ...base, text: comment, files };
  if (task === undefined) throw missing('task', '请写明是哪一条待办（task）', 'Say which task it is about (task)');
  return taskCommand(act, { ...base, task, ...(version === undefined ? {} : { taskVersion: version }) }, body);
}

type OnTask = { by: PersonId; task: number; taskVersion?: number; ticketVersion?: number };

function taskCommand(
  act: Exclude<Act, 'withdraw' | 'comment'>,
  onTask: OnTask,
  { comment = '', to, ...body }: ActBody,
): ActCommand {
  const values = (body.values ?? {}) as Values;
  switch (act) {
    case 'claim':
    case 'accept':
      return { type: act, ...onTask };
    case 'retry':
    case 'skip':
      return { type: act, ...onTask, comment };
    case 'complete':
    case 'agree':
    case 'refuse':
    case 'submit':
      return { type: act, ...onTask, values, comment };
    case 'return':
      if (typeof to === 'string') return { type: act, ...onTask, to, comment };
      throw missing('to', '请选择退回到哪一步（to）', 'Choose the step to return it to (to)');
    case 'transfer':
      if (typeof to === 'number') return { type: act, ...onTask, to, comment };
      throw missing('to', '请选择转交给谁（to，填人员编号）', 'Choose whom to transfer it to (to, a person’s id)');
    default:
      return unreachable(act);
  }
}

function missing(field: string, zh: string, en: string): Refused {
  const problem: FieldProblem = { field, label: field, zh, en };
  return new Refused(refuse('bad_input', {}, [problem]));
}
