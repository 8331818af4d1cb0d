/** Whether a task's to-do must be made or ended: it follows the task as its card does, by rows of its own. */
import type { Part } from '../store/database.ts';
import { outboxPart, todoRow } from '../ticket/outboxRow.ts';
import type { Rendered } from '../ticket/render.ts';
import type { Placed } from './cardPlace.ts';

/** The to-do stands on the platform, or may. */
export const stands = ({ todo }: Pick<Placed, 'todo'>): boolean => todo?.state === 'live';

/** @param thrifty  the month is nearly used up: none is begun, those that stand are ended */
export function todoDue(
  about: { ticketId: number; personId: number; task: number },
  view: Pick<Rendered, 'duty' | 'worthTodo'>,
  placed: Pick<Placed, 'receiver' | 'todo'>,
  thrifty: boolean,
  now: number,
): Part[] {
  const begins = view.worthTodo && placed.receiver.workspace.capabilities.todos && !thrifty;
  const due = view.duty === 'open' ? begins && !stands(placed) : stands(placed);
  return due ? [outboxPart([todoRow(about.ticketId, about.personId, about.task, now)])] : [];
}
