/** The requester corrected the form: the flow runs again from its start. */
import type { Values } from '../../form/field.ts';
import { isRefusal, type Refusal } from '../../lib/refusal.ts';
import type { Command } from '../command.ts';
import { onward } from '../enter.ts';
import { tokenOf, type Halt, type Run } from '../run.ts';
import type { ScopeInput } from '../scope.ts';
import type { Task } from '../ticket.ts';
import { checked, inputOf } from '../write.ts';
import { endTask } from './endTask.ts';

/** What the command leaves out stays as it was. */
export function submit(run: Run, task: Task, command: Extract<Command, { type: 'submit' }>): Halt {
  const token = tokenOf(run.ticket, task);
  const form = corrected(run, command.values);
  if (isRefusal(form)) return form;
  endTask(run, task, 'submit', command.comment, { node: {}, form });
  return onward(run, token);
}

function corrected(run: Run, given: Values): Values | Refusal {
  const { template, ticket } = run;
  const scope = (form: Values): ScopeInput => inputOf(run, { ...ticket.values, form });
  const before = ticket.values['form'] ?? {};
  return checked({ fields: template.form, access: {}, values: given, before, scope, partial: false });
}
