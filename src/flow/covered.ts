/** Need this person not be asked, having agreed to the same thing at another step? `approval-semantics.md`, 审批人去重. */
import { askedLater } from './askedLater.ts';
import type { PersonId } from './directory.ts';
import { nodeOf, type Run } from './run.ts';
import type { ApproveNode, NodeId } from './template.ts';
import { isVote, type Task, type Ticket } from './ticket.ts';
import { isWritable } from './write.ts';

/** @returns the node where they agreed, or (`last`) surely will be asked; null: they must be asked here */
export function isCovered(run: Run, node: ApproveNode, personId: PersonId): NodeId | null {
  if (node.dedupe === 'none' || node.control || isRequired(node) || hasGoneBack(run.ticket)) return null;
  if (node.dedupe !== 'last') return agreedAt(run, node, personId);
  // A later step that would spare them in turn is none to rely on.
  return askedLater(
    run,
    node,
    personId,
    (later) => later.dedupe === 'last' || isCovered(run, later, personId) === null,
  );
}

function agreedAt({ ticket, template }: Run, node: ApproveNode, personId: PersonId): NodeId | null {
  // Not in somebody else's name.
  const isTheirs = ({ endedBy, assigneeId }: Task): boolean => endedBy === personId && assigneeId === personId;
  const agreed = ticket.tasks.findLast(
    (task) => task.kind === 'approve' && task.state === 'done:agree' && isVote(task) && isTheirs(task),
  );
  if (!agreed) return null;
  if (node.dedupe === 'consecutive' && ticket.tasks.at(-1)?.node !== agreed.node) return null;
  // What somebody else wrote at or after that step, this person has not seen.
  const isNews = (task: Task): boolean =>
    task.n !== agreed.n && (task.doneAt ?? 0) >= (agreed.doneAt ?? 0) && task.endedBy !== personId && writes(task);
  // Nor what changed beside all steps since: another category, what another system or another ticket answered.
  const { content } = ticket;
  const isChanged = content !== null && content.at >= (agreed.doneAt ?? 0) && content.by !== personId;
  return ticket.tasks.some(isNews) || isChanged ? null : agreed.node;

  function writes(task: Task): boolean {
    const at = nodeOf(template, task.node);
    return isVote(task) && (at.form.length > 0 || Object.values(at.fields).some(isWritable));
  }
}

const isRequired = (node: ApproveNode): boolean =>
  node.form.some(({ required }) => required) || Object.values(node.fields).includes('required');

/** Once a ticket went back anywhere, everyone is asked again. */
const hasGoneBack = (ticket: Ticket): boolean =>
  ticket.tasks.some(({ visit, kind, state }) => visit > 1 || kind === 'edit' || state === 'done:returned');
