/** Admin intervention: the flow admin puts right what the flow can't. Each says why; nothing of the history goes. */
import { refuse, type FieldProblem, type Refusal } from '../../lib/refusal.ts';
import { cancelVisit, closeTicket } from '../close.ts';
import type { Command } from '../command.ts';
import type { PersonId } from '../directory.ts';
import { enter } from '../enter.ts';
import { openAround } from '../inside.ts';
import { jumpTargets } from '../jumpTargets.ts';
import { closeRegion } from '../region.ts';
import { withinOf } from '../returnTargets.ts';
import { emit, nameOf, newToken, tokenOf, type Halt, type Run, type Traveller } from '../run.ts';
import { hasPart, isBarred, takingPart } from '../takingPart.ts';
import type { Task } from '../ticket.ts';
import { enterFiling, leaveBehind } from '../wayBack.ts';
import { closeVisit, needsComment } from './endTask.ts';

type Intervention<T> = Extract<Command, { type: T }>;

/** Wherever it stands, it goes on from there. */
export function jump(run: Run, { to, comment }: Intervention<'jump'>): Halt {
  if (!jumpTargets(run.template).includes(to))
    return refuse('bad_return_target', { to: run.template.nodes[to]?.name ?? to });
  const silent = needsComment(comment);
  if (silent) return silent;
  emit(run, 'admin.intervened', { act: 'jump', to }, { comment: comment.trim() }, run.by);
  leaveBehind(run, to);
  const token = gathered(run);
  if (to === 'filing') return enterFiling(run, token);
  return enter(run, to, openAround(run, withinOf(run.template, to), token), { always: true, afresh: true });
}

/** Gives up all that is under way. @returns the one token that is left */
function gathered(run: Run): Traveller {
  for (const region of run.ticket.regions) if (region.outer.length === 0) closeRegion(run, region, 'returned');
  const [token] = run.ticket.tokens;
  if (!token) return newToken(run, []);
  cancelVisit(run, token, 'intervened');
  return { id: token.id, regions: token.regions };
}

export function forceClose(run: Run, { comment }: Intervention<'force_close'>): Halt {
  const silent = needsComment(comment);
  if (silent) return silent;
  emit(run, 'admin.intervened', { act: 'force_close' }, { comment: comment.trim() }, run.by);
  closeTicket(run, { status: 'closed', outcome: 'forced' }, comment.trim());
  return null;
}

/** To anybody who is here: an admin reaches further than a transfer does. */
export function reassign(run: Run, task: Task, { person, comment }: Intervention<'reassign'>): Halt {
  const no = receiverRefusal(run, task, person) ?? needsComment(comment);
  if (no) return no;
  const personal = { comment: comment.trim() };
  const people = takingPart(run, task, [person]);
  emit(run, 'admin.intervened', { act: 'reassign', task: task.n }, personal, run.by);
  emit(run, 'task.transferred', { n: task.n, from: task.assigneeId, to: person, people }, personal, run.by);
  return null;
}

function receiverRefusal(run: Run, task: Task, person: PersonId): Refusal | null {
  const { directory } = run.env;
  const name = nameOf(directory, person);
  if (!directory.people.get(person)?.active) return refuse('unknown_person', { person: name });
  if (isBarred(run, task.node, person)) return refuse('cannot_transfer_to_requester');
  if (task.assigneeId !== person && !hasPart(run, task, person)) return null;
  const problem: FieldProblem = {
    field: 'person',
    label: '改派给',
    zh: `${name}在这一步已有待办，请选别人`,
    en: `${name} already has a part in this step: choose somebody else`,
  };
  return refuse('bad_input', { person: name }, [problem]);
}

/** The step begins anew, with those whom its rule names today. */
export function reResolve(run: Run, task: Task, { comment }: Intervention<'re_resolve'>): Halt {
  const silent = needsComment(comment);
  if (silent) return silent;
  const token = tokenOf(run.ticket, task);
  emit(run, 'admin.intervened', { act: 're_resolve', task: task.n }, { comment: comment.trim() }, run.by);
  closeVisit(run, task, 'cancelled', 'intervened');
  return enter(run, task.node, token, { always: true, afresh: true });
}
