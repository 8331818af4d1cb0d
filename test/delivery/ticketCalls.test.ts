/** A ticket calls another system and goes on with its answer: engine, outbox, webhook and back, on both databases. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Delivery } from '../../src/delivery/deliver.ts';
import { makeOutgoing } from '../../src/delivery/outgoing/client.ts';
import { makeWebhookSecrets } from '../../src/delivery/webhook/secret.ts';
import { makeTicketCalls } from '../../src/delivery/webhook/ticketCalls.ts';
import { makeWebhooks } from '../../src/delivery/webhook/webhooks.ts';
import { box } from '../people/build.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, type Office } from '../support/office.ts';
import { aTemplate } from '../support/template.ts';
import { answers, aReceiver, type Receiver } from './receiver.ts';

let receiver: Receiver;
beforeAll(async () => (receiver = await aReceiver()));
afterAll(() => receiver.close());

/** `PORT`: the receiver's, which speaks no TLS. */
const FLOW = `
  - { id: order, call: 下单, url: "http://erp.test:PORT/orders?for={form.title}", send: { title: =form.title }, take: { no: data.no }, retries: 1 }
  - { id: last, handle: 收货, assignee: { user: chenwei } }`;

eachDatabase('a ticket that calls another system', (open) => {
  let office: Office;
  let relay: Delivery;
  beforeEach(async () => {
    receiver.reset();
    office = await anOffice(open, { admins: ['sandbox/wugang'] });
    const { db, clock, log, tickets } = office;
    const outgoing = makeOutgoing({ hosts: [`erp.test:${receiver.port}`], lookup: receiver.lookup });
    relay = makeWebhooks({
      ...{ db, clock, random: () => 0.5, log },
      outgoing,
      secrets: makeWebhookSecrets({ db, box, clock }),
      calls: makeTicketCalls({ db, tickets }),
    });
  });
  /** Files a ticket of this flow. */
  const filed = async (flow = FLOW): Promise<number> => {
    const { findings, published } = await office.templates.publish(
      aTemplate({ flow: flow.replace('PORT', String(receiver.port)) }),
      null,
      'shipped',
    );
    expect(published ? [] : findings).toEqual([]);
    const by = office.id('wangxiao');
    const values = { title: '显示器', kind: '甲' };
    const { ticketId } = await office.tickets.file(null, { by, requesterId: by, templateKey: 'sample', values });
    return ticketId;
  };
  const openTasks = async (ticketId: number) =>
    (await office.ticket(ticketId)).tasks.filter(({ state }) => state === 'open');
  const states = () =>
    office.db.read((reader) =>
      reader.rows<{ state: string }>("SELECT state FROM outbox WHERE kind = 'webhook' ORDER BY id"),
    );

  it('sends what it was told to, and goes on with what the answer says', async () => {
    receiver.will(answers(200, '{"data":{"no":"PO-7"}}'));
    const ticketId = await filed();
    expect(await openTasks(ticketId)).toEqual([]);
    await relay.drain();
    const { number, values, calls } = await office.ticket(ticketId);
    const sent: unknown = JSON.parse(receiver.got[0]?.body ?? '');
    expect(sent).toEqual({ ticket: { id: ticketId, number }, node: 'order', values: { title: '显示器' } });
    expect(values.order).toEqual({ no: 'PO-7' });
    expect(calls).toEqual([]);
    expect(await openTasks(ticketId)).toMatchObject([{ node: 'last' }]);
    expect(await states()).toEqual([{ state: 'sent' }]);
  });

  it.each([
    { what: 'fails for good', mood: answers(404), calls: 1, state: 'dead' },
    { what: 'stays down', mood: answers(503), calls: 2, state: 'dead' },
    { what: 'lacks what is to be taken', mood: answers(200, '{"data":{}}'), calls: 1, state: 'sent' },
  ])('asks the flow admin when the receiver $what, and calls anew when they say so', async ({ mood, calls, state }) => {
    receiver.will(mood);
    const ticketId = await filed();
    await relay.drain();
    expect(receiver.got).toHaveLength(calls);
    expect(await states()).toEqual([{ state }]);
    const [task] = await openTasks(ticketId);
    expect(task).toMatchObject({ node: 'order', kind: 'rescue' });
    receiver.will(answers(200, '{"data":{"no":"PO-8"}}'));
    await office.act(ticketId, { type: 'retry', by: office.id('wugang'), task: task!.n, comment: '' });
    await relay.drain();
    expect((await office.ticket(ticketId)).values.order).toEqual({ no: 'PO-8' });
    expect(await openTasks(ticketId)).toMatchObject([{ node: 'last' }]);
    const names = receiver.got.map(({ headers }) => headers['x-paidan-delivery']);
    expect(new Set(names).size).toBe(2);
  });

  it('goes on without an answer where the template says so', async () => {
    receiver.will(answers(400));
    const ticketId = await filed(FLOW.replace('retries: 1', 'on_error: continue'));
    await relay.drain();
    expect(await openTasks(ticketId)).toMatchObject([{ node: 'last' }]);
  });

  it('that was withdrawn meanwhile does not call', async () => {
    const ticketId = await filed();
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '不用了' });
    await relay.drain();
    expect(receiver.got).toEqual([]);
    expect(await states()).toEqual([{ state: 'dropped' }]);
  });
});
