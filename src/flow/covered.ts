/** Has this person already agreed, to the same thing, at an earlier step? `approval-semantics.md`, 审批人去重. */
import type { PersonId } from './directory.ts';
import { nodeOf, type Run } from './run.ts';
import type { ApproveNode, NodeId } from './template.ts';
import { isVote, type Task, type Ticket } from './ticket.ts';
import { isWritable } from './write.ts';

/** @returns the node where they agreed; null: they must be asked */
export function isCovered(run: Run, node: ApproveNode, personId: PersonId): NodeId | null {
  const { ticket, template } = run;
  // `last` would have to know who decides later; asking at each step is the safe reading of it.
  if (node.dedupe === 'none' || node.dedupe === 'last' || node.control) return null;
  if (isRequired(node) || hasGoneBack(ticket)) return null;
  const agreed = ticket.tasks.findLast(
    (task) => task.kind === 'approve' && task.state === 'done:agree' && isVote(task) && task.endedBy === personId,
  );
  if (!agreed) return null;
  if (node.dedupe === 'consecutive' && ticket.tasks.at(-1)?.node !== agreed.node) return null;
  // What somebody else wrote at or after that step, this person has not seen.
  const unseen = ticket.tasks.some(
    (task) =>
      task.n !== agreed.n && (task.doneAt ?? 0) >= (agreed.doneAt ?? 0) && task.endedBy !== personId && writes(task),
  );
  return unseen ? null : agreed.node;

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
