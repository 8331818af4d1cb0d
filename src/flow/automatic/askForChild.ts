/** A ticket that this one files: by its flow, or by somebody who splits the work. */
import type { Values } from '../../form/field.ts';
import type { Errand } from '../command.ts';
import type { PersonId } from '../directory.ts';
import { resolve } from '../resolve.ts';
import { around, emit, type Run } from '../run.ts';
import type { NodeId, SubflowNode } from '../template.ts';
import { given } from './sendCall.ts';

export function askForChild(run: Run, node: SubflowNode, visit: number): void {
  const requesterId = resolve(node.requester, around(run)).people[0] ?? run.ticket.requesterId;
  const { id, template, blocking } = node;
  askFor(run, { node: id, visit, template, blocking, requesterId, values: given(run, node.give) });
}

interface Asked {
  readonly node: NodeId;
  readonly visit: number;
  readonly template: string;
  readonly blocking: boolean;
  readonly requesterId: PersonId;
  readonly values: Values;
}
/** Who split it off, and whether who may file it counts. */
type Split = Pick<Extract<Errand, { kind: 'file_child' }>, 'by' | 'byHand'>;

export function askFor(run: Run, { values, ...asked }: Asked, split: Split = {}): void {
  const { node, visit, template, requesterId } = asked;
  const key = `${node}.${visit}.${run.ticket.seq}`;
  emit(run, 'child.asked', { key, ...asked }, { values }, run.by);
  const depth = (run.ticket.parent?.depth ?? 0) + 1;
  run.errands.push({
    kind: 'file_child',
    depth,
    key: `file ${key}`,
    child: key,
    template,
    requesterId,
    values,
    ...split,
  });
}
