/** K1: every acknowledged act has exactly one effect; none has two, and there is no effect that nobody asked for. */
import type { TicketEvent } from '../../src/flow/event.ts';
import type { Verdict } from './finding.ts';
import type { Done } from './ledger.ts';

/** A ticket as its events tell it. */
export interface Told {
  readonly title: string;
  readonly events: readonly TicketEvent[];
}

/** Of a person, on any platform; lower-cased. */
export type AccountsOf = (id: number) => readonly string[];

export function judgeActs(acts: readonly Done[], tickets: readonly Told[], accountsOf: AccountsOf): Verdict {
  const wrong: string[] = [];
  const effects = tickets.flatMap(({ title, events }) => events.map((event) => ({ title, event, asked: 0 })));
  for (const act of acts) {
    const found = effects.filter(({ title, event }) => title === act.title && isEffectOf(act, event, accountsOf));
    for (const effect of found) effect.asked += 1;
    const expected = act.acknowledged ? found.length === 1 : found.length <= 1;
    if (!expected) wrong.push(`${describe(act)}: ${found.length} effects`);
  }
  for (const { title, event, asked } of effects)
    if (ACTS.includes(event.type) && event.actorId !== null && asked !== 1)
      wrong.push(`${title}: ${event.type} (${event.seq}) was asked for ${asked} times`);
  return {
    id: 'K1',
    what: 'every acknowledged act has exactly one effect',
    looked: acts.filter(({ acknowledged }) => acknowledged).length,
    wrong,
  };
}

const ACTS: readonly string[] = [
  'ticket.filed',
  'task.accepted',
  'task.done',
  'comment.added',
  'ticket.closed',
] satisfies Done['event'][];

function isEffectOf(act: Done, event: TicketEvent, accountsOf: AccountsOf): boolean {
  if (event.type !== act.event || event.actorId === null) return false;
  if (!accountsOf(event.actorId).includes(act.by.toLowerCase())) return false;
  switch (event.type) {
    case 'task.accepted':
      return event.data.n === act.task;
    case 'task.done':
      return event.data.n === act.task && wordsIn(event.personal) === (act.words ?? '');
    case 'comment.added':
      return event.personal.text === act.words;
    case 'ticket.closed':
      return event.personal?.reason === act.words;
    default:
      return true;
  }
}

/** The handler's solution, or the requester's reason. */
function wordsIn({ values, comment }: { values: Readonly<Record<string, unknown>>; comment: string }): string {
  const { solution } = values;
  return typeof solution === 'string' ? solution : comment;
}

const describe = ({ event, title, by, task, words, acknowledged }: Done): string =>
  [`${acknowledged ? 'acknowledged' : 'unacknowledged'} ${event} of ${by}`, title, task, words]
    .filter(Boolean)
    .join(' ');
