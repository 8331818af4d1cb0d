/** What a reader may do with a ticket, with the form of each task. */
import { ACT_WORDS } from '../../card/words.ts';
import type { Act } from '../../flow/acts.ts';
import { nodeScope } from '../../flow/formScope.ts';
import { actsAt } from '../../flow/guard.ts';
import type { Template } from '../../flow/template.ts';
import type { Task, Ticket } from '../../flow/ticket.ts';
import { inWords, type Words } from '../../lib/locale.ts';
import type { TicketWhole } from '../contract/ticket.ts';
import type { FormPart } from './form.ts';
import type { Reader } from './reader.ts';

const NEEDS_COMMENT: readonly Act[] = ['refuse', 'return', 'transfer'];
const CONFIRM: Readonly<Partial<Record<Act, Words>>> = {
  agree: { zh: '已解决', en: 'Solved' },
  refuse: { zh: '没有解决', en: 'Not solved' },
};

type PossibleAct = TicketWhole['possible']['ticket'][number];

/** @param kind of the task; null: on the ticket as a whole */
export function presentAct(
  act: Act,
  kind: Task['kind'] | null,
  reasonToWithdraw: boolean,
  reader: Reader,
): PossibleAct {
  const words = (kind === 'confirm' ? CONFIRM[act] : undefined) ?? ACT_WORDS[act];
  const commentRequired = NEEDS_COMMENT.includes(act) || (act === 'withdraw' && reasonToWithdraw);
  return { act, text: inWords(words, reader.locale), commentRequired };
}

export const needsReasonToWithdraw = (template: Template, ticket: Ticket): boolean =>
  ticket.tokens.some(({ node }) => actsAt(template, node).withdraw === 'any_time_with_reason');

/** What is filled in with an act on this task: the node's own form, and the fields of the ticket's form that it opens. */
export function taskForm(template: Template, ticket: Ticket, task: Task, reader: Reader): FormPart[] {
  const scope = (node: string) => nodeScope(template, ticket, node, reader.personId, reader);
  const before = ticket.values['form'] ?? {};
  if (task.kind === 'edit')
    return [{ fields: template.form, access: {}, scope: scope('form'), before, prefix: '', writableOnly: false }];
  const node = template.nodes[task.node];
  if (!node || task.kind === 'dispatch') return [];
  const access = Object.fromEntries(template.form.map(({ id }) => [id, node.fields[id] ?? ('readonly' as const)]));
  const opens = Object.values(access).some((one) => one === 'editable' || one === 'required');
  return [
    ...(node.form.length > 0
      ? [{ fields: node.form, access: {}, scope: scope(node.id), prefix: '', writableOnly: false }]
      : []),
    ...(opens
      ? [{ fields: template.form, access, scope: scope('form'), before, prefix: 'form.', writableOnly: true }]
      : []),
  ];
}
