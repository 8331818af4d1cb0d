/** One ticket from the first message to closed, by the people it comes to. Each does one thing at a time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import { type Hands, type Pressable, taskOf } from './hands.ts';
import type { Act, Ledger } from './ledger.ts';

export interface Plan {
  readonly title: string;
  readonly requester: string;
  readonly urgency: string;
  readonly category: string;
  /** false: not solved at first, so it goes back to the same handler with a comment. */
  readonly solved: boolean;
  /** Begins once in vain: another draft takes the first one's place. */
  readonly twice: boolean;
  /** What the requester adds meanwhile. */
  readonly comments: number;
}

export interface Stage {
  readonly hands: Hands;
  readonly ledger: Ledger;
  readonly chance: Chance;
  /** A person's next free moment. */
  readonly turn: <T>(person: string, work: () => Promise<T>) => Promise<T>;
}

/** Needs the supervisor's consent. */
export const VERY_URGENT = '非常紧急';
const SUPERVISOR = 'WuGang';
const THINK_MS = 900;

/** @throws Error when a card that must come does not, or an act is refused for good */
export async function play(stage: Stage, plan: Plan): Promise<void> {
  await file(stage, plan);
  for (let n = 1; n <= plan.comments; n += 1) await comment(stage, plan, n);
  let task = await handle(stage, plan, 0);
  if (plan.urgency === VERY_URGENT) task = await press(stage, plan, SUPERVISOR, task);
  if (!plan.solved) {
    task = await notSolved(stage, plan, task);
    task = await handle(stage, plan, task);
  }
  await press(stage, plan, plan.requester, task);
}

async function file({ hands, ledger, turn, chance }: Stage, plan: Plan): Promise<void> {
  const { title, requester, urgency, category } = plan;
  await turn(requester, async () => {
    if (plan.twice) await hands.say(requester, `报修 ${title}之前的`);
    await hands.say(requester, `报修 ${title} ${urgency}`);
    await think(chance);
    await hands.say(requester, `${title}：三楼东侧`);
    const filed = ledger.begin({ event: 'ticket.filed', title, by: requester });
    const selected = { urgency: [urgency], category: [category] };
    await hands.press({ title, key: /^d\.submit\./, of: requester }, selected);
    filed.acknowledged();
  });
}

async function comment({ hands, ledger, turn, chance }: Stage, plan: Plan, n: number): Promise<void> {
  const { title, requester } = plan;
  const words = `${title} 补充${n}`;
  await think(chance);
  await turn(requester, async () => {
    await hands.press({ title, key: /^k\.comment\./, of: requester });
    const added = ledger.begin({ event: 'comment.added', title, by: requester, words });
    await hands.say(requester, words);
    added.acknowledged();
  });
}

/** Accepts where that is asked, and completes. @returns the task's number */
async function handle({ hands, ledger, turn, chance }: Stage, { title }: Plan, afterTask: number): Promise<number> {
  const first = await hands.find({ title, key: /^t\.(accept|complete)\./, afterTask });
  const by = first.message.userid;
  const task = taskOf(first.key);
  await think(chance);
  if (first.key.startsWith('t.accept.'))
    await turn(by, () =>
      acting(ledger, { event: 'task.accepted', title, by, task }, () =>
        hands.press({ title, key: /^t\.accept\./, of: by, afterTask }),
      ),
    );
  await think(chance);
  const words = `${title} 方案${task}`;
  await turn(by, async () => {
    await hands.press({ title, key: /^t\.complete\./, of: by, afterTask });
    await hands.say(by, words);
    await hands.say(by, '1.5');
    await acting(ledger, { event: 'task.done', title, by, task, words }, () => hands.say(by, '否'));
  });
  return task;
}

/** 同意 or 已解决. @returns the task's number */
async function press(stage: Stage, { title }: Plan, by: string, afterTask: number): Promise<number> {
  const { hands, ledger, turn, chance } = stage;
  const wanted = { title, key: /^t\.agree\./, of: by, afterTask };
  const task = taskOf((await hands.find(wanted)).key);
  await think(chance);
  await turn(by, () => acting(ledger, { event: 'task.done', title, by, task }, () => hands.press(wanted)));
  return task;
}

/** 未解决, and why. @returns the task's number */
async function notSolved(stage: Stage, { title, requester: by }: Plan, afterTask: number): Promise<number> {
  const { hands, ledger, turn } = stage;
  const wanted = { title, key: /^t\.refuse\./, of: by, afterTask };
  const task = taskOf((await hands.find(wanted)).key);
  const words = `${title} 还是不行${task}`;
  await turn(by, async () => {
    await hands.press(wanted);
    await acting(ledger, { event: 'task.done', title, by, task, words }, () => hands.say(by, words));
  });
  return task;
}

async function acting(ledger: Ledger, act: Act, work: () => Promise<Pressable | void>): Promise<void> {
  const begun = ledger.begin(act);
  await work();
  begun.acknowledged();
}

const think = (chance: Chance) => sleep(chance.between(0, THINK_MS));

/** Everybody's own queue: a chat asks one thing at a time, and so do people. */
export function makeTurns(): Stage['turn'] {
  const last = new Map<string, Promise<unknown>>();
  return (person, work) => {
    const mine = (last.get(person) ?? Promise.resolve()).then(work);
    last.set(
      person,
      mine.catch(() => undefined),
    );
    return mine;
  };
}
