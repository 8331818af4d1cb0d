/** What may be agreed to in one go with others: nothing that asks for a look at it. */
import { refuse, type Refusal } from '../lib/refusal.ts';
import { nodeOf } from './run.ts';
import type { Template } from './template.ts';
import type { Task } from './ticket.ts';

export function bulkRefusal(template: Template, task: Task): Refusal | null {
  if (task.kind !== 'approve' && task.kind !== 'confirm') return null;
  const node = nodeOf(template, task.node);
  const isControl = node.kind === 'approve' && node.control;
  const asks = node.form.some(({ required }) => required) || Object.values(node.fields).includes('required');
  return isControl || asks ? refuse('not_in_bulk', { step: node.name }) : null;
}
