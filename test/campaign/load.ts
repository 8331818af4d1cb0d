/** Tickets under way: as many stories at once as asked for, each followed by another until it is enough. */
import { setTimeout as sleep } from 'node:timers/promises';
import { play, type Plan, type Stage, VERY_URGENT } from './story.ts';

export interface Load {
  /** Tickets that were begun. */
  begun(): number;
  /** By title. */
  readonly plans: ReadonlyMap<string, Plan>;
  /** Stories that came to no end, and why. */
  readonly stuck: readonly string[];
  /** Begins no more, and resolves when the last one has ended, or after `limitMs`. */
  finish(limitMs: number): Promise<void>;
}

/**
 * Nobody of these handles tickets. Each may file 20 a day. Two have an account on both platforms, and file on the one that
 * is not their home.
 */
const REQUESTERS = [
  ...['wangxiao', 'ding-fangmin', 'zhangwei', 'ding-dongfei', 'linxia', 'ding-zhouming', 'hejing', 'ding-yuanli'],
  ...['gaofeng', 'ding-guoqiang', 'tangmin', 'ding-xiaofang', 'LiQiang', 'zhuting'],
  ...['luoyi', 'xiebin', 'fengxue', 'dengli', 'hanmei', 'MaHong'],
];
const MOST = REQUESTERS.length * 20;
/** Eight handlers get 20 to 30 messages a minute each; above that the oldest wait longest, so this stays well below. */
const PACE_MS = 1_200;
/** As many to each handler: who gets more messages than the limits let through, waits, and all with them. */
const TWO_EACH = ['硬件故障', '软件问题'] as const;
/** Of so many, one is withdrawn and one is left in hand: both to somebody at DingTalk, whose to-dos follow. */
const ODD = 16;

export function startLoad(stage: Stage, underWay: number): Load {
  const stuck: string[] = [];
  const plans = new Map<string, Plan>();
  const running = new Set<Promise<void>>();
  let begun = 0;
  let enough = false;

  const begin = () => {
    const plan = planOf(stage, begun);
    begun += 1;
    plans.set(plan.title, plan);
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
    plans,
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

function planOf({ chance, cast }: Stage, n: number): Plan {
  const requester = REQUESTERS[n % REQUESTERS.length] ?? 'wangxiao';
  const end = n % ODD === 3 ? 'withdrawn' : n % ODD === 11 ? 'left' : 'closed';
  const solved = end !== 'closed' || !chance.yes(0.2);
  return {
    title: `打印机卡纸 ${n + 1} 号`,
    requester,
    urgency: solved ? chance.pick(['一般', '紧急', VERY_URGENT]) : '紧急',
    category:
      end === 'closed'
        ? chance.pick([...TWO_EACH, ...TWO_EACH, ...TWO_EACH, '网络问题', '网络问题', '账号申请'])
        : '网络问题',
    solved,
    twice: chance.yes(0.15),
    comments: Math.floor(chance.between(0, 3)),
    end,
    group: chance.yes(0.3) ? (cast.groupOf(requester)?.id ?? null) : null,
  };
}
