/** P1 and P2: filing a ticket through the whole service, beside the limit server. */
import { inTurn, median } from './rounds.ts';
import { atLeast, atMost, type Row } from './row.ts';
import { filePlans, type World } from './world.ts';

/** P1: rate with 8 connections. */
export async function fileRate(world: World): Promise<Row> {
  const { load, size, service, limit } = world;
  const plans = filePlans(world);
  await load.run(plans.ours(8, size.warmUp));
  await load.run(plans.limit(8, size.warmUp));
  const cpu = { ours: 0, limit: 0 };
  const { ours, limit: theirs } = await inTurn(size.rounds, {
    ours: async () => {
      const before = service.process.cpuMs();
      const outcome = await load.run(plans.ours(8, size.requests));
      cpu.ours += service.process.cpuMs() - before;
      return outcome;
    },
    limit: async () => {
      const before = limit.process.cpuMs();
      const outcome = await load.run(plans.limit(8, size.requests));
      cpu.limit += limit.process.cpuMs() - before;
      return outcome;
    },
  });
  const rate = median(ours.map((one) => one.perSecond));
  const limitRate = median(theirs.map((one) => one.perSecond));
  const each = (ms: number) => `${Math.round((ms * 1000) / (size.rounds * size.requests))} µs`;
  return {
    id: 'P1',
    what: 'file, 8 connections',
    goal: atLeast(0.4, 0.6),
    ratio: rate / limitRate,
    ours: `${rate.toFixed(0)}/s`,
    limit: `${limitRate.toFixed(0)}/s`,
    more: `CPU of the process ${each(cpu.ours)} beside ${each(cpu.limit)}`,
  };
}

/** P2: latency with one connection. */
export async function fileLatency(world: World): Promise<Row> {
  const { load, size } = world;
  const plans = filePlans(world);
  const { ours, limit } = await inTurn(size.rounds, {
    ours: () => load.run(plans.ours(1, size.alone)),
    limit: () => load.run(plans.limit(1, size.alone)),
  });
  const p50 = median(ours.map((one) => one.p50));
  const limitP50 = median(limit.map((one) => one.p50));
  return {
    id: 'P2',
    what: 'file, 1 connection, p50',
    goal: atMost(2.5, 1.6),
    ratio: p50 / limitP50,
    ours: `${p50.toFixed(2)} ms`,
    limit: `${limitP50.toFixed(2)} ms`,
  };
}
