/** Who takes part in a task: those whose duty it is, and whoever stands in for them while they are away. */
import type { PersonId } from './directory.ts';
import { nodeOf, visitOf, type Run } from './run.ts';
import { substituteOf } from './substitute.ts';
import type { Place } from './template.ts';
import { isPending, isVote, type Task, type TaskPerson, whoHas } from './ticket.ts';

type At = Pick<Task, 'n' | 'node' | 'visit' | 'state'>;

/** @param owners one: the assignee; several: a pool of candidates */
export function takingPart(run: Run, at: At, owners: readonly PersonId[]): readonly TaskPerson[] {
  const role = owners.length > 1 ? 'candidate' : 'assignee';
  return withSubstitutes(
    run,
    at,
    owners.map((personId) => ({ personId, role })),
    owners,
  );
}

/** The task's people as they are now: who was away when it waited may be back, and the other way round. */
export function partAgain(run: Run, task: Task): readonly TaskPerson[] {
  const named = task.people.filter(({ role }) => role !== 'substitute');
  return withSubstitutes(run, { ...task, state: 'open' }, named, whoHas(task));
}

function withSubstitutes(
  run: Run,
  at: At,
  named: readonly TaskPerson[],
  owners: readonly PersonId[],
): readonly TaskPerson[] {
  const people = [...named];
  // Who stands in is settled when the turn has come, not when the order was.
  for (const owner of at.state === 'waiting' ? [] : owners) {
    const personId = substituteOf(run.env.directory, owner, run.ticket.template.key, run.env.now);
    if (personId === null || people.some((one) => one.personId === personId)) continue;
    if (isBarred(run, at.node, personId) || hasPart(run, at, personId)) continue;
    people.push({ personId, role: 'substitute', for: owner });
  }
  // Their order means nothing; one order everywhere makes a stored ticket equal to its events.
  return people.length > 1 ? people.sort((a, b) => a.personId - b.personId) : people;
}

/** The requester decides nothing about their own request because somebody else chose them. */
export const isBarred = ({ template, ticket }: Run, node: Place, personId: PersonId): boolean =>
  personId === ticket.requesterId && node !== 'filing' && nodeOf(template, node).kind === 'approve';

/** Has this person a duty of their own at this visit, or has decided there? Twice would be two votes. */
export const hasPart = ({ ticket }: Run, at: Omit<At, 'state'>, personId: PersonId): boolean =>
  visitOf(ticket, at).some(
    (task) => task.n !== at.n && (isPending(task) || isVote(task)) && whoHas(task).includes(personId),
  );
