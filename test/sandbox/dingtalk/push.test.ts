/** The platform's calls over HTTP. Proves reference/dingtalk.md, 2.2–2.7, 3, 6.5–6.7 and 11.1, and section 12 "Event push" and "Robot push". */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decrypt, encrypt } from '../../../src/sandbox/sealed.ts';
import { signCard, signEvent, signRobot } from '../../../src/sandbox/dingtalk/crypto.ts';
import type { Tamper } from '../../../src/sandbox/dingtalk/push.ts';
import { anApp, aPlatform, seal, unseal, until, type App, type Json, type Platform } from './pushBench.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../../reference/dingtalk/${name}.json`, import.meta.url), 'utf8')) as T;
type EventVector = Record<
  'token' | 'aesKey' | 'ownerKey' | 'timestamp' | 'nonce' | 'random16' | 'plaintext' | 'encrypt' | 'signature',
  string
>;
const vectors = read<{
  eventCallback: EventVector[];
  robotHttpCallback: { appSecret: string; timestamp: string; sign: string };
  cardHttpCallback: { apiSecret: string; timestamp: string; signature: string };
}>('crypto-vectors');
const bodies = read<Record<string, { http?: Json; streamData?: Json } & Json>>('event-bodies');

describe("the platform's signatures and cipher", () => {
  it.each(vectors.eventCallback)('read and write $plaintext', (vector) => {
    expect(signEvent(vector.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.signature);
    const { message, receiver: owner, random } = decrypt(vector.aesKey, vector.encrypt);
    expect([message, owner, random.toString()]).toEqual([vector.plaintext, vector.ownerKey, vector.random16]);
    expect(encrypt(vector.aesKey, owner, message, random)).toBe(vector.encrypt);
  });

  it('fit the vectors of robot and card', () => {
    const { robotHttpCallback: robot, cardHttpCallback: card } = vectors;
    expect(vectors.eventCallback).toHaveLength(5);
    expect(signRobot(robot.appSecret, robot.timestamp)).toBe(robot.sign);
    expect(signCard(card.apiSecret, card.timestamp)).toBe(card.signature);
  });

  it('refuse another key and a cut text', () => {
    const [a, b] = vectors.eventCallback as [EventVector, EventVector];
    expect(() => decrypt(b.aesKey, a.encrypt)).toThrow();
    expect(() => decrypt(a.aesKey, b.encrypt.slice(0, 40))).toThrow();
  });
});

let platform: Platform;
let app: App;
beforeEach(async () => {
  app = await anApp();
  platform = await aPlatform({ robotUrl: app.url, eventUrl: app.url }, { retryScale: 0.005 });
  app.answers = [() => ({ body: JSON.stringify(seal(platform.account)) })];
});
afterEach(async () => {
  await platform.close();
  await app.close();
});

describe('saving the console', () => {
  const settings = () => ({
    transport: 'http' as const,
    robotUrl: null,
    eventUrl: app.url,
    ownerKey: 'corpId' as const,
  });

  it('asks the event address with check_url, and keeps what answered', async () => {
    expect(await platform.push.configure(settings())).toEqual({ ok: true });
    const [probe] = app.heard;
    expect(unseal(platform.account, probe!)).toEqual({
      event: bodies['check_url']?.http,
      owner: platform.account.corpId,
    });
    const { query } = probe!;
    const sealed = (JSON.parse(probe!.body) as { encrypt: string }).encrypt;
    const expected = signEvent(platform.account.token, query.get('timestamp')!, query.get('nonce')!, sealed);
    expect([query.get('signature'), query.get('msg_signature')]).toEqual([expected, expected]);
    expect(platform.push.settings()).toEqual(settings());
  });

  it('has nothing to ask for Stream', async () => {
    expect(await platform.push.configure({ ...settings(), transport: 'stream' })).toEqual({ ok: true });
    expect(app.heard).toHaveLength(0);
  });

  const wrong: [string, (good: Json) => { status?: number; body: string }, string][] = [
    ['plain success', () => ({ body: 'success' }), '71009'],
    ['plain success as JSON', () => ({ body: '"success"' }), '71009'],
    ['an error', (good) => ({ status: 500, body: JSON.stringify(good) }), '71012'],
    [
      'timestamp without its capital',
      ({ timeStamp, ...good }) => ({ body: JSON.stringify({ ...good, timestamp: timeStamp }) }),
      '71009',
    ],
    ['another signature', (good) => ({ body: JSON.stringify({ ...good, msg_signature: 'a'.repeat(40) }) }), '71009'],
    ['another word', () => ({ body: JSON.stringify(seal(platform.account, 'sucess')) }), '71009'],
    ['another owner', () => ({ body: JSON.stringify(seal(platform.account, 'success', 'x')) }), '71009'],
    ['another key', () => ({ body: JSON.stringify(seal({ ...platform.account, aesKey: 'a'.repeat(43) })) }), '71009'],
  ];
  it.each(wrong)('refuses %s', async (_, answer, code) => {
    app.answers = [() => answer(seal(platform.account))];
    const before = platform.push.settings();
    const { ok, problem } = await platform.push.configure(settings());
    expect([ok, problem?.slice(0, 5)]).toEqual([false, code]);
    expect(platform.push.settings()).toBe(before);
  });

  it('refuses an address where nobody is, and one that is none', async () => {
    await app.close();
    expect((await platform.push.configure(settings())).problem).toMatch(/^71012/);
    expect((await platform.push.configure({ ...settings(), eventUrl: 'here' })).problem).toMatch(/^71012/);
  });
});

describe('an event over HTTP', () => {
  const known = Object.entries(bodies).filter(([, body]) => body.http && body.streamData);
  it.each(known)('%s looks as the reference shows it', async (type, { http, streamData }) => {
    expect(await platform.push.event(type, streamData!)).toMatchObject({ delivered: true, status: 200, attempts: 1 });
    const { event, owner } = unseal(platform.account, app.heard[0]!);
    const at = platform.time.now;
    const corp = { CorpId: platform.account.corpId, EventTime: at, BizId: String(at) };
    expect(event).toEqual({ ...http, ...diffOf(streamData!), ...corp, eventId: event['eventId'] });
    expect(owner).toBe(platform.account.clientId);
  });
  // The reference's two samples of one event differ in how much diffInfo they show.
  const diffOf = ({ diffInfo }: Json) => (diffInfo === undefined ? {} : { diffInfo });

  it('is sent again after 10 s and 30 s, sealed anew, as the same event', async () => {
    platform.push.timing.retryScale = 0.01;
    const good = app.answers[0]!;
    app.answers = [() => ({ status: 502, body: '' }), () => ({ body: 'success' }), good];
    const pushed = await platform.push.event('user_add_org', { userId: ['a'] });
    expect(pushed).toMatchObject({ delivered: true, attempts: 3 });
    const [first, second, third] = app.heard;
    expect(new Set(app.heard.map((one) => unseal(platform.account, one).event['eventId'])).size).toBe(1);
    expect(new Set(app.heard.map((one) => one.body)).size).toBe(3);
    expect(new Set(app.heard.map((one) => one.query.get('nonce'))).size).toBe(3);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(99);
    expect(third!.at - second!.at).toBeGreaterThanOrEqual(299);
    expect(platform.push.failed()).toEqual([]);
  });

  it('is given up after the third, and then is on the failed list', async () => {
    app.answers = [() => ({ status: 500, body: '' })];
    const pushed = await platform.push.event('user_add_org', { userId: ['user010'], timeStamp: '1' });
    expect(pushed).toMatchObject({ delivered: false, status: 500, attempts: 3 });
    const [item] = (bodies['failedListResponse'] as { failed_list: Json[] }).failed_list;
    expect(platform.push.failed()).toEqual([
      {
        ...item,
        event_time: platform.time.now,
        user_add_org: { corpid: platform.account.corpId, userid: ['user010'] },
      },
    ]);
  });

  it('counts as unanswered after 2.5 s', async () => {
    const good = app.answers[0]!;
    app.answers = [
      (heard) => ({ ...good(heard), delayMs: 2300 }),
      (heard) => ({ ...good(heard), delayMs: 2700 }),
      good,
    ];
    expect(await platform.push.event('a', {})).toMatchObject({ delivered: true, attempts: 1 });
    expect(await platform.push.event('b', {})).toMatchObject({ delivered: true, attempts: 2 });
  });

  it('goes nowhere without an address', async () => {
    await platform.push.configure({ ...platform.push.settings(), eventUrl: null });
    expect(await platform.push.event('a', {})).toMatchObject({ delivered: false, attempts: 0 });
    expect(platform.push.failed()).toEqual([]);
  });

  it('ends with the sandbox, however long its wait', async () => {
    platform.push.timing.retryScale = 1;
    app.answers = [() => ({ status: 500, body: '' })];
    const pushed = platform.push.event('a', {});
    await until(() => app.heard.length === 1);
    await sleep(100); // Now it waits for its second try.
    platform.push.close();
    expect(await pushed).toMatchObject({ delivered: false, attempts: 1 });
  });
});

/** Written out here once more, so that a slip in the sandbox's own does not prove itself. */
const robotSign = (secret: string, timestamp: string) =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');

describe('a robot message over HTTP', () => {
  const message = { msgtype: 'text', text: { content: ' 打印机坏了' }, msgId: 'm1', robotCode: 'r' };

  it('is signed in its headers, plain in its body, and may be answered at once', async () => {
    const reply = { msgtype: 'text', text: { content: '好的' } };
    app.answers = [() => ({ body: JSON.stringify(reply) })];
    expect(await platform.push.robot(message)).toMatchObject({ delivered: true, status: 200, attempts: 1, reply });
    const [{ headers, body }] = app.heard as [App['heard'][0]];
    expect(JSON.parse(body)).toEqual(message);
    expect(headers['timestamp']).toBe(String(platform.time.now));
    expect(headers['sign']).toBe(robotSign(platform.account.clientSecret, String(platform.time.now)));
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('is not sent again, and not waited for beyond 2.5 s', async () => {
    app.answers = [() => ({ status: 500, body: '{}' }), () => ({ body: '{}', delayMs: 2700 })];
    expect(await platform.push.robot(message)).toMatchObject({ delivered: false, status: 500, attempts: 1 });
    // A collection of garbage in between once made Node forget the deadline.
    setTimeout(collectGarbage, 500);
    expect(await platform.push.robot(message)).toMatchObject({ delivered: false, status: 0, attempts: 1 });
    expect(app.heard).toHaveLength(2);
  });

  it('is repeated on order, one after the other or at once', async () => {
    let [together, most] = [0, 0];
    app.answers = [
      () => {
        most = Math.max(most, ++together);
        setTimeout(() => (together -= 1), 100);
        return { body: '{}', delayMs: 100 };
      },
    ];
    const one = await platform.push.robot(message, { repeat: 2 });
    expect([one.repeats?.length, most]).toEqual([2, 1]);
    await platform.push.robot(message, { repeat: 4, concurrent: true });
    expect([app.heard.length, most]).toEqual([6, 4]);
  });
});

describe('a card action over HTTP', () => {
  const action = { type: 'actionCallback', outTrackId: 'T-1', corpId: 'c', userId: 'u', content: '{}' };

  it('is signed with the secret that was registered, or not at all', async () => {
    const reply = { userPrivateData: { cardParamMap: { done: 'true' } } };
    app.answers = [() => ({ body: JSON.stringify(reply) })];
    const to = { type: 'HTTP' as const, url: app.url, apiSecret: 'apisecret' };
    expect(await platform.push.card(to, action)).toMatchObject({ delivered: true, reply });
    await platform.push.card({ ...to, apiSecret: null }, action);
    const [signed, bare] = app.heard as [App['heard'][0], App['heard'][0]];
    const timestamp = String(platform.time.now);
    expect(signed.headers['x-ddpaas-signature-timestamp']).toBe(timestamp);
    expect(signed.headers['x-ddpaas-signature']).toBe(
      createHmac('sha256', 'apisecret').update(timestamp).digest('base64'),
    );
    expect(bare.headers['x-ddpaas-signature']).toBeUndefined();
    expect(JSON.parse(bare.body)).toEqual(action);
  });

  it('is not delivered when the answer takes more than 2 s', async () => {
    app.answers = [() => ({ body: '{}', delayMs: 1800 }), () => ({ body: '{}', delayMs: 2200 })];
    const to = { type: 'HTTP' as const, url: app.url, apiSecret: null };
    expect(await platform.push.card(to, action)).toMatchObject({ delivered: true, reply: {} });
    expect(await platform.push.card(to, action)).toMatchObject({ delivered: false, status: 0 });
  });
});

describe('spoiled', () => {
  const robot = async (tamper: Tamper) => {
    await platform.push.robot({ robotCode: platform.account.robotCode, text: 'x'.repeat(99) }, { tamper });
    const [{ headers, body }] = app.heard as [App['heard'][0]];
    const timestamp = String(headers['timestamp']);
    return {
      signed: headers['sign'] === robotSign(platform.account.clientSecret, timestamp),
      old: platform.time.now - Number(timestamp) > 3_600_000,
      readable: body.endsWith('}'),
      ours: body.includes(`"${platform.account.robotCode}"`),
    };
  };
  const good = { signed: true, old: false, readable: true, ours: true };
  const spoils: [Tamper, Partial<typeof good>][] = [
    ['signature', { signed: false }],
    ['key', { signed: false }],
    ['timestamp', { old: true }],
    ['truncated', { readable: false }],
    ['receiver', { ours: false }],
  ];
  it.each(spoils)('by %s a robot message has only that wrong', async (tamper, wrong) => {
    expect(await robot(tamper)).toEqual({ ...good, ...wrong });
  });

  const event = async (tamper: Tamper) => {
    await platform.push.event('user_add_org', { userId: ['a'] }, { tamper });
    const { query, body } = app.heard[0]!;
    const timestamp = query.get('timestamp')!;
    const sealed = body.endsWith('}') ? (JSON.parse(body) as { encrypt: string }).encrypt : '';
    const { token, aesKey, clientId } = platform.account;
    let owner: string | null = null;
    try {
      owner = decrypt(aesKey, sealed).receiver;
    } catch {
      // That is what some of them are for.
    }
    return {
      signed: query.get('signature') === signEvent(token, timestamp, query.get('nonce')!, sealed),
      old: platform.time.now - Number(timestamp) > 3_600_000,
      opened: owner !== null,
      ours: owner === clientId,
    };
  };
  const fine = { signed: true, old: false, opened: true, ours: true };
  const ruins: [Tamper, Partial<typeof fine>][] = [
    ['signature', { signed: false }],
    ['timestamp', { old: true }],
    ['truncated', { signed: false, opened: false, ours: false }],
    ['receiver', { ours: false }],
    ['key', { signed: false, opened: false, ours: false }],
  ];
  it.each(ruins)('by %s an event has only that wrong', async (tamper, wrong) => {
    expect(await event(tamper)).toEqual({ ...fine, ...wrong });
  });

  it('a card has another signature', async () => {
    const to = { type: 'HTTP' as const, url: app.url, apiSecret: 's' };
    for (const tamper of ['signature', 'key', 'timestamp'] as const) await platform.push.card(to, {}, { tamper });
    const right = app.heard.map(({ headers }) => {
      const timestamp = String(headers['x-ddpaas-signature-timestamp']);
      return headers['x-ddpaas-signature'] === createHmac('sha256', 's').update(timestamp).digest('base64');
    });
    expect(right).toEqual([false, false, true]);
    expect(app.heard[2]!.headers['x-ddpaas-signature-timestamp']).not.toBe(String(platform.time.now));
  });
});
