/** Where a refusal leads. */
import type { ApproveSpec } from '../spec/node.ts';
import type { OnRefuse } from '../template.ts';

export function onRefuse(spec: ApproveSpec['on_refuse'], fallback: OnRefuse): OnRefuse {
  if (spec === undefined) return fallback;
  return spec === 'end' ? { kind: 'end' } : { kind: 'to', target: spec.to };
}
