/** What holds for every template, company and sequence of acts. FLOW_RUNS sets how many stories are tried (2,500 unless said: more than 10,000 accepted acts). */
import { isDeepStrictEqual } from 'node:util';
import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { type Act, ACT_NAMES, isTaskAct } from '../../../src/flow/acts.ts';
import type { Command, Env, Need, Step, StepResult } from '../../../src/flow/command.ts';
import type { TicketEvent } from '../../../src/flow/event.ts';
import { fold } from '../../../src/flow/fold.ts';
import { possibleActs } from '../../../src/flow/query.ts';
import { statusOf } from '../../../src/flow/status.ts';
import { step } from '../../../src/flow/step.ts';
import type { Template } from '../../../src/flow/template.ts';
import {
  askedBy,
  isAside,
  isOpen,
  isOver,
  isPending,
  type Region,
  type Task,
  type Ticket,
  type Token,
} from '../../../src/flow/ticket.ts';
import { isRefusal, type RefusalCode } from '../../../src/lib/refusal.ts';
import { deepFreeze, filing, frozenStep, id, NAMES, NOW } from '../../support/flow.ts';
import { aCommand, aStory, commandOf, type RandomStory, type Wish } from '../../support/randomFlow.ts';

const numRuns = Number(process.env['FLOW_RUNS'] ?? 2_500);
const TIMEOUT_MS = Math.max(600_000, numRuns * 30);

/** Throws a sentence: printing both sides of a comparison would bury it under a whole template. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`);
}

/** One accepted command. */
interface Moment extends Step {
  readonly before: Ticket | null;
  readonly story: RandomStory;
  readonly env: Env;
  readonly wish: Wish | null;
  /** All events until here. */
  readonly history: readonly TicketEvent[];
}

function answer(need: Need, { turns }: Env, history: readonly TicketEvent[]): Partial<Env> {
  if (need.need === 'load') return { load: new Map(need.people.map((personId) => [personId, personId % 3])) };
  if (need.need === 'past') return { past: fold(history.filter(({ version }) => version <= need.version)) };
  return { turns: new Map([...(turns ?? []), [need.node, need.people.at(-1) ?? 0]]) };
}

/** On frozen input, answering what the engine asks for as `ticket/` does. */
function stepLoaded(
  template: Template,
  ticket: Ticket | null,
  command: Command,
  env: Env,
  history: readonly TicketEvent[],
): StepResult {
  let known = env;
  for (let asked = 0; asked < 10; asked += 1) {
    const result = frozenStep(template, ticket, command, known);
    if (!('need' in result)) {
      must(isDeepStrictEqual(step(template, ticket, command, known), result), 'the same input gives the same output');
      return result;
    }
    known = { ...known, ...answer(result, known, history) };
  }
  throw new Error('the engine asks for ever');
}

/** Plays a story. @returns its accepted commands, in order */
function play(story: RandomStory): Moment[] {
  const { template, directory, requester, values } = deepFreeze(story);
  const moments: Moment[] = [];
  let env: Env = { now: NOW, directory };
  let ticket = null as Ticket | null;
  const tell = (result: StepResult, wish: Wish | null): void => {
    if (!('ticket' in result)) return;
    const history = [...(moments.at(-1)?.history ?? []), ...result.events];
    moments.push({ ...result, before: ticket, story, env, wish, history });
    ticket = result.ticket;
  };
  tell(stepLoaded(template, null, filing({ requester, values }), env, []), null);
  if (!ticket) return moments;
  for (const wish of story.wishes) {
    const command = commandOf(wish, story, ticket, env.now);
    // Now and then it gets late.
    const later = env.now + (wish.pick % 7 === 0 ? 31 * 60_000 : wish.pick % 3);
    env = { ...env, now: Math.max(later, command.type === 'fire' ? command.at : 0) };
    tell(stepLoaded(template, ticket, command, env, moments.at(-1)?.history ?? []), wish);
  }
  return moments;
}

