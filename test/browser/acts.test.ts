/** Every act of `approval-semantics.md`, done in the sandbox's chat page by clicking, on both platforms: one row each. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ACT_NAMES } from '../../src/flow/acts.ts';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { onSqlite, type Running } from '../support/service.ts';
import { type Flow, FLOWS, type Row, ROWS } from './actRows.ts';
import { type Cast, CASTS, type Part } from './cast.ts';
import { type Desk, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const start = onSqlite();
const PUBLISHER = 'WuGang';
const FORM = `form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: urgency, type: radio, label: 紧急程度, options: [一般, 紧急], default: 一般 }
  - { id: category, type: radio, label: 分类, options: [硬件, 网络], default: 硬件 }`;

it('has a row for every act', () => {
  expect([...new Set(ROWS.map(({ act }) => act))].sort()).toEqual([...ACT_NAMES].sort());
});

let running: Running;
/** Each row has a minute of its own: no platform lets one person be told everything within one. */
let minutes = 0;
beforeAll(async () => {
  running = await start({ admins: [PUBLISHER], clock: () => Date.now() + minutes * 60_000 });
});

describe.each(CASTS.map((cast) => [cast.platform, cast] as const))('in the chat page, on %s', (platform, cast) => {
  let desk: Desk;
  beforeAll(async () => {
    for (const flow of Object.keys(FLOWS) as Flow[]) await publish(cast, flow);
    desk = await openDesk(running.url, 'desktop', [
      cast.of.requester.userid,
      cast.of.handler.userid,
      cast.of.head.userid,
    ]);
  });
  afterEach(() => desk.shoot(`acts-${platform}-last`));
  afterAll(() => desk.close());

  it.each(ROWS.map((row) => [row.act, row.who, row] as const))('%s, by the %s', async (_act, who, row) => {
    minutes += 1;
    const userid = (one: Part) => cast.of[one].userid;
    const number = await filed(cast, row);
    const seat = await desk.as(userid(who));
    await seat.card(number).waitFor();
    const stage = {
      ...{ running, seat, number },
      other: `${cast.letter}SOFT-0001`,
      name: (part: Part) => cast.of[part].name,
      id: (part: Part) => running.id(userid(part)),
    };
    await row.by(stage);
    await eventually(async () => row.then(await ticketOf(running, number), stage));
  });
});

async function publish({ letter, workspace, of }: Cast, flow: Flow): Promise<void> {
  const key = letter + flow;
  const people = Object.fromEntries(Object.entries(of).map(([part, { userid }]) => [part, `${workspace}/${userid}`]));
  const steps = FLOWS[flow](people as Record<Part, string>);
  const text = `template: ${key.toLowerCase()}\nname: 演练\nnumber: ${key.toUpperCase()}-{seq:4}\nadmin: { user: ${people['head']} }\n${FORM}\nflow:${steps}\n`;
  const { status, body } = await running.api(PUBLISHER, 'POST', '/api/v1/templates', { text });
  expect([status, body]).toEqual([200, expect.anything()]);
}

/** A ticket with what went before. @returns its number */
async function filed({ letter, of }: Cast, { act, flow, before = [] }: Row): Promise<string> {
  const template = (letter + flow).toLowerCase();
  const body = { template, values: { title: `演练${act}` } };
  const answer = await running.api(of.requester.userid, 'POST', '/api/v1/tickets', body);
  const { id, number } = answer.body as { id: number; number: string };
  for (const [who, { person, ...said }] of before) {
    const whom = typeof person === 'string' ? { person: running.id(of[person as Part].userid) } : {};
    const task = await taskOf(number, of[who].userid);
    const did = await running.api(of[who].userid, 'POST', `/api/v1/tickets/${id}/acts`, { task, ...said, ...whom });
    expect([did.status, did.body]).toEqual([200, expect.anything()]);
  }
  await running.settled();
  return number;
}

async function taskOf(number: string, who: string): Promise<number> {
  const { tasks } = await ticketOf(running, number);
  const mine = tasks.find(
    ({ state, people }) => state === 'open' && people.some(({ personId }) => personId === running.id(who)),
  );
  return mine?.n ?? -1;
}
