/** Merge and duplicate (合并、重复): this ticket ends, and what is left to say is said on the other one. */
import { refuse, type FieldProblem } from '../../lib/refusal.ts';
import { closeTicket } from '../close.ts';
import type { Command, SystemCommand } from '../command.ts';
import { whoWaits } from '../query.ts';
import { distinct } from '../resolve.ts';
import { emit, tell, type Halt, type Run } from '../run.ts';
import type { LinkKind } from '../ticket.ts';

type Merge = Extract<Command, { type: 'merge' | 'duplicate' }>;

/** Whether the other is there, open and to be seen by who acts, is known where the tickets are. */
export function merge(run: Run, { type, other, comment }: Merge): Halt {
  const { id, number, requesterId } = run.ticket;
  if (other.ticketId === id) return refuse('bad_input', {}, [ITSELF]);
  const isMerge = type === 'merge';
  emit(run, 'ticket.linked', { kind: isMerge ? 'merged_into' : 'duplicate_of', ...other }, null, run.by);
  run.errands.push({
    kind: 'linked',
    key: `linked ${run.ticket.seq}`,
    ticketId: other.ticketId,
    link: { kind: isMerge ? 'merged_from' : 'duplicated_by', ticketId: id, number, readerId: requesterId },
  });
  closeTicket(run, { status: 'closed', outcome: isMerge ? 'merged' : 'duplicate' }, comment.trim());
  return null;
}

const ITSELF: FieldProblem = {
  field: 'other',
  label: '工单编号',
  zh: '不能并入工单自己，请填写另一张工单的编号',
  en: 'A ticket can’t be merged into itself: give the number of another one',
};

/** The other ticket hears of it, also when it is over. */
export function linked(run: Run, { link }: Extract<SystemCommand, { type: 'linked' }>): Halt {
  if (run.ticket.links.some(({ kind, ticketId }) => kind === link.kind && ticketId === link.ticketId))
    return refuse('not_now', { act: 'linked' });
  emit(run, 'ticket.linked', link, null);
  if (!TOLD.includes(link.kind)) return null;
  const { readerId, number } = link;
  const people = distinct([run.ticket.requesterId, ...whoWaits(run.ticket)]);
  tell(run, people, { kind: 'linked', as: link.kind, number });
  if (readerId !== undefined && !people.includes(readerId)) tell(run, [readerId], { kind: 'follow_here', number });
  return null;
}
const TOLD: readonly LinkKind[] = ['merged_from', 'duplicated_by'];
