/** A `subflow` node: a ticket of another template is asked for. */
import { resolve } from '../resolve.ts';
import { around, emit, type Run } from '../run.ts';
import type { SubflowNode } from '../template.ts';
import { given } from './sendCall.ts';

export function askForChild(run: Run, node: SubflowNode, visit: number): void {
  const requesterId = resolve(node.requester, around(run)).people[0] ?? run.ticket.requesterId;
  const values = given(run, node.give);
  const key = `${node.id}.${visit}.${run.ticket.seq}`;
  const { id, template, blocking } = node;
  emit(run, 'child.asked', { key, node: id, visit, template, requesterId, blocking }, { values });
  const depth = (run.ticket.parent?.depth ?? 0) + 1;
  run.errands.push({ kind: 'file_child', depth, key: `file ${key}`, child: key, template, requesterId, values });
}