/** The events alone rebuild the ticket, also after they were stored as text. */
function foldsBack(moments: readonly Moment[]): void {
  const events = moments.flatMap((moment) => moment.events);
  must(
    events.every(({ seq }, i) => seq === i + 1),
    'seq has no gap',
  );
  const stored = JSON.parse(JSON.stringify(events)) as TicketEvent[];
  must(events.length === 0 || isDeepStrictEqual(fold(stored), moments.at(-1)?.ticket), 'fold(events) is the ticket');
}

function isCounted({ before, ticket, events }: Moment): void {
  must(events.length > 0, 'an accepted command leaves an event');
  must(ticket.version === (before?.version ?? 0) + 1, 'one version per command');
  must(
    events.every(({ version }) => version === ticket.version),
    'each event names the version',
  );
}

/** An open ticket waits for somebody who is there; one that is over waits for nobody. */
function isAccountedFor({ ticket, story }: Moment): void {
  const pending = ticket.tasks.filter(isPending);
  must(ticket.status === statusOf(ticket), 'the status follows from the tasks');
  must((ticket.status === 'suspended') === (ticket.paused !== null), 'suspended is what is paused');
  must(
    ticket.paused === null || pending.some((task) => task.n === ticket.paused?.task),
    'a pause stands for work that is open',
  );
  if (isOver(ticket.status)) {
    must(pending.length === 0 && ticket.tokens.length === 0, 'nothing is left open');
    must(ticket.closedAt !== null && ticket.outcome !== null, 'it has an end and an outcome');
    return;
  }
  must(ticket.tokens.length > 0 && ticket.tokens.every((token) => isAwaited(ticket, token)), 'no token is lost');
  ticket.regions.forEach((region) => isWhole(ticket, region));
  for (const task of pending) {
    const here = task.people.some(({ personId }) => story.directory.people.get(personId)?.active);
    must(here, 'a task has somebody who can act');
    must(
      ticket.tokens.some((token) => isAt(task, token)),
      'no task is left behind by its token',
    );
    must(
      !isAside(ticket.tasks, task) || askedBy(ticket.tasks, task).some(isPending),
      'nobody waits for what can’t come',
    );
    const holders = pending.filter((other) => other.node === task.node && other.assigneeId === task.assigneeId);
    must(holders.length === 1, 'nobody has two tasks at one visit');
  }
}

/** Each running branch waits for something that can come: a person, a time, an answer, or another ticket. */
const isAwaited = ({ tasks, timers, calls, children }: Ticket, token: Token): boolean =>
  tasks.some((task) => isOpen(task) && isAt(task, token)) ||
  [
    ...timers.filter(({ kind }) => kind === 'wait'),
    ...calls,
    ...children.filter(({ blocking, outcome }) => blocking && outcome === null),
  ].some(({ node, visit }) => node === token.node && visit === token.visit);

/** Every branch of a region has arrived, was refused, or is still under way: itself, or split again. */
function isWhole({ tokens, regions }: Ticket, { id: own, total, arrived, refused, outer }: Region): void {
  const inside = tokens.filter((token) => token.regions.at(-1) === own).length;
  const split = regions.filter((region) => region.outer.at(-1) === own).length;
  must(arrived + refused + inside + split === total, 'each branch of a region is accounted for');
  must(
    outer.every((around) => regions.some((region) => region.id === around)),
    'a region is open as long as those in it',
  );
}

const isAt = (task: Task, token: Token): boolean => task.node === token.node && task.visit === token.visit;

/** A control node is never passed by itself; nobody is asked to approve their own request unless that is allowed. */
function isGuarded({ ticket, events, story }: Moment): void {
  for (const event of events) {
    if (event.type !== 'node.skipped' && event.type !== 'task.opened') continue;
    const node = story.template.nodes[event.data.node];
    if (node?.kind !== 'approve') continue;
    if (event.type === 'node.skipped') must(!node.control || event.data.because === 'when', 'control was passed');
    else if (event.data.assigneeId === ticket.requesterId && node.selfApproval !== 'allow') {
      const standsIn = events.some((other) => other.type === 'people.missing' && other.data.node === node.id);
      must(standsIn, 'the requester was asked to approve');
    }
  }
}

