/** The answer that a `call` node waits for. What can't be had is the flow admin's to decide, unless said. */
import { refuse } from '../../lib/refusal.ts';
import type { Value, Values } from '../../form/field.ts';
import type { CallOutcome } from '../command.ts';
import { onward } from '../enter.ts';
import { emit, nodeOf, type Halt, type Run } from '../run.ts';
import type { CallNode } from '../template.ts';
import type { Token } from '../ticket.ts';
import { enterRefused } from '../wayBack.ts';
import { askForRescue } from './rescue.ts';

export function answered(run: Run, key: string, outcome: CallOutcome): Halt {
  const call = run.ticket.calls.find((one) => one.key === key);
  const token = run.ticket.tokens.find(({ node, visit }) => node === call?.node && visit === call.visit);
  if (!call || !token) return refuse('not_now', { act: 'answered' });
  const node = nodeOf(run.template, call.node);
  if (node.kind !== 'call') throw new Error(`"${node.id}" calls nobody`);
  const taken = outcome.ok ? takenFrom(node, outcome.body) : { missing: outcome.reason };
  const ok = !('missing' in taken);
  emit(
    run,
    'call.answered',
    { key, node: node.id, ok },
    ok ? { values: taken.values, reason: '' } : { values: {}, reason: taken.missing },
  );
  return ok ? onward(run, token) : failed(run, node, token, taken.missing);
}

function failed(run: Run, node: CallNode, token: Token, reason: string): Halt {
  switch (node.onError.kind) {
    case 'continue':
      return onward(run, token);
    // Why it failed is a code, which the event of the answer keeps; a refusal's reason is read as it stands.
    case 'refuse':
      return enterRefused(run, { kind: 'end' }, token, node.name);
    case 'to':
      return enterRefused(run, node.onError, token, node.name);
    case 'admin':
      return askForRescue(run, node, token, { kind: 'call_failed', node: node.name, reason });
  }
}

/** An answer without a value that is to be taken is a failed call: what follows would build on nothing. */
function takenFrom(node: CallNode, body: unknown): { readonly values: Values } | { readonly missing: string } {
  const values: Record<string, Value> = {};
  for (const [name, path] of Object.entries(node.take)) {
    const value = valueAt(body, path);
    if (value === undefined) return { missing: `take:${path}` };
    values[name] = value;
  }
  return { values };
}

function valueAt(body: unknown, path: string): Value | undefined {
  let at: unknown = body;
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return typeof at === 'string' || typeof at === 'number' || typeof at === 'boolean' ? at : undefined;
}
