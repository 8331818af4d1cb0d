/**
 * Runs a template in every way at once: from each filing, every act that is offered to anyone, every timer, every answer
 * and every end of a child, breadth first, until nothing new comes up. States that differ only in how often and when
 * something happened count as one.
 */
import type { Act } from '../../src/flow/acts.ts';
import type { Command, Env, StepResult } from '../../src/flow/command.ts';
import type { Directory, PersonId } from '../../src/flow/directory.ts';
import { possibleActs, whoWaits } from '../../src/flow/query.ts';
import type { ReturnTarget, Template } from '../../src/flow/template.ts';
import { step } from '../../src/flow/step.ts';
import { isOpen, isOver, type Task, type Ticket, type Token, whoHas } from '../../src/flow/ticket.ts';
import type { Field, Value, Values } from '../../src/form/field.ts';
import { isRefusal } from '../../src/lib/refusal.ts';
import { filing, id, type Name, NOW } from './flow.ts';

export interface Explored {
  readonly states: number;
  /** Accepted commands. */
  readonly steps: number;
  /** Some states were left unexplored: nothing is said about whether all of them lead to an end. */
  readonly capped: boolean;
  /** How a ticket came to a state that it can't leave, act by act; null: it never does. */
  readonly stuck: string | null;
  /** Nodes that a token came to, whether it stayed or was sent on. */
  readonly met: ReadonlySet<string>;
  /** Nodes whose `when` held. */
  readonly entered: ReadonlySet<string>;
  /** Nodes whose `when` did not hold. */
  readonly skipped: ReadonlySet<string>;
}

interface State {
  readonly ticket: Ticket;
  readonly now: number;
  /** The state that it came from, by its index, and what was done there; -1: it was filed. */
  readonly from: number;
  readonly by: string;
  /** Where it can go from here, by their indexes. */
  readonly to: number[];
}
type Move = { readonly by: string; readonly command: Command; readonly now: number };

/** @param filings values of the forms that are filed @param most states */
export function explore(
  template: Template,
  directory: Directory,
  filings: readonly { readonly requester: Name; readonly values: Values }[],
  most: number,
): Explored {
  const states: State[] = [];
  const known = new Map<string, number>();
  const [met, entered, skipped] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let steps = 0;
  let capped = false;
  let stuck: string | null = null;

  function add(result: StepResult, now: number, from: number, by: string): void {
    if (!('ticket' in result)) return;
    steps += 1;
    for (const event of result.events) note(event);
    const key = keyOf(result.ticket);
    const old = known.get(key);
    const at = old ?? states.length;
    if (from >= 0) states[from]?.to.push(at);
    if (old !== undefined) return;
    known.set(key, at);
    states.push({ ticket: result.ticket, now, from, by, to: [] });
  }
  function note({ type, data }: { type: string; data: object }): void {
    if (!('node' in data) || typeof data.node !== 'string') return;
    const because = 'because' in data ? data.because : null;
    if (type === 'node.skipped' && because === 'when') skipped.add(data.node);
    else if (type === 'node.entered' || type === 'node.skipped') entered.add(data.node);
    else return;
    met.add(data.node);
  }
  const wayTo = (at: number, then: string): string => {
    const way = [then];
    for (let one = states[at]; one; one = states[one.from]) way.unshift(one.by);
    return way.join('\n');
  };
  function tries(move: Move, ticket: Ticket | null, from: number): void {
    try {
      const result = stepLoaded(template, ticket, move.command, { now: move.now, directory });
      add(result, move.now, from, move.by);
      if (move.command.by === null && isRefusal(result)) stuck ??= wayTo(from, `${move.by}: ${JSON.stringify(result)}`);
    } catch (error) {
      stuck ??= wayTo(from, `${move.by}: ${String(error)}`);
    }
  }

  for (const one of filings) tries({ by: `file ${JSON.stringify(one)}`, command: filing(one), now: NOW }, null, -1);
  for (let at = 0; at < states.length && stuck === null; at += 1) {
    const { ticket, now } = states[at] as State;
    if (isOver(ticket.status)) continue;
    const lost = ticket.tokens.find((token) => !isAwaited(ticket, token, directory));
    if (lost ?? ticket.tokens.length === 0) stuck = wayTo(at, `nothing moves ${lost?.node ?? 'it'} on`);
    if (states.length >= most) {
      capped = true;
      continue;
    }
    const forms = filings.map(({ values }) => values);
    for (const move of [...actsOf(template, ticket, directory, now, forms), ...eventsOf(ticket, now)])
      tries(move, ticket, at);
  }
  const endless = capped || stuck !== null ? -1 : neverOver(states);
  if (endless >= 0) stuck = wayTo(endless, 'never comes to an end');
  return { states: states.length, steps, capped, stuck, met, entered, skipped };
}

