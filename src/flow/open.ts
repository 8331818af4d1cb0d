/** Opening the tasks of one visit: a pool, one person, or one task each, together or in turn. */
import { unreachable } from '../lib/unreachable.ts';
import type { Need } from './command.ts';
import type { Appointed } from './appoint.ts';
import type { PersonId } from './directory.ts';
import { emit, type Run } from './run.ts';
import type { ApproveNode, ConfirmNode, HandleNode, Place } from './template.ts';
import type { Task, TaskKind, Via } from './ticket.ts';
import { partAgain, takingPart } from './takingPart.ts';
import { climb } from './climb.ts';

export interface Opening {
  readonly node: Place;
  readonly visit: number;
  readonly kind: TaskKind;
  readonly state: 'open' | 'waiting';
  readonly ord: number;
  /** One: the assignee. Several: a pool of candidates. */
  readonly people: readonly PersonId[];
  readonly rule: string;
  /** Whose task it is added to, and how; absent: the step's own rule. */
  readonly added?: { readonly via: Via; readonly parent: number };
}

/** @returns the new task's number */
export function openTask(run: Run, opening: Opening): number {
  // Written out, not spread: this is half of what a step costs.
  const { node, visit, kind, state, ord, rule, people: owners, added } = opening;
  const n = run.ticket.n + 1;
  const assigneeId = owners.length > 1 ? null : (owners[0] ?? null);
  const people = takingPart(run, { n, node, visit, state }, owners);
  const { revision } = run.env.directory;
  const data = { n, node, visit, kind, state, ord, rule, assigneeId, people, revision };
  emit(run, 'task.opened', added ? { ...data, ...added } : data, null);
  if (state === 'open') startTime(run, n);
  return n;
}

/** A waiting task's turn has come. */
export function activate(run: Run, task: Task): void {
  const { n } = task;
  const people = partAgain(run, task);
  emit(run, 'task.activated', { n, people }, null);
  startTime(run, n);
}

function startTime(run: Run, n: number): void {
  const task = run.ticket.tasks.findLast((one) => one.n === n);
  if (task) climb(run, task, 0);
}

export function openTasks(
  run: Run,
  node: HandleNode | ApproveNode | ConfirmNode,
  visit: number,
  appointed: Appointed,
): Need | null {
  const { rule } = appointed;
  const { id, kind } = node;
  if (node.kind !== 'handle') {
    const inTurn = node.kind === 'approve' && node.mode === 'sequence';
    appointed.people.forEach((personId, ord) => {
      const state = inTurn && ord > 0 ? 'waiting' : 'open';
      openTask(run, { node: id, visit, kind, state, ord, rule, people: [personId] });
    });
    return null;
  }
  const one = { node: id, visit, kind, state: 'open', ord: 0, rule } as const;
  if (appointed.dispatches) {
    openTask(run, { ...one, kind: 'dispatch', people: appointed.people });
    return null;
  }
  const people = dealt(run, node, appointed.people);
  if ('need' in people) return people;
  for (const each of node.strategy === 'all' ? people.map((id) => [id]) : [people]) {
    const n = openTask(run, { ...one, people: each });
    if (each.length === 1 && each.every((id) => appointed.accepted.includes(id)))
      emit(run, 'task.accepted', { n }, null);
  }
  return null;
}

/** Who gets the work: all of them, as a pool or each; or one. */
function dealt(run: Run, node: HandleNode, people: readonly PersonId[]): readonly PersonId[] | Need {
  if (people.length < 2) return people;
  switch (node.strategy) {
    case 'claim':
    case 'all':
    case 'dispatcher':
      return people;
    case 'round-robin':
      return inTurn(run, node, people);
    case 'least-open':
      return leastBusy(run, people);
    default:
      return unreachable(node.strategy);
  }
}

/** Advisory: whoever answers the need moves the pointer on, and nobody waits for it. */
function inTurn(run: Run, node: HandleNode, people: readonly PersonId[]): readonly PersonId[] | Need {
  const { turns } = run.env;
  const next = turns?.get(node.id);
  if (next === undefined) return { need: 'turn', node: node.id, people: [...people].sort((a, b) => a - b) };
  return [people.includes(next) ? next : Math.min(...people)];
}

/** The one with the fewest open tasks, then the lowest id. */
function leastBusy(run: Run, people: readonly PersonId[]): readonly PersonId[] | Need {
  const { load } = run.env;
  if (!load || people.some((id) => !load.has(id)))
    return { need: 'load', people: [...new Set([...(load?.keys() ?? []), ...people])] };
  const busy = (id: PersonId): number => load.get(id) ?? 0;
  return [people.reduce((best, id) => ((busy(id) - busy(best) || id - best) < 0 ? id : best))];
}
