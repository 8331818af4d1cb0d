/**
 * Webhooks on both databases, against a receiver on this machine: C1 of reliability.md for the calls of a ticket, and the
 * promise that a ticket which waits for a call is told exactly once what came of it.
 */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { makeDeadLetters } from '../../src/delivery/deadLetters.ts';
import { type Delivery, sideBySide, makeDelivery } from '../../src/delivery/deliver.ts';
import { makeOutgoing } from '../../src/delivery/outgoing/client.ts';
import { LEASE_MS, makeQueue } from '../../src/delivery/queue.ts';
import { RETRY_MS } from '../../src/delivery/retry.ts';
import type { Call, CallOutcome } from '../../src/delivery/webhook/calls.ts';
import { makeWebhookSecrets } from '../../src/delivery/webhook/secret.ts';
import { makeWebhooks } from '../../src/delivery/webhook/webhooks.ts';
import { Refused, refuse } from '../../src/lib/refusal.ts';
import type { Database } from '../../src/store/database.ts';
import { makeSecretBox } from '../../src/store/secretBox.ts';
import { draftRow, outboxPart, type WebhookCall, webhookRow } from '../../src/ticket/outboxRow.ts';
import { makeChance } from '../campaign/chance.ts';
import { eachDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { aLog, type KeptLog } from '../support/log.ts';
import { answers, aReceiver, type Got, hangs, type Mood, type Receiver, resets, resetsHalfway } from './receiver.ts';

type Told = Call & { readonly origin: string; readonly outcome: CallOutcome };

let receiver: Receiver;
beforeAll(async () => (receiver = await aReceiver()));
afterAll(() => receiver.close());

const box = makeSecretBox(Buffer.alloc(32, 7));

eachDatabase('a webhook', (open) => {
  let db: Database;
  let now: number;
  let log: KeptLog;
  let told: Told[];
  let awaited: boolean;
  /** What the ticket's side does when it is told, once each. */
  let upsets: Error[];
  let relay: Delivery;
  beforeAll(async () => {
    db = (await open()).database;
  });
  beforeEach(async () => {
    await db.write(async (tx) => {
      for (const table of ['outbox', 'delivery_try', 'setting']) await tx.run(`DELETE FROM ${table}`);
    });
    now = Date.now();
    log = aLog();
    told = [];
    awaited = true;
    upsets = [];
    receiver.reset();
    relay = aRelay();
  });

  const clock = () => now;
  const secrets = () => makeWebhookSecrets({ db, box, clock });
  // Long enough for a busy machine; short where somebody hangs.
  const aRelay = (timeoutMs = 20_000) =>
    makeWebhooks({
      ...{ db, clock, random: () => 0.5, log, secrets: secrets() },
      outgoing: makeOutgoing({
        hosts: ['erp.test', 'slow.test', 'fast.test'].map((host) => `${host}:${receiver.port}`),
        ...{ timeoutMs, lookup: receiver.lookup },
      }),
      calls: {
        awaits: async () => awaited,
        async answered(one) {
          const upset = upsets.shift();
          if (upset) throw upset;
          told.push(one);
        },
      },
    });
  const url = (host: string) => `http://${host}:${receiver.port}/hook?access_token=canary`;
  const put = async (more: Partial<WebhookCall> = {}): Promise<void> => {
    const call = { ticketId: 42, key: 'erp.1', url: url('erp.test'), event: 'call', body: '{"a":"一"}', retries: null };
    await db.write((tx) => tx.insertAll([outboxPart([webhookRow({ ...call, ...more }, now)])]));
  };
  interface Kept {
    readonly id: number;
    readonly state: string;
    readonly due_at: number | null;
    readonly attempts: number;
    readonly error: string | null;
  }
  const rows = () => db.read((r) => r.rows<Kept>('SELECT * FROM outbox ORDER BY id'));
  const row = async () => (await rows())[0]!;
  const tries = () =>
    db.read((r) => r.rows<{ result: string; platform_code: string }>('SELECT * FROM delivery_try ORDER BY id'));
  /** Until nothing is left to do, however long that takes. */
  const toTheEnd = async () => {
    for (let i = 0; i < 30 && (await rows()).some((one) => one.due_at !== null); i += 1) {
      await relay.drain();
      now += 12 * 3_600_000;
    }
  };
  const signature = ({ headers }: Got) => String(headers['x-paidan-signature']);

  it('is sent as it stands, signed, with its key and event; the answer is told, then the row is settled', async () => {
    receiver.will(answers(201, '{"order":"PO-7"}'));
    await put();
    await relay.drain();
    const [got] = receiver.got;
    expect(got).toMatchObject({ path: '/hook?access_token=canary', body: '{"a":"一"}' });
    expect(got?.headers).toMatchObject({ 'x-paidan-delivery': '42.erp.1', 'x-paidan-event': 'call' });
    expect(signature(got!)).toMatch(new RegExp(`^t=${Math.floor(now / 1000)},v1=[0-9a-f]{64}$`));
    const { id, ...settled } = await row();
    expect(settled).toMatchObject({ state: 'sent', due_at: null });
    const outcome = { ok: true, status: 201, body: { order: 'PO-7' } };
    expect(told).toEqual([{ ticketId: 42, key: 'erp.1', origin: `${id}.1`, outcome }]);
    expect(await tries()).toMatchObject([{ result: 'sent', platform_code: 'HTTP 201' }]);
  });

  const later = (seconds: number) => ({ 'retry-after': String(seconds) });
  const mends: readonly (readonly [what: string, mood: Mood, code: RegExp, waitMs: number])[] = [
    ['429', answers(429), /^HTTP 429$/, 0],
    ['429 with Retry-After', answers(429, '', later(90)), /^HTTP 429$/, 90_000],
    ['429 that wants a week', answers(429, '', later(604_800)), /^HTTP 429$/, 36_000_000],
    ['429 with nonsense', answers(429, '', { 'retry-after': 'soon' }), /^HTTP 429$/, 0],
    ['408', answers(408), /^HTTP 408$/, 0],
    ['500', answers(500), /^HTTP 500$/, 0],
    ['503 with Retry-After', answers(503, '', later(7)), /^HTTP 503$/, 7_000],
    ['a hang', hangs, /^timeout$/, 0],
    ['a reset', resets, /^ECONNRESET$/, 0],
    ['a reset in the middle of the answer', resetsHalfway, /./, 0],
  ];
  it.each(mends.map(([what, mood, code, waitMs]) => ({ what, mood, code, waitMs })))(
    '$what is tried again, under the same key and with a new time, until it works (C1)',
    async ({ mood, code, waitMs }) => {
      if (mood === hangs) relay = aRelay(250);
      receiver.will(mood);
      await put();
      const began = now;
      // The second try comes at once, unless the receiver asks for time: then clocks of the test stand still.
      await relay.drain();
      const once = await row();
      expect(once).toMatchObject({ state: 'waiting', attempts: waitMs > 0 ? 1 : 2 });
      expect(once.error).toMatch(code);
      expect(once.due_at).toBe(began + (waitMs > 0 ? waitMs : RETRY_MS[1]!));
      expect(told).toEqual([]);
      receiver.will(answers(200, '{"ok":1}'));
      now = once.due_at!;
      await relay.drain();
      expect(await row()).toMatchObject({ state: 'sent' });
      expect(told.map(({ outcome }) => outcome)).toEqual([{ ok: true, status: 200, body: { ok: 1 } }]);
      expect(new Set(receiver.got.map(({ headers }) => headers['x-paidan-delivery']))).toEqual(new Set(['42.erp.1']));
      expect(signature(receiver.got.at(-1)!)).not.toBe(signature(receiver.got[0]!));
    },
  );

  it('Retry-After may be a time', async () => {
    const at = new Date(Math.ceil(now / 1000) * 1000 + 60_000);
    receiver.will(answers(503, '', { 'retry-after': at.toUTCString() }));
    await put();
    await relay.drain();
    expect((await row()).due_at).toBe(at.getTime());
  });

  it.each([
    ...[301, 302, 307, 308, 400, 401, 403, 404, 405, 409, 410, 413, 418, 422].map((status) => ({
      ...{ what: `HTTP ${status}`, mood: answers(status, '', { location: 'http://127.0.0.1/' }) },
      ...{ address: 'erp.test', calls: 1 },
    })),
    { what: 'private', mood: answers(200), address: 'intranet.test', calls: 0 },
  ])('$what is final at once: told once, and a dead letter that says what to do', async (given) => {
    receiver.will(given.mood);
    await put({ url: url(given.address) });
    await toTheEnd();
    expect(receiver.got).toHaveLength(given.calls);
    expect(told.map(({ outcome }) => outcome)).toEqual([{ ok: false, reason: given.what }]);
    const [letter] = await makeDeadLetters({ db, clock, wake: relay.wake }).list(10);
    expect(letter).toMatchObject({ kind: 'webhook', ticketId: 42 });
    expect(letter?.error).toMatch(
      new RegExp(`^${given.address}:${receiver.port}: ${given.what}\\. \\p{Script=Han}+.*。 [A-Z].*\\.$`, 'u'),
    );
    expect(JSON.stringify([letter, log.lines])).not.toContain('canary');
  });

  it.each([
    { retries: null, calls: 10 },
    { retries: 20, calls: 10 },
    { retries: 3, calls: 4 },
    { retries: 0, calls: 1 },
  ])('with retries $retries a receiver that stays down is called $calls times; then told once', async (given) => {
    receiver.will(answers(503));
    await put({ retries: given.retries });
    await toTheEnd();
    expect(receiver.got).toHaveLength(given.calls);
    expect(await row()).toMatchObject({ state: 'dead', due_at: null });
    expect(told.map(({ outcome }) => outcome)).toEqual([{ ok: false, reason: 'HTTP 503' }]);
    expect(await tries()).toHaveLength(given.calls);
  });

  const PROTO: unknown = JSON.parse('{"__proto__":{"a":1}}');
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  it.each([
    { what: 'nothing', sent: '', body: '' },
    { what: 'garbage', sent: '{"half":', body: '{"half":' },
    { what: 'a number', sent: '7', body: 7 },
    { what: 'a page', sent: '<html>', body: '<html>' },
    { what: 'a bottomless list', sent: deep, body: deep },
    { what: '10 MB', sent: 'x'.repeat(10_000_000), body: 'x'.repeat(65_536) },
    { what: 'a name of the language itself', sent: '{"__proto__":{"a":1}}', body: PROTO },
  ])('an answer of $what is told as JSON or as text, within 64 KiB (C1)', async ({ sent, body }) => {
    receiver.will(answers(200, sent));
    await put();
    await relay.drain();
    expect(told.map(({ outcome }) => outcome)).toEqual([{ ok: true, status: 200, body }]);
    expect(await row()).toMatchObject({ state: 'sent' });
  });

  it('when the ticket cannot be told, the receiver is not called again, and it is told later under the same key', async () => {
    upsets = [new Error('the database went away')];
    receiver.will(answers(404));
    await put();
    await relay.drain();
    expect(await row()).toMatchObject({ state: 'answered', attempts: 0 });
    expect(told).toEqual([]);
    now += LEASE_MS + 1;
    relay = aRelay();
    await relay.drain();
    expect(receiver.got).toHaveLength(1);
    expect(told).toMatchObject([{ origin: `${(await row()).id}.1`, outcome: { reason: 'HTTP 404' } }]);
    expect(await row()).toMatchObject({ state: 'dead' });
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it.each(['not_now', 'ticket_closed', 'ticket_not_found'] as const)(
    'a ticket that waits no more (%s) is taken as told',
    async (code) => {
      upsets = [new Refused(refuse(code))];
      await put();
      await relay.drain();
      expect(await row()).toMatchObject({ state: 'sent' });
    },
  );

  it('a ticket that waits and cannot go on is told again once that is mended', async () => {
    upsets = [new Refused(refuse('template_faulty'))];
    await put();
    await relay.drain();
    expect(await row()).toMatchObject({ state: 'answered' });
    now += LEASE_MS;
    await relay.drain();
    expect(told).toHaveLength(1);
    expect(await row()).toMatchObject({ state: 'sent' });
  });

  it('a ticket that waits no more makes no call', async () => {
    awaited = false;
    await put();
    await relay.drain();
    expect(receiver.got).toEqual([]);
    expect(await row()).toMatchObject({ state: 'dropped', due_at: null });
  });

  it('a process that sleeps beyond its lease tells nothing; who took over does, once', async () => {
    let waken = () => {};
    const asleep = new Promise<void>((resolve) => (waken = resolve));
    const called = new Promise<void>((resolve) => {
      receiver.will((response) => {
        resolve();
        void asleep.then(() => response.writeHead(500).end());
      });
    });
    await put({ retries: 0 });
    const first = aRelay().drain();
    await called;
    now += LEASE_MS + 1;
    receiver.will(answers(200, '"second"'));
    // The first one may be looking for more just now, and what it looks at is left out.
    await eventually(async () => {
      await relay.drain();
      expect(told).toHaveLength(1);
    });
    waken();
    await first;
    expect(told.map(({ outcome }) => outcome)).toEqual([{ ok: true, status: 200, body: 'second' }]);
    expect(await row()).toMatchObject({ state: 'sent' });
  });

  it('a dead letter sent again is a new call under the same key, told under another origin', async () => {
    receiver.will(answers(404));
    await put();
    await relay.drain();
    receiver.will(answers(200, '"found"'));
    const { id } = await row();
    await makeDeadLetters({ db, clock, wake: () => undefined }).resend(id);
    await relay.drain();
    expect(receiver.got.map(({ headers }) => headers['x-paidan-delivery'])).toEqual(['42.erp.1', '42.erp.1']);
    expect(told.map(({ outcome }) => outcome.ok)).toEqual([false, true]);
    expect(new Set(told.map(({ origin }) => origin)).size).toBe(2);
    expect(await row()).toMatchObject({ state: 'sent' });
  });

  it('a host that hangs takes four places: others are called, and messages go out meanwhile', async () => {
    receiver.will(hangs, 'slow.test');
    for (let i = 0; i < 20; i += 1) await put({ key: `slow.${i}`, url: url('slow.test'), retries: 0 });
    for (let i = 0; i < 20; i += 1) await put({ key: `fast.${i}`, url: url('fast.test') });
    const queue = makeQueue({ db, clock, random: () => 0.5, log });
    const messages = makeDelivery({
      ...{ queue, log, width: 1 },
      senders: { draft: async (one) => void (await queue.settle(one, 'sent', [])) },
    });
    await db.write((tx) => tx.insertAll([outboxPart([draftRow(1, 1, now)])]));
    const calls = aRelay();
    const both = sideBySide(calls, messages);
    both.wake();
    await eventually(async () => expect((await rows()).filter(({ state }) => state === 'sent')).toHaveLength(21));
    expect(receiver.got.filter(({ host }) => host === 'slow.test')).toHaveLength(4);
    expect(told).toHaveLength(20);
    receiver.hangUp();
    await both.stop(5_000);
  });

  it('a host that comes back gets everything, never more than four at once', async () => {
    // Answers four together: fewer at once would wait for ever.
    const held: ServerResponse[] = [];
    receiver.will((response) => {
      if (held.push(response) === 4) for (const one of held.splice(0)) one.end('{}');
    });
    for (let i = 0; i < 28; i += 1) await put({ key: `erp.${i}` });
    await aRelay().drain();
    expect(told).toHaveLength(28);
    expect(receiver.mostAtOnce()).toBe(4);
  });

  it('with a third of all tries failing in some way, every ticket is told once that its call arrived (C1, mixed)', async () => {
    const faults: readonly [Mood, ...Mood[]] = [
      answers(429),
      answers(429, '', later(30)),
      answers(500),
      answers(503),
      resets,
      resetsHalfway,
    ];
    const chance = makeChance(20_261_130);
    const failed: string[] = [];
    receiver.will((response, got) => {
      const fault = chance.yes(0.3) ? chance.pick(faults) : null;
      if (fault) failed.push(String(got.headers['x-paidan-delivery']));
      (fault ?? answers(200, '"ok"'))(response, got);
    });
    const keys = Array.from({ length: 150 }, (_, i) => `erp.${i}`);
    for (const key of keys) await put({ key });
    await toTheEnd();
    expect(told.map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(told.every(({ outcome }) => outcome.ok)).toBe(true);
    expect(failed.length).toBeGreaterThan(30);
    // Not one call more than its failures and the one that worked.
    expect(receiver.got).toHaveLength(keys.length + failed.length);
  });

  it('each host has its secret; a new one is in force at once, the old one signs along for a day', async () => {
    const kept = secrets();
    const [before] = await kept.of('erp.test:1');
    expect(before).toMatch(/^whsec_[0-9a-f]{64}$/);
    expect(await kept.of('erp.test:2')).not.toContain(before);
    const after = await kept.rotate('erp.test:1');
    expect(await kept.of('erp.test:1')).toEqual([after, before]);
    now += 24 * 3_600_000;
    expect(await kept.of('erp.test:1')).toEqual([after]);
    const third = await kept.rotate('erp.test:1');
    expect(await kept.of('erp.test:1')).toEqual([third, after]);
  });
});
