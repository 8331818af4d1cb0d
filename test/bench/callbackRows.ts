/** P4 and P5: what WeCom says to us, genuine and forged. */
import { REQUESTERS } from './people.ts';
import { inTurn, median } from './rounds.ts';
import { atLeast, atMost, type Row } from './row.ts';
import { callback } from './sealed.ts';
import { WORKSPACE } from './service.ts';
import { filePlans, type World } from './world.ts';

/** Answered from what is in memory. */
const HELP = ['帮助'];
/** As an hour in a company: lists, help, something begun and given up, small talk. */
const MIX = ['待办', '帮助', '我的工单', '压测 打印机卡纸', '取消', '今天食堂吃什么'];

const messages = (texts: readonly string[], count: number, forged = false): string[] =>
  Array.from({ length: count }, (_, i) => {
    // Nobody says two things at once, and each goes on to the next text.
    const from = REQUESTERS[i % REQUESTERS.length] ?? '';
    const text = texts[(i + Math.floor(i / REQUESTERS.length)) % texts.length] ?? '';
    return callback({ from, text }, forged);
  });

async function say(world: World, texts: readonly string[], times: number) {
  const { load, service } = world;
  return load.run({ port: service.port, connections: 8, requests: messages(texts, times), times, expect: 200 });
}

/** P4: verified, deduplicated, durable, acknowledged. Each message must have its inbox row. */
export async function callbackRate(world: World, variant: 'help' | 'mix'): Promise<Row> {
  const { load, size, service } = world;
  const texts = variant === 'help' ? HELP : MIX;
  const plans = filePlans(world);
  await say(world, texts, size.warmUp);
  await load.run(plans.limit(8, size.warmUp));
  const before = await inboxRows(world);
  const began = service.process.cpuMs();
  const { ours, limit } = await inTurn(size.rounds, {
    ours: () => say(world, texts, size.requests),
    limit: () => load.run(plans.limit(8, size.requests)),
  });
  const count = size.rounds * size.requests;
  const cpu = ((service.process.cpuMs() - began) * 1000) / count;
  const kept = (await inboxRows(world)) - before;
  if (kept !== count) throw new Error(`${count} callbacks were acknowledged, ${kept} are in the inbox`);
  const rate = median(ours.map((one) => one.perSecond));
  const limitRate = median(limit.map((one) => one.perSecond));
  const p99 = median(ours.map((one) => one.p99)) / median(limit.map((one) => one.p99));
  return {
    id: variant === 'help' ? 'P4' : 'P4 mix',
    what: `WeCom callback, ${variant === 'help' ? 'one text' : 'lists, drafts, small talk'}`,
    goal: atLeast(0.6, 0.9),
    ratio: rate / limitRate,
    ours: `${rate.toFixed(0)}/s`,
    limit: `${limitRate.toFixed(0)}/s`,
    more: `p99 ${p99.toFixed(1)} × the limit's (aim ≤ 3); CPU of the process ${cpu.toFixed(0)} µs`,
  };
}

async function inboxRows({ service }: World): Promise<number> {
  const row = await service.db.read((reader) =>
    reader.one<{ n: number }>('SELECT COUNT(*) AS n FROM inbox WHERE source = ?', [`${WORKSPACE}:app`]),
  );
  return row?.n ?? 0;
}

/** P5: CPU of the service for a forged callback beside a good one. */
export async function forgedCpu(world: World): Promise<Row> {
  const { load, size, service } = world;
  const cpuOf = async (times: number, work: () => Promise<unknown>) => {
    const before = service.process.cpuMs();
    await work();
    return ((service.process.cpuMs() - before) * 1000) / times;
  };
  // CPU time is counted in steps of 10 ms, so there must be enough of them.
  const many = Math.max(1_000, size.requests);
  const forge = (times: number) => {
    const requests = messages(HELP, times, true);
    return load.run({ port: service.port, connections: 8, requests, times, expect: 403 });
  };
  await say(world, HELP, size.warmUp);
  await forge(size.warmUp);
  const { good, forged } = await inTurn(size.rounds, {
    good: () => cpuOf(many, () => say(world, HELP, many)),
    forged: () => cpuOf(many * 2, () => forge(many * 2)),
  });
  const ours = median(forged);
  const limit = median(good);
  return {
    id: 'P5',
    what: 'forged callback: CPU ÷ a good one’s',
    goal: atMost(1 / 4, 1 / 6),
    ratio: ours / limit,
    ours: `${ours.toFixed(0)} µs`,
    limit: `${limit.toFixed(0)} µs`,
  };
}
