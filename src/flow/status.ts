/** What a ticket's open tasks say about it. Order: `approval-semantics.md`, "Status and outcome". */
import type { Template } from './template.ts';
import { isOpen, isOver, rootOf, type Outcome, type Status, type Task, type TaskKind, type Ticket } from './ticket.ts';

const ORDER: readonly (readonly [TaskKind, Status])[] = [
  ['edit', 'returned'],
  ['confirm', 'confirming'],
  ['approve', 'approving'],
];

/** While nobody has work or a word to say, the last status stays; what was suspended is being worked on. */
export function statusOf(ticket: Ticket): Status {
  if (isOver(ticket.status)) return ticket.status;
  if (ticket.paused) return 'suspended';
  // Whoever is asked for help or an opinion answers for the one who asked.
  // A step that failed by itself is still pending, whoever looks after it.
  const open = ticket.tasks.flatMap((task) =>
    isOpen(task) && task.kind !== 'rescue' ? [rootOf(ticket.tasks, task)] : [],
  );
  if (open.length === 0) return isBegun(ticket) ? 'processing' : ticket.status;
  for (const [kind, status] of ORDER) if (open.some((task) => task.kind === kind)) return status;
  return open.some((task) => task.kind !== 'dispatch' && task.acceptedAt !== null) ? 'processing' : 'pending';
}

/** Suspended no longer; or accepted and done by one act. */
const isBegun = ({ status, tasks }: Ticket): boolean =>
  status === 'suspended' || (status === 'pending' && tasks.some(({ acceptedAt }) => acceptedAt !== null));

/** The outcome of a flow that ran to its end. */
export function outcomeOf(template: Template, ticket: Ticket): Outcome {
  if (ticket.tasks.findLast((task) => task.kind === 'confirm')?.state === 'done:agree') return 'confirmed';
  const approves = !template.service && template.order.some((id) => template.nodes[id]?.kind === 'approve');
  return approves ? 'approved' : 'done';
}

/** The last task of this node that somebody had in hand, by the step's own rule. Who dispatched it did not. */
export const lastHeld = (ticket: Ticket, node: string): Task | undefined =>
  ticket.tasks.findLast(
    (task) => task.node === node && task.assigneeId !== null && task.kind !== 'dispatch' && task.via === null,
  );
