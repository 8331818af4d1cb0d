/** Where an admin may let a ticket go on: the requester's form, and each step where somebody acts or ways part. */
import type { Place, Template } from './template.ts';

export const jumpTargets = (template: Template): readonly Place[] => [
  'filing',
  ...template.order.filter((id) => HOLDS.includes(template.nodes[id]?.kind ?? '')),
];
const HOLDS: readonly string[] = ['handle', 'approve', 'confirm', 'parallel'];
