/**
 * Whose cards must be shown anew: those of every task that changed, and the requester's when the ticket moved. A card about
 * a duty that is over says what became of the duty, which the ticket's later fate does not change; but it tells what was
 * filled in, too, and is shown anew when that changes.
 */
import type { Effect } from './command.ts';
import type { PersonId } from './directory.ts';
import { distinct } from './resolve.ts';
import { isAside, type Task, type Ticket } from './ticket.ts';

/** @param before null: the ticket is new */
export function shows(before: Ticket | null, after: Ticket): Effect[] {
  const effects: Effect[] = hasMoved(before, after) ? [{ type: 'show', personId: after.requesterId, task: null }] : [];
  const refilled = before !== null && before.values !== after.values;
  // Tasks are only ever added, so the same place is the same task.
  after.tasks.forEach((task, i) => {
    const old = before?.tasks[i];
    if (old === task && !refilled) return;
    for (const personId of seenBy(after.tasks, old, task)) effects.push({ type: 'show', personId, task: task.n });
  });
  return effects;
}

function hasMoved(before: Ticket | null, after: Ticket): boolean {
  return (
    before?.status !== after.status ||
    before.outcome !== after.outcome ||
    before.assigneeId !== after.assigneeId ||
    isFiledAgain(before) !== isFiledAgain(after)
  );
}

/** Its card offered to file it again. */
const isFiledAgain = ({ links }: Ticket): boolean => links.some(({ kind }) => kind === 'followed_by');

/** Everyone who has, had or could have had this task in hand. Who waits for their turn has not seen it yet. */
function seenBy(tasks: readonly Task[], old: Task | undefined, task: Task): readonly PersonId[] {
  const wasWaiting = !old || (old.state === 'waiting' && !isAside(tasks, old));
  if (wasWaiting && task.state !== 'open' && !task.state.startsWith('done:')) return [];
  const were = old && old.people !== task.people ? old.people : [];
  return distinct([...were, ...task.people].map(({ personId }) => personId));
}
