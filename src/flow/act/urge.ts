/** 催办: those who can act now are asked to. No due time changes. */
import { isRefusal } from '../../lib/refusal.ts';
import { distinct } from '../resolve.ts';
import { actorOf, emit, tell, type Halt, type Run } from '../run.ts';
import { urgeable, urged } from '../urging.ts';

export function urge(run: Run): Halt {
  const { template, ticket, env } = run;
  const by = actorOf(run);
  const tasks = urgeable({ template, ticket, directory: env.directory, now: env.now }, by);
  if (isRefusal(tasks)) return tasks;
  const to = distinct(tasks.flatMap((task) => urged(env, task, by)));
  emit(run, 'ticket.urged', { tasks: tasks.map(({ n }) => n), to }, null, by);
  tell(run, to, { kind: 'urged', by });
  return null;
}