/** Whoever may act is shown a card of the task; whoever lost it, too. */
function isShown({ before, ticket, effects, story }: Moment): void {
  for (const [i, task] of ticket.tasks.entries()) {
    if (task === before?.tasks[i] || !isOpen(task)) continue;
    for (const { personId, role } of task.people) {
      const decides = story.template.nodes[task.node]?.kind === 'approve' && personId === ticket.requesterId;
      must(!(role === 'substitute' && decides), 'a substitute decides on their own request');
      must(
        effects.some((effect) => effect.type === 'show' && effect.personId === personId && effect.task === task.n),
        'whoever can act is shown a way to act',
      );
    }
  }
}

/** Taking back leaves the flow where it stood, with the same duties, and no open task of what came in between. */
function isUndone({ before, ticket, events, history }: Moment): void {
  if (!events.some(({ type }) => type === 'act.taken_back')) return;
  const past = fold(history.filter(({ version }) => version < (before?.undo?.version ?? 0)));
  must(isDeepStrictEqual(ticket.tokens, past.tokens), 'the tokens stand where they stood');
  must(isDeepStrictEqual(ticket.values, past.values), 'what was filled in is what it was');
  must(ticket.status === past.status, 'the status is what it was');
  const open = (tasks: readonly Task[]) => tasks.filter(isOpen).map(({ n, assigneeId }) => [n, assigneeId]);
  must(isDeepStrictEqual(open(ticket.tasks), open(past.tasks)), 'the same duties are open');
  const keys = (of: Ticket) => of.timers.map(({ key }) => key).sort();
  must(isDeepStrictEqual(keys(ticket), keys(past)), 'the same is due');
  must(isDeepStrictEqual([ticket.paused, ticket.rests], [past.paused, past.rests]), 'it rests as it did');
}

const TASK_ACTS = ACT_NAMES.filter(isTaskAct);
const TICKET_ACTS = ACT_NAMES.filter((act) => !isTaskAct(act));

/** For one person: everything offered is accepted, nothing else is. */
function isOffered({ ticket, story, env, wish, history }: Moment): void {
  const { template, directory } = story;
  const by = ((wish?.who ?? 0) % NAMES.length) + 1;
  const other = NAMES.find((name) => directory.people.get(id(name))?.active && id(name) !== by) ?? 'cy';
  const sure: Wish = { act: 'comment', who: by, pick: 0, other, comment: 'because', isLawful: true, flag: true };
  const isAccepted = (act: Act, task: number): boolean => {
    const result = stepLoaded(template, ticket, aCommand(sure, template, ticket, by, act, task), env, history);
    return !isRefusal(result) || ABOUT_CONTENT.includes(result.refused);
  };
  const possible = possibleActs(template, ticket, by, directory, env.now);
  for (const act of TICKET_ACTS) must(possible.ticket.includes(act) === isAccepted(act, 0), `${act} on the ticket`);
  for (const task of ticket.tasks) {
    const offered = possible.tasks.find(({ n }) => n === task.n)?.acts ?? [];
    for (const act of TASK_ACTS)
      must(offered.includes(act) === isAccepted(act, task.n), `${act} on a ${task.kind} task`);
  }
}
/** Refusals that are about what came with the act, not about who may act when. */
const ABOUT_CONTENT: readonly RefusalCode[] = [
  'bad_input',
  'cannot_transfer_to_self',
  'already_copied',
  'cannot_transfer_to_requester',
  // Nobody can be found for the next step, not even an admin: the template's fault, not the person's.
  'template_faulty',
];

const check = (promise: (moments: Moment[]) => void): void =>
  fc.assert(
    fc.property(aStory, (story) => promise(play(story))),
    { numRuns },
  );

describe('whatever people do', () => {
  it(
    'a ticket is its events, somebody is accountable for it, nothing passes by itself, and whoever can act is shown',
    () =>
      check((moments) => {
        foldsBack(moments);
        for (const moment of moments) {
          isCounted(moment);
          isAccountedFor(moment);
          isGuarded(moment);
          isShown(moment);
          isUndone(moment);
        }
      }),
    TIMEOUT_MS,
  );

  it(
    'possibleActs offers exactly what the engine accepts',
    () => check((moments) => moments.forEach(isOffered)),
    TIMEOUT_MS,
  );
});
