/**
 * Runs a template in every way at once: from each filing, every act that is offered to anyone, every timer, every answer
 * and every end of a child, breadth first, until nothing new comes up. What cuts across the flow (an added approver, a
 * jump, an act taken back) is tried in every state as well, a few times in one story at most.
 */
import type { Command, Env, Step, StepResult } from '../../src/flow/command.ts';
import type { Directory } from '../../src/flow/directory.ts';
import type { Template } from '../../src/flow/template.ts';
import { step } from '../../src/flow/step.ts';
import { isOver, isPending, type Ticket, type Token } from '../../src/flow/ticket.ts';
import type { Values } from '../../src/form/field.ts';
import { keyOf, memoryOf } from './exploreKey.ts';
import { afterMoves, type Extra, extraMoves, isHeld, type Move, offersAt, ownMoves } from './exploreMoves.ts';
import { filing, type Name, NOW } from './flow.ts';

export interface Explored {
  readonly states: number;
  /** Accepted commands. */
  readonly steps: number;
  /** Some states that the flow's own acts lead to were left unexplored. */
  readonly capped: boolean;
  /** Some of the others were. */
  readonly cappedBeyond: boolean;
  /** Extra acts that were accepted at least once. */
  readonly extras: ReadonlySet<Extra>;
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
  readonly directory: Directory;
  /** The ticket before the act that may still be taken back. */
  readonly past: Ticket | null;
  /** The state that it came from, by its index, and what was done there; -1: it was filed. */
  readonly from: number;
  readonly by: string;
  /** Where it can go from here by the flow's own acts, by their indexes. */
  readonly to: number[];
  /** How many extra acts it took to come here. */
  depth: number;
  isExplored: boolean;
}

export interface Exploring {
  readonly template: Template;
  /** Of the template. */
  readonly text: string;
  readonly directory: Directory;
  /** Values of the forms that are filed. */
  readonly filings: readonly { readonly requester: Name; readonly values: Values }[];
  /** States, of each depth. */
  readonly most: number;
  readonly extras: readonly Extra[];
  /** How many extra acts in one story. */
  readonly deepest: number;
}

