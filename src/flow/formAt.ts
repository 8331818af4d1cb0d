/** What is filled in with a task: its step's own form, and what the step opens of the ticket's. */
import type { Field } from '../form/field.ts';
import type { Node, Template } from './template.ts';
import { isAdvice, type Task } from './ticket.ts';

const NONE: { readonly form: readonly Field[]; readonly fields: Node['fields'] } = { form: [], fields: {} };

/** Whoever only advises or dispatches leaves the form to whoever decides or works. */
export const formAt = ({ nodes }: Template, task: Task): typeof NONE =>
  isAdvice(task) || task.kind === 'dispatch' ? NONE : (nodes[task.node] ?? NONE);