function stepLoaded(template: Template, ticket: Ticket | null, command: Command, env: Env): StepResult {
  let known = env;
  for (;;) {
    const result = step(template, ticket, command, known);
    if (!('need' in result)) return result;
    if (result.need === 'past') throw new Error('nothing is taken back here');
    known =
      result.need === 'load'
        ? { ...known, load: new Map(result.people.map((personId) => [personId, personId % 3])) }
        : { ...known, turns: new Map([...(known.turns ?? []), [result.node, result.people.at(-1) ?? 0]]) };
  }
}

/** Is there somebody or something that will move this token on? */
function isAwaited(ticket: Ticket, { node, visit }: Token, directory: Directory): boolean {
  const isHere = (one: { readonly node: string; readonly visit: number }) => one.node === node && one.visit === visit;
  const isHeld = (task: Task) => isOpen(task) && whoHas(task).some((one) => directory.people.get(one)?.active);
  return (
    ticket.tasks.some((task) => isHere(task) && isHeld(task)) ||
    ticket.timers.some(({ kind, ...timer }) => kind === 'wait' && isHere(timer)) ||
    ticket.calls.some(isHere) ||
    ticket.children.some((child) => isHere(child) && child.blocking && child.outcome === null)
  );
}

/** The first state that no way leads from to an end. */
function neverOver(states: readonly State[]): number {
  const before = states.map((): number[] => []);
  states.forEach(({ to }, at) => to.forEach((next) => before[next]?.push(at)));
  const open = states.flatMap(({ ticket }, at) => (isOver(ticket.status) ? [at] : []));
  const ending = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const one of before[at] ?? []) if (!ending.has(one) && ending.add(one)) open.push(one);
  }
  return states.findIndex((_, at) => !ending.has(at));
}

/** The acts that are tried; what moves nothing on, or ends the ticket from anywhere, would prove nothing. */
const TRIED: readonly Act[] = [
  ...(['claim', 'accept', 'dispatch', 'complete', 'agree', 'submit', 'retry', 'refuse', 'skip'] as const),
  ...(['return', 'transfer', 'release'] as const),
];

function actsOf(
  template: Template,
  ticket: Ticket,
  directory: Directory,
  now: number,
  forms: readonly Values[],
): Move[] {
  return whoWaits(ticket).flatMap((by) =>
    possibleActs(template, ticket, by, directory, now).tasks.flatMap(({ n, acts, returnTargets }) => {
      const task = ticket.tasks.find((one) => one.n === n);
      return acts
        .filter((act) => TRIED.includes(act))
        .flatMap((act) =>
          contentsOf(act, template, task as Task, returnTargets, forms).map((content): Move => {
            const command = { type: act, by, task: n, comment: '因为', values: {}, files: [], ...content };
            return {
              by: `${by} ${act} ${task?.node} ${JSON.stringify(content)}`,
              command: command as unknown as Command,
              now,
            };
          }),
        );
    }),
  );
}

type Content = { readonly values?: Values; readonly to?: string; readonly person?: PersonId; readonly then?: string };

/** What is said with an act: each choice that the flow may depend on. */
function contentsOf(
  act: Act,
  template: Template,
  task: Task,
  targets: readonly ReturnTarget[],
  forms: readonly Values[],
): readonly Content[] {
  switch (act) {
    case 'complete':
    case 'agree':
      return valuesAt(template, task).map((values) => ({ values }));
    case 'submit':
      return forms.map((values) => ({ values }));
    case 'return':
      return targets.flatMap((to) => (['rerun', 'resume'] as const).map((then) => ({ to, then })));
    case 'transfer':
      return [{ person: id('bo') }];
    case 'dispatch':
      return [{ person: id('cy') }];
    default:
      return [{}];
  }
}

