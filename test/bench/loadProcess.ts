/** The load generator, a process of its own: is told a plan, carries it out, tells what came of it. */
import { openLine } from './wire.ts';
import type { Outcome, Plan } from './load.ts';

process.on('message', (plan: Plan) => {
  carryOut(plan).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
  );
});

async function carryOut({ port, connections, requests, times, expect, keepBodies }: Plan): Promise<Outcome> {
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)));
  const latencies: number[] = new Array<number>(times).fill(0);
  const bodies: string[] = [];
  let next = 0;
  const began = performance.now();
  const work = async (line: (typeof lines)[number]) => {
    while (next < times) {
      const i = next;
      next += 1;
      const sent = performance.now();
      const { status, body } = await line.send(requests[i % requests.length] ?? '');
      latencies[i] = performance.now() - sent;
      if (status !== expect) throw new Error(`answered ${status}, expected ${expect}: ${body.slice(0, 500)}`);
      if (keepBodies) bodies[i] = body;
    }
  };
  try {
    await Promise.all(lines.map(work));
  } finally {
    for (const line of lines) line.close();
  }
  const ms = performance.now() - began;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(times - 1, Math.floor(times * share))] ?? 0;
  return { perSecond: (times / ms) * 1000, p50: at(0.5), p99: at(0.99), bodies };
}
