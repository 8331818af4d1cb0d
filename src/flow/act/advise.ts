/** The answer to whoever asked: an opinion, help with the work, or a decision that only advises. */
import type { Command } from '../command.ts';
import { actorOf, tell, type Halt, type Run } from '../run.ts';
import { settle } from '../settle.ts';
import { type Task, whoMayAct } from '../ticket.ts';
import { endTask, needsComment } from './endTask.ts';

export function advise(run: Run, task: Task, command: Extract<Command, { type: 'advise' }>): Halt {
  const silent = needsComment(command.comment);
  if (silent) return silent;
  endTask(run, task, 'advise', command.comment);
  tellAsker(run, task, false, command.comment);
  return settle(run, task, '');
}

/** A changed card alone makes no sound. */
export function tellAsker(run: Run, task: Task, refused: boolean, comment: string): void {
  const asker = run.ticket.tasks.find(({ n }) => n === task.parent);
  if (asker) tell(run, whoMayAct(asker), { kind: 'advice', by: actorOf(run), refused, text: comment.trim() });
}
