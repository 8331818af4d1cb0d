/** Split (拆分): part of the work becomes a ticket of its own. The flow does not wait for it, but whoever completes sees it. */
import { isWritable } from '../../form/check.ts';
import type { Values } from '../../form/field.ts';
import { refuse, type FieldProblem } from '../../lib/refusal.ts';
import { askFor } from '../automatic/askForChild.ts';
import type { Command } from '../command.ts';
import { actorOf, type Halt, type Run } from '../run.ts';
import type { Template } from '../template.ts';
import type { Task, Ticket } from '../ticket.ts';
import { needsComment } from './endTask.ts';

export function split(run: Run, { node, visit }: Task, command: Extract<Command, { type: 'split' }>): Halt {
  const silent = needsComment(command.comment);
  if (silent) return silent;
  const { template, ticket } = run;
  const { person = actorOf(run), template: key = template.key, values: given, comment } = command;
  // In nobody else's name: filing for others is a right of its own.
  if (person !== run.by && person !== ticket.requesterId) return refuse('bad_input', {}, [NOT_FOR]);
  const isSame = key === template.key;
  const title = isSame ? template.form.find(({ means }) => means === 'title')?.id : 'title';
  const values = {
    ...(isSame ? known(template, ticket) : {}),
    ...(title === undefined ? {} : { [title]: comment.trim() }),
    ...given,
  };
  // Of the same template it is a part of this very ticket; any other one is filed by whoever may.
  const split = isSame ? { by: actorOf(run) } : { by: actorOf(run), byHand: true as const };
  askFor(run, { node, visit, template: key, blocking: false, requesterId: person, values }, split);
  return null;
}

/** What a person could fill in anew. */
function known({ form }: Template, { values }: Ticket): Values {
  const stays = form.filter((field) => !isWritable(field, {})).map(({ id }) => id);
  return Object.fromEntries(Object.entries(values['form'] ?? {}).filter(([id]) => !stays.includes(id)));
}

const NOT_FOR: FieldProblem = {
  field: 'person',
  label: '提报人',
  zh: '子工单只能以您自己或本工单提报人的名义提交',
  en: 'A sub-ticket is filed in your own name, or in that of this ticket’s requester',
};
