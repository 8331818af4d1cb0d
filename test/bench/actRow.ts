/** P3: accept, complete and confirm, beside our own filing. */
import { HANDLERS, REQUESTERS } from './people.ts';
import { inTurn, median } from './rounds.ts';
import { atLeast, type Row } from './row.ts';
import { TEMPLATE } from './service.ts';
import { openLine, request } from './wire.ts';
import { filing, type World } from './world.ts';

interface Act {
  readonly by: readonly string[];
  readonly body: object;
}

export async function actRate(world: World): Promise<Row> {
  const { load, size, service } = world;
  const requesters = await service.tokens(REQUESTERS);
  const handlers = await service.tokens(HANDLERS);
  const filings = requesters.map((token) => filing(token, TEMPLATE.byManager));
  const file = (times: number) =>
    load.run({ port: service.port, connections: 8, requests: filings, times, expect: 201, keepBodies: true });

  let ids: number[] = [];
  const fileAll = async () => {
    const { perSecond, bodies } = await file(size.requests);
    ids = bodies.map(idIn);
    return perSecond;
  };
  const acts: Act[] = [];
  const [first = 0] = (await file(1)).bodies.map(idIn);
  for (const [by, body] of [
    [handlers, { act: 'accept' }],
    [handlers, { act: 'complete', values: { solution: '重新插拔网线，换了交换机端口。', effort: 1 } }],
    [requesters, { act: 'agree' }],
  ] as const) {
    const task = await openTask(service.port, requesters[0] ?? '', first);
    acts.push({ by, body: { ...body, task } });
    await load.run({
      port: service.port,
      connections: 1,
      requests: wires([first], acts.at(-1)),
      times: 1,
      expect: 200,
    });
  }
  const actAll = async () => {
    let seconds = 0;
    for (const act of acts) {
      const requests = wires(ids, act);
      const plan = { port: service.port, connections: 8, requests, times: ids.length, expect: 200 };
      seconds += ids.length / (await load.run(plan)).perSecond;
    }
    return (ids.length * acts.length) / seconds;
  };
  // What is acted on was filed just before, so these two do not change places.
  const rates = await inTurn(size.rounds, { both: async () => ({ filed: await fileAll(), acted: await actAll() }) });
  const acted = median(rates.both.map((one) => one.acted));
  const filed = median(rates.both.map((one) => one.filed));
  return {
    id: 'P3',
    what: 'act ÷ file',
    goal: atLeast(1, 1.3),
    ratio: acted / filed,
    ours: `${acted.toFixed(0)}/s`,
    limit: `${filed.toFixed(0)}/s`,
    more: 'accept, complete, confirm as solved',
  };
}

const idIn = (body: string): number => (JSON.parse(body) as { id: number }).id;

function wires(ids: readonly number[], act: Act | undefined): string[] {
  const { by = [], body } = act ?? {};
  return ids.map((id, i) =>
    request({
      path: `/api/v1/tickets/${id}/acts`,
      headers: { authorization: `Bearer ${by[i % by.length] ?? ''}` },
      body: JSON.stringify(body),
    }),
  );
}

/** The number of the task that is open: the same in every ticket that went the same way. */
async function openTask(port: number, token: string, id: number): Promise<number> {
  const line = await openLine(port);
  const headers = { authorization: `Bearer ${token}` };
  const { status, body } = await line.send(request({ method: 'GET', path: `/api/v1/tickets/${id}`, headers }));
  line.close();
  if (status !== 200) throw new Error(`ticket ${id}: ${status} ${body}`);
  const { tasks } = JSON.parse(body) as { tasks: { n: number; state: string }[] };
  const open = tasks.find(({ state }) => state === 'open');
  if (!open) throw new Error(`Ticket ${id} has no open task: ${body}`);
  return open.n;
}
