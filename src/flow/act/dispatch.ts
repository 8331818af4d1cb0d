/** 分派: a dispatcher picks who handles it, among anyone who is here. */
import { refuse } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { openTask } from '../open.ts';
import { actorOf, nameOf, type Halt, type Run } from '../run.ts';
import type { Task } from '../ticket.ts';
import { endTask } from './endTask.ts';
import { takeQuietly } from './take.ts';

export function dispatch(run: Run, task: Task, command: Extract<Command, { type: 'dispatch' }>): Halt {
  const { person } = command;
  const { directory } = run.env;
  if (!directory.people.get(person)?.active) return refuse('unknown_person', { person: nameOf(directory, person) });
  takeQuietly(run, task);
  endTask(run, task, 'dispatch', command.comment);
  const rule = `dispatched by ${actorOf(run)}`;
  const { node, visit, ord } = task;
  openTask(run, { node, visit, kind: 'handle', state: 'open', ord, people: [person], rule });
  return null;
}
