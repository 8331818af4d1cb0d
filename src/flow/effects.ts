/** Whose cards must be shown anew: those of every task that changed, and the requester's when the ticket moved; at its end, all. */
import type { Effect } from './command.ts';
import type { PersonId } from './directory.ts';
import { isOver, type Task, type Ticket } from './ticket.ts';

/** @param before null: the ticket is new */
export function shows(before: Ticket | null, after: Ticket): Effect[] {
  const effects: Effect[] = hasMoved(before, after) ? [{ type: 'show', personId: after.requesterId, task: null }] : [];
  // Who had a hand in it sees how it ended, as far as their card can still be changed.
  const ended = before !== null && !isOver(before.status) && isOver(after.status);
  // Tasks are only ever added, so the same place is the same task.
  for (const [i, task] of after.tasks.entries()) {
    const old = before?.tasks[i];
    if (old !== task || ended)
      for (const personId of seenBy(old, task)) effects.push({ type: 'show', personId, task: task.n });
  }
  return effects;
}

function hasMoved(before: Ticket | null, after: Ticket): boolean {
  return before?.status !== after.status || before.outcome !== after.outcome || before.assigneeId !== after.assigneeId;
}

/** Everyone who has, had or could have had this task in hand. Who waits for their turn has not seen it yet. */
function seenBy(old: Task | undefined, task: Task): ReadonlySet<PersonId> {
  const wasWaiting = !old || old.state === 'waiting';
  if (wasWaiting && task.state !== 'open' && !task.state.startsWith('done:')) return new Set();
  return new Set([...(old?.people ?? []), ...task.people].map(({ personId }) => personId));
}
