/** 抄送 by hand: whoever takes part shows the ticket to others. They may look, and need do nothing. */
import { refuse } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { copiesFor, MOST_COPIED } from '../copies.ts';
import { actorOf, emit, nameOf, tell, type Halt, type Run } from '../run.ts';

export function cc(run: Run, command: Extract<Command, { type: 'cc' }>): Halt {
  const { directory } = run.env;
  const absent = command.people.find((id) => !directory.people.get(id)?.active);
  if (absent !== undefined) return refuse('unknown_person', { person: nameOf(directory, absent) });
  const others = command.people.filter((id) => id !== run.by);
  if (others.length === 0) return nobodyNamed();
  const { to, left } = copiesFor(run.ticket, others, null);
  if (left.length > 0) return refuse('cc_limit', { limit: MOST_COPIED, over: left.length });
  if (to.length === 0) return refuse('already_copied', { person: nameOf(directory, others[0] ?? null) });
  const comment = command.comment.trim();
  emit(run, 'ticket.copied', { to }, comment === '' ? null : { comment }, run.by);
  tell(run, to, { kind: 'copied', by: actorOf(run), text: comment });
  return null;
}

function nobodyNamed() {
  const problem = {
    field: 'people',
    label: '抄送给',
    zh: '请选择要抄送的其他人',
    en: 'Choose somebody else to copy it to',
  };
  return refuse('bad_input', {}, [problem]);
}
