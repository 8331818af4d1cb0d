/** 减签, and taking back what was delegated: whoever was added is not asked any more. */
import { refuse, type FieldProblem } from '../../lib/refusal.ts';
import { closeTask } from '../close.ts';
import type { Command } from '../command.ts';
import { nameOf, tell, type Halt, type Run } from '../run.ts';
import { settle } from '../settle.ts';
import { removable } from '../signWays.ts';
import { askedBy, type Task, whoHas, whoMayAct } from '../ticket.ts';

export function removeSign(run: Run, task: Task, command: Extract<Command, { type: 'remove_sign' }>): Halt {
  const { template, ticket } = run;
  const { directory, now } = run.env;
  const by = run.by ?? -1;
  const found = removable({ template, ticket, directory, now }, task, by).find((one) =>
    whoHas(one).includes(command.person),
  );
  if (!found) {
    const name = nameOf(directory, command.person);
    const problem: FieldProblem = {
      field: 'person',
      label: '不再请',
      zh: `${name}不在可以取消的人里，请从还没有答复的人中选`,
      en: `${name} is not among those who can be taken off: choose somebody who has not answered yet`,
    };
    return refuse('bad_input', {}, [problem]);
  }
  close(run, found);
  const asker = ticket.tasks.find(({ n }) => n === found.parent);
  // The asker's own hand needs no word; an admin's does.
  if (asker && !whoMayAct(asker).includes(by)) tell(run, whoMayAct(asker), { kind: 'reminder' });
  return settle(run, task, command.comment.trim());
}

/** With those whom they asked in turn. */
function close(run: Run, task: Task): void {
  for (const one of askedBy(run.ticket.tasks, task)) close(run, one);
  closeTask(run, task, 'removed', 'removed');
}
