/** One ticket from the first message to its end, by the people it comes to, on either platform. Each does one thing at a time. */
import type { Cast } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Hands } from './hands.ts';
import type { Act, Ledger } from './ledger.ts';
import { taskOf } from './pressable.ts';
import { think } from './think.ts';
import type { Filing, Last, Ways } from './way.ts';

export interface Plan extends Filing {
  /** false: not solved at first, so it goes back to the same handler with a comment. */
  readonly solved: boolean;
  /** What the requester adds meanwhile. */
  readonly comments: number;
  /** How far it goes: to the end; taken back before anybody acted; or its handler has it in hand and leaves it there. */
  readonly end: 'closed' | 'withdrawn' | 'left';
}

export interface Stage {
  readonly hands: Hands;
  readonly ways: Ways;
  readonly cast: Cast;
  readonly ledger: Ledger;
  readonly chance: Chance;
  /** A person's next free moment. */
  readonly turn: <T>(person: string, work: () => Promise<T>) => Promise<T>;
}

/** Needs the supervisor's consent. */
export const VERY_URGENT = '非常紧急';
const SUPERVISOR = 'WuGang';

/** @throws Error when a card that must come does not, or an act is refused for good */
export async function play(stage: Stage, plan: Plan): Promise<void> {
  await file(stage, plan);
  for (let n = 1; n <= plan.comments; n += 1) await comment(stage, plan, n);
  if (plan.end === 'withdrawn') return withdraw(stage, plan);
  let task = await handle(stage, plan, 0);
  if (plan.end === 'left') return;
  if (plan.urgency === VERY_URGENT) task = await press(stage, plan, SUPERVISOR, task);
  if (!plan.solved) {
    task = await notSolved(stage, plan, task);
    task = await handle(stage, plan, task);
  }
  await press(stage, plan, plan.requester, task);
}

async function file(stage: Stage, plan: Plan): Promise<void> {
  const { title, requester } = plan;
  await turn(stage, requester, () =>
    stage.ways.of(requester).file(plan, acting(stage, { event: 'ticket.filed', title, by: requester })),
  );
}

async function comment(stage: Stage, { title, requester }: Plan, n: number): Promise<void> {
  const { hands, ways, chance } = stage;
  const words = `${title} 补充${n}`;
  await think(chance);
  await turn(stage, requester, async () => {
    const { message } = await hands.find({ title, key: /^k\.comment\./, of: requester });
    const by = message.userid;
    await ways.at(message).comment({ title, by, words }, acting(stage, { event: 'comment.added', title, by, words }));
  });
}

async function withdraw(stage: Stage, { title, requester }: Plan): Promise<void> {
  const { hands, ways, chance } = stage;
  const words = `${title} 不用了`;
  // Its handler got the card, and to do with it.
  await hands.find({ title, key: /^t\.accept\./ });
  await think(chance);
  await turn(stage, requester, async () => {
    const { message } = await hands.find({ title, key: /^k\.withdraw\./, of: requester });
    const by = message.userid;
    await ways.at(message).withdraw({ title, by, words }, acting(stage, { event: 'ticket.closed', title, by, words }));
  });
}

/** Accepts where that is asked, and completes unless it is left so. @returns the task's number */
async function handle(stage: Stage, { title, end }: Plan, afterTask: number): Promise<number> {
  const { hands, ways, chance } = stage;
  const { message, button } = await hands.find({ title, key: /^t\.(accept|complete)\./, afterTask });
  const by = message.userid;
  const task = taskOf(button.key);
  await think(chance);
  if (button.key.startsWith('t.accept.'))
    await turn(stage, by, () =>
      acting(stage, { event: 'task.accepted', title, by, task })(() =>
        hands.press({ title, key: /^t\.accept\./, of: by, afterTask }),
      ),
    );
  if (end === 'left') return task;
  await think(chance);
  const words = `${title} 方案${task}`;
  await turn(stage, by, () =>
    ways
      .at(message)
      .complete({ title, by, words, afterTask }, acting(stage, { event: 'task.done', title, by, task, words })),
  );
  return task;
}

/** 同意 or 已解决. @returns the task's number */
async function press(stage: Stage, { title }: Plan, by: string, afterTask: number): Promise<number> {
  const { hands, chance } = stage;
  const wanted = { title, key: /^t\.agree\./, of: by, afterTask };
  const task = taskOf((await hands.find(wanted)).button.key);
  await think(chance);
  await turn(stage, by, () => acting(stage, { event: 'task.done', title, by, task })(() => hands.press(wanted)));
  return task;
}

/** 未解决, and why. @returns the task's number */
async function notSolved(stage: Stage, { title, requester }: Plan, afterTask: number): Promise<number> {
  const { hands, ways } = stage;
  const { message, button } = await hands.find({ title, key: /^t\.refuse\./, of: requester, afterTask });
  const by = message.userid;
  const task = taskOf(button.key);
  const words = `${title} 还是不行${task}`;
  await turn(stage, by, () =>
    ways
      .at(message)
      .refuse({ title, by, words, afterTask }, acting(stage, { event: 'task.done', title, by, task, words })),
  );
  return task;
}

const turn = <T>({ cast, turn: free }: Stage, userid: string, work: () => Promise<T>): Promise<T> =>
  free(cast.personOf(userid), work);

const acting =
  ({ ledger }: Stage, act: Act): Last =>
  async (work) => {
    const begun = ledger.begin(act);
    await work();
    begun.acknowledged();
  };

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
