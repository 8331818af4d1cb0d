/** 重开: until when a closed ticket may be, and where it begins again. */
import { dueAt } from './due.ts';
import type { Run } from './run.ts';
import { lastHeld } from './status.ts';
import type { NodeId, Template } from './template.ts';
import type { Outcome, Ticket } from './ticket.ts';

/** @returns null: not at all */
export function reopenUntil(run: Run, outcome: Outcome): number | null {
  const { template, ticket, env } = run;
  // What was merged goes on elsewhere.
  if (template.acts.reopen === null || outcome === 'merged' || outcome === 'duplicate') return null;
  return reopensAt(template, ticket) === null ? null : dueAt(run, env.now, template.acts.reopen).at;
}

/** Where work was done last; without any, where somebody decided last. null: nobody had it in hand. */
export function reopensAt(template: Template, ticket: Ticket): NodeId | null {
  const last = (kind: 'handle' | 'approve'): NodeId | undefined =>
    ticket.tasks.findLast(({ node }) => template.nodes[node]?.kind === kind && lastHeld(ticket, node))?.node;
  return last('handle') ?? last('approve') ?? null;
}
