/** Tickets under way: as many stories at once as asked for, each followed by another until it is enough. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import { play, type Plan, type Stage, VERY_URGENT } from './story.ts';

export interface Load {
  /** Tickets that were begun. */
  begun(): number;
  /** Stories that came to no end, and why. */
  readonly stuck: readonly string[];
  /** Begins no more, and resolves when the last one has ended, or after `limitMs`. */
  finish(limitMs: number): Promise<void>;
}

/** Nobody of these handles tickets. Each may file 20 a day. */
const REQUESTERS = [
  ...['wangxiao', 'zhangwei', 'linxia', 'hejing', 'gaofeng', 'tangmin', 'xiaofang', 'LiQiang', 'zhuting', 'luoyi'],
  ...['xiebin', 'fengxue', 'dengli', 'hanmei', 'zhouming', 'MaHong'],
];
const MOST = REQUESTERS.length * 20;
/** Six handlers get 30 messages a minute each, so about two tickets a second is what the platform's limits let through. */
const PACE_MS = 500;

export function startLoad(stage: Stage, underWay: number): Load {
  const stuck: string[] = [];
  const running = new Set<Promise<void>>();
  let begun = 0;
  let enough = false;

  const begin = () => {
    const plan = planOf(stage.chance, begun);
    begun += 1;
    const story = play(stage, plan)
      .catch(
        (error: unknown) => void stuck.push(`${plan.title}: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => running.delete(story));
    running.add(story);
  };
  const keep = async () => {
    while (!enough && begun < MOST) {
      if (running.size < underWay) begin();
      if (begun >= underWay) await sleep(PACE_MS);
    }
  };
  const keeping = keep();
  return {
    stuck,
    begun: () => begun,
    async finish(limitMs) {
      enough = true;
      await keeping;
      await Promise.race([Promise.all(running), sleep(limitMs, undefined, { ref: false })]);
      if (running.size > 0) stuck.push(`${running.size} stories had not ended after ${limitMs / 1000} s`);
    },
  };
}

function planOf(chance: Chance, n: number): Plan {
  const solved = !chance.yes(0.2);
  return {
    title: `打印机卡纸 ${n + 1} 号`,
    requester: REQUESTERS[n % REQUESTERS.length] ?? 'wangxiao',
    urgency: solved ? chance.pick(['一般', '紧急', VERY_URGENT]) : '紧急',
    category: chance.pick(['硬件故障', '软件问题', '网络问题', '账号申请', '硬件故障', '软件问题']),
    solved,
    twice: chance.yes(0.15),
    comments: Math.floor(chance.between(0, 4)),
  };
}