const CHOICES: Readonly<Record<string, readonly Value[]>> = {
  switch: [false, true],
  number: [50, 150],
  radio: ['甲', '乙'],
};

function valuesAt(template: Template, { node: at }: Task): readonly Values[] {
  const node = template.nodes[at];
  if (!node) return [{}];
  const opened = template.form.filter((field) => ['editable', 'required'].includes(node.fields[field.id] ?? ''));
  const choose = (all: readonly Values[], { type, id: key }: Pick<Field, 'type' | 'id'>): readonly Values[] =>
    all.flatMap((values) => (CHOICES[type] ?? []).map((value) => ({ ...values, [key]: value })));
  const fields = [...node.form, ...opened.map(({ type, id: key }) => ({ type, id: `form.${key}` }))];
  return fields.reduce(choose, [{}]);
}

/** What happens by itself. */
function eventsOf(ticket: Ticket, now: number): Move[] {
  const at = (command: object, by: string, then = now): Move => ({
    command: { ...command, by: null } as unknown as Command,
    by,
    now: Math.max(now, then),
  });
  const { timers, calls, children } = ticket;
  return [
    ...timers.map((timer) => at({ type: 'fire', key: timer.key, at: timer.at }, `${timer.key} is due`, timer.at)),
    ...calls.flatMap(({ key }) => [
      at({ type: 'answered', key, outcome: { ok: true, status: 200, body: { data: { no: '7' } } } }, `${key} answers`),
      at({ type: 'answered', key, outcome: { ok: false, reason: 'HTTP 404' } }, `${key} fails`),
    ]),
    ...children.flatMap(({ key, blocking, outcome, ticketId }) => {
      if (outcome !== null || !blocking) return [];
      if (ticketId === null)
        return [
          at({ type: 'child_filed', key, ticketId: 9, number: 'C-9' }, `${key} is filed`),
          at({ type: 'child_failed', key, reason: 'not allowed' }, `${key} can't be filed`),
        ];
      return (['done', 'refused', 'withdrawn'] as const).map((end) => {
        const status = end === 'done' ? 'closed' : end;
        return at({ type: 'child_over', key, status, outcome: end, values: { form: {} } }, `${key} is ${end}`);
      });
    }),
  ];
}

/** All that the future of a ticket depends on. */
function keyOf(ticket: Ticket): string {
  const { status, outcome, tokens, regions, tasks, timers, calls, children, values } = ticket;
  if (isOver(status)) return `${status} ${outcome}`;
  const nodes = new Map(regions.map((region) => [region.id, region.node]));
  const isNow = (one: { node: string; visit: number }) =>
    tokens.some(({ node, visit }) => node === one.node && visit === one.visit);
  const sorted = (some: readonly unknown[]) => some.map((one) => JSON.stringify(one)).sort();
  const last = new Map(tasks.map((task) => [task.node, task]));
  return JSON.stringify([
    sorted(tokens.map(({ node, regions: around, back }) => [node, around.map((one) => nodes.get(one)), back])),
    sorted(regions.map(({ node, arrived, refused }) => [node, arrived, refused])),
    sorted(tasks.filter(isNow).map(taskKey)),
    sorted([...last.values()].filter((task) => !isNow(task)).map(taskKey)),
    // An approver who has agreed is spared, but not once the ticket went back.
    tasks.some(({ visit, kind, state }) => visit > 1 || kind === 'edit' || state === 'done:returned') ||
      sorted(tasks.filter(({ state }) => state === 'done:agree').map(({ node, endedBy }) => [node, endedBy])),
    tasks.at(-1)?.node,
    sorted(timers.map(({ node, kind, rung }) => [node, kind, rung])),
    sorted(calls.map(({ node }) => node)),
    sorted(
      children.filter((one) => one.blocking && one.outcome === null).map(({ node, ticketId }) => [node, ticketId]),
    ),
    values,
  ]);
}

const taskKey = (task: Task): unknown => [
  ...[task.node, task.kind, task.state, task.ord, task.assigneeId, task.people.length, task.endedBy],
  task.acceptedAt !== null,
];
