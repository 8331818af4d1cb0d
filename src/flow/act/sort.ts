/** Change of category and of urgency (改分类、改紧急程度): what the requester chose is corrected by those who do the work. */
import { isRefusal } from '../../lib/refusal.ts';
import { choiceOf, chosen } from '../choice.ts';
import { caseOf } from '../caseOf.ts';
import { cancelVisit } from '../close.ts';
import type { Command } from '../command.ts';
import { chosen as wayFrom, enter } from '../enter.ts';
import { actorOf, emit, nodeOf, tell, type Halt, type Run } from '../run.ts';
import type { NodeId } from '../template.ts';
import { isOpen } from '../ticket.ts';
import { refuse } from '../../lib/refusal.ts';
import { checked, emitForm, inputOf } from '../write.ts';

/** The form follows: the flow's conditions read it. With `again`, whoever has the work gives it up, and it is dispatched anew. */
export function recategorize(run: Run, command: Extract<Command, { type: 'recategorize' }>): Halt {
  const { template, ticket } = run;
  const field = choiceOf(template, 'category');
  if (!field) return refuse('not_now', { act: 'recategorize' });
  const choice = chosen(field, 'category', command.category);
  if (isRefusal(choice)) return choice;
  const before = ticket.values['form'] ?? {};
  const access = { [field.id]: 'editable' } as const;
  const scope = (form: typeof before) => inputOf(run, { ...ticket.values, form });
  const given = { [field.id]: choice.value };
  const form = checked({ fields: template.form, access, values: given, before, scope, partial: true });
  if (isRefusal(form)) return form;
  const { again = false } = command;
  const data = { from: ticket.category, to: choice.value, again };
  emit(run, 'ticket.recategorized', data, { comment: command.comment.trim() }, run.by);
  emitForm(run, form, actorOf(run));
  const { requesterId } = ticket;
  if (requesterId !== run.by) tell(run, [requesterId], { kind: 'recategorized', by: actorOf(run), to: choice.value });
  return again ? dispatchAgain(run) : null;
}

function dispatchAgain(run: Run): Halt {
  for (const token of run.ticket.tokens) {
    const isHandled = run.ticket.tasks.some(
      (task) => task.node === token.node && task.visit === token.visit && isOpen(task) && isWork(run, task.node),
    );
    // What one of them leads to may have ended the others.
    if (!isHandled || !run.ticket.tokens.includes(token)) continue;
    cancelVisit(run, token, 'rerouted');
    const halt = enter(run, partsAt(run, token.node) ?? token.node, token, { always: true, afresh: true });
    if (halt) return halt;
  }
  return null;
}

/** The outermost branch around the step, in the same regions, that would lead another way now; null: the step is still right. */
function partsAt(run: Run, id: NodeId): NodeId | null {
  const { template } = run;
  const { within } = nodeOf(template, id);
  const found = template.order.find((one) => {
    const branch = nodeOf(template, one);
    if (branch.kind !== 'branch' || branch.every || branch.within.length !== within.length) return false;
    const present = caseOf(template, branch, id);
    return present !== undefined && present.to !== wayFrom(run, branch);
  });
  return found ?? null;
}

const isWork = (run: Run, node: string): boolean => node !== 'filing' && nodeOf(run.template, node).kind === 'handle';

export function reprioritize(run: Run, command: Extract<Command, { type: 'reprioritize' }>): Halt {
  const field = choiceOf(run.template, 'urgency');
  if (!field) return refuse('not_now', { act: 'reprioritize' });
  const choice = chosen(field, 'urgency', command.urgency);
  if (isRefusal(choice)) return choice;
  const { urgency: from, requesterId } = run.ticket;
  emit(run, 'ticket.reprioritized', { from, to: choice.value }, { comment: command.comment.trim() }, run.by);
  if (requesterId !== run.by)
    tell(run, [requesterId], { kind: 'reprioritized', by: actorOf(run), to: choice.value, text: command.comment.trim() }); // prettier-ignore
  return null;
}