export function explore({ template, text, directory, filings, most, extras, deepest }: Exploring): Explored {
  const memory = memoryOf(template, text);
  const forms = filings.map(({ values }) => values);
  const states: State[] = [];
  const known = new Map<string, number>();
  const queues: number[][] = Array.from({ length: deepest + 1 }, () => []);
  const left = queues.map(() => most);
  const [met, entered, skipped] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const used = new Set<Extra>();
  let steps = 0;
  let stuck: string | null = null;

  /** @returns null: it was refused, or went wrong */
  function taken(move: Move, start: State | null, from: number, env: Env): Step | null {
    try {
      const result = stepLoaded(template, start, move.command, env);
      if ('ticket' in result) return result;
      // What happens by itself must not be refused.
      if (move.command.by === null) stuck ??= wayTo(from, `${move.by}: ${JSON.stringify(result)}`);
    } catch (error) {
      stuck ??= wayTo(from, `${move.by}: ${String(error)}`);
    }
    return null;
  }
  /** @returns the state that it leads to, by its index; -1: to none */
  function tries(move: Move, start: State | null, from: number, depth: number): number {
    const here = move.directory ?? start?.directory ?? directory;
    const { now, by } = move;
    const result = taken(move, start, from, { now, directory: here });
    if (!result) return -1;
    steps += 1;
    // An admin may go where the flow never would.
    if (!extras.includes('jump') || depth === 0) for (const event of result.events) note(event);
    const { ticket } = result;
    const past = pastOf(ticket, start);
    const at = add({ ticket, now, directory: here, past, from, by, depth, to: [], isExplored: false });
    for (const extra of depth < deepest ? extras : [])
      triesAcross(extra, afterMoves(ticket, extra, move), { ...(states[at] as State), ticket, past }, from);
    return at;
  }
  function triesAcross(extra: Extra, moves: readonly Move[], start: State, from: number): void {
    for (const move of moves) if (tries(move, start, from, start.depth + 1) >= 0) used.add(extra);
  }
  function add(state: State): number {
    const key = `${goneFrom(state.directory, directory)}${keyOf(state.ticket, memory)}`;
    const old = known.get(key);
    const at = old ?? states.length;
    if (old === undefined) {
      known.set(key, at);
      states.push(state);
    }
    const one = states[at] as State;
    if (old !== undefined && one.depth <= state.depth) return at;
    one.depth = state.depth;
    queues[state.depth]?.push(at);
    return at;
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

  function visit(at: number, depth: number): void {
    const state = states[at] as State;
    // Found again with fewer extra acts meanwhile, and explored there.
    if (state.depth !== depth || state.isExplored) return;
    const lost = whatIsLost(state);
    if (lost !== null) stuck = wayTo(at, lost);
    const isEnd = isOver(state.ticket.status);
    if (!isEnd && left[depth] === 0) return;
    state.isExplored = true;
    if (isEnd) return;
    left[depth] = (left[depth] ?? 1) - 1;
    const stands = { template, forms, read: memory.read, ...state };
    const standing = { ...stands, offers: offersAt(stands) };
    for (const move of ownMoves(standing)) {
      const to = tries(move, state, at, depth);
      if (to >= 0) state.to.push(to);
    }
    for (const extra of depth < deepest ? extras : []) triesAcross(extra, extraMoves(standing, extra), state, at);
  }

  for (const one of filings) tries({ by: `file ${JSON.stringify(one)}`, command: filing(one), now: NOW }, null, -1, 0);
  for (const [depth, queue] of queues.entries())
    for (let i = 0; i < queue.length && stuck === null; i += 1) visit(queue[i] ?? 0, depth);
  if (stuck === null) {
    const endless = neverOver(states);
    if (endless >= 0) stuck = wayTo(endless, 'never comes to an end');
  }
  const isLeft = states.filter(({ isExplored }) => !isExplored);
  return {
    ...{ states: states.length, steps, stuck, met, entered, skipped, extras: used },
    capped: isLeft.some(({ depth }) => depth === 0),
    cappedBeyond: isLeft.some(({ depth }) => depth > 0),
  };
}

/** Who has left since. */
function goneFrom({ people }: Directory, { people: before }: Directory): string {
  return people === before ? '' : [...people.values()].flatMap(({ id, active }) => (active ? [] : [id])).join();
}

/** The ticket before the act that may be taken back. */
function pastOf({ undo, version }: Ticket, start: State | null): Ticket | null {
  if (undo === null || start === null) return null;
  return undo.version === version ? start.ticket : start.past;
}

function stepLoaded(template: Template, start: State | null, command: Command, env: Env): StepResult {
  let known = env;
  for (;;) {
    const result = step(template, start?.ticket ?? null, command, known);
    if (!('need' in result)) return result;
    if (result.need === 'past') {
      if (start?.past?.version !== result.version) throw new Error(`version ${result.version} is not at hand`);
      known = { ...known, past: start.past };
    } else if (result.need === 'load')
      known = { ...known, load: new Map(result.people.map((personId) => [personId, personId % 3])) };
    else known = { ...known, turns: new Map([...(known.turns ?? []), [result.node, result.people.at(-1) ?? 0]]) };
  }
}

/** What nothing moves on, or what is left behind by an end; null: nothing. */
function whatIsLost({ ticket, directory }: State): string | null {
  const { tokens, tasks, status, timers, calls } = ticket;
  if (isOver(status)) {
    const isLeft = tokens.length + timers.length + calls.length > 0 || tasks.some(isPending);
    return isLeft ? 'it is over, and something is still open' : null;
  }
  if (tokens.length === 0) return 'nothing moves it on';
  const lost = tokens.find((token) => !isAwaited(ticket, token, directory));
  return lost ? `nothing moves ${lost.node} on` : null;
}

/** Is there somebody or something that will move this token on? */
function isAwaited(ticket: Ticket, { node, visit }: Token, directory: Directory): boolean {
  const isHere = (one: { readonly node: string; readonly visit: number }) => one.node === node && one.visit === visit;
  return (
    ticket.tasks.some((task) => isHere(task) && isHeld(task, directory)) ||
    ticket.timers.some(({ kind, ...timer }) => kind === 'wait' && isHere(timer)) ||
    ticket.calls.some(isHere) ||
    ticket.children.some((child) => isHere(child) && child.blocking && child.outcome === null)
  );
}

/** The first state that no way leads from to an end, as far as was looked. */
function neverOver(states: readonly State[]): number {
  const before = states.map((): number[] => []);
  states.forEach(({ to }, at) => to.forEach((next) => before[next]?.push(at)));
  const open = states.flatMap(({ ticket, isExplored }, at) => (isOver(ticket.status) || !isExplored ? [at] : []));
  const ending = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const one of before[at] ?? []) if (!ending.has(one) && ending.add(one)) open.push(one);
  }
  return states.findIndex((_, at) => !ending.has(at));
}
