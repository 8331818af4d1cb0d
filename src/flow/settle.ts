/** After something happened to a visit's tasks: is the step decided, and if not, whose turn is it now? */
import { closeVisit } from './act/endTask.ts';
import { closeTask, type Reason } from './close.ts';
import { onward } from './enter.ts';
import { activate } from './open.ts';
import { nodeOf, tell, tokenOf, visitOf, type Halt, type Run } from './run.ts';
import { askedBy, isAside, isOpen, isPending, type Task, whoMayAct } from './ticket.ts';
import { verdict } from './verdict.ts';
import { enterRefused } from './wayBack.ts';

/** @param task any of the visit @param reason of whoever refused */
export function settle(run: Run, task: Task, reason: Reason): Halt {
  const node = nodeOf(run.template, task.node);
  if (node.kind === 'approve' || node.kind === 'confirm') {
    const token = tokenOf(run.ticket, task);
    switch (verdict(node, visitOf(run.ticket, task))) {
      case 'agreed':
        closeVisit(run, task, 'closed', 'decided');
        return onward(run, token);
      case 'refused':
        closeVisit(run, task, 'closed', 'decided');
        return enterRefused(run, node.onRefuse, token, reason);
      case 'awaited':
        closeDecided(run, task);
        break;
      case 'open':
        break;
    }
  }
  comeBack(run, task);
  activateNext(run, task);
  return null;
}

/** Nobody answers any more, so whoever asked goes on without. */
export function giveUp(run: Run, task: Task): Halt {
  closeTask(run, task, 'closed', 'timed_out');
  const asker = run.ticket.tasks.find(({ n }) => n === task.parent);
  if (asker) tell(run, whoMayAct(asker), { kind: 'reminder' });
  return settle(run, task, '');
}

/** The step's own rule is fulfilled: only those who must agree as well, and whom they ask, are still awaited. */
function closeDecided(run: Run, task: Task): void {
  const tasks = visitOf(run.ticket, task);
  const isAwaited = (one: Task): boolean => {
    const above = tasks.find(({ n }) => n === one.parent);
    return one.via === 'after' || (above !== undefined && isAwaited(above));
  };
  for (const one of tasks) if (!isAwaited(one)) closeTask(run, one, 'closed', 'decided');
}

/** Whoever waited for answers has the task in hand again once nobody owes one. */
function comeBack(run: Run, task: Task): void {
  const tasks = visitOf(run.ticket, task);
  for (const one of tasks)
    if (isPending(one) && isAside(tasks, one) && !askedBy(tasks, one).some(isPending)) activate(run, one);
}

/** In a sequence, the next one's turn has come when nobody else's is. */
function activateNext(run: Run, task: Task): void {
  const tasks = visitOf(run.ticket, task);
  const next = tasks.some(isOpen) ? undefined : tasks.find(({ state }) => state === 'waiting');
  if (next) activate(run, next);
}
