/** A `call` node: a webhook is sent, and its answer awaited. */
import type { Values } from '../../form/field.ts';
import { emit, scopeOf, type Run } from '../run.ts';
import type { CallNode, Given } from '../template.ts';

export function sendCall(run: Run, node: CallNode, visit: number): void {
  const { number, id } = run.ticket;
  const key = `${node.id}.${visit}.${run.ticket.seq}`;
  const values = given(run, node.send);
  emit(run, 'call.sent', { key, node: node.id, visit }, null);
  const body = JSON.stringify({ ticket: { id, number }, node: node.id, values });
  run.calls.push({ type: 'call', key, url: node.url(scopeOf(run)), body, retries: node.retries });
}

/** The values that these expressions give now. */
export const given = (run: Run, from: Given): Values =>
  Object.fromEntries(Object.entries(from).map(([name, of]) => [name, of(scopeOf(run))]));
