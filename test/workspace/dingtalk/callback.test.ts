/** The three doors over HTTP: what is forged stays outside, what is genuine is heard once and answered in its own form. */
import { describe, expect, it, jest } from '@jest/globals';
import type { Card } from '../../../src/card/card.ts';
import { refuse, Refused } from '../../../src/lib/refusal.ts';
import { makeEnvelope } from '../../../src/workspace/dingtalk/crypto.ts';
import { aBell, APP, cardPost, eventPost, NOW, robotPost } from '../support/dingtalkCalls.ts';
import { reference } from '../support/reference.ts';

const HOUR = 3_600_000;
const { groupText, singleText } = reference<Record<string, Record<string, unknown>>>('dingtalk/robot-messages.json');
const PRESS = {
  type: 'actionCallback',
  outTrackId: 'hq-c12-1',
  corpId: APP.corpId,
  userId: 'user001',
  spaceType: 'IM_ROBOT',
  spaceId: 'user001',
  content: JSON.stringify({ cardPrivateData: { actionIds: ['b1'], params: { key: 't.accept.7.1.3' } } }),
};
const LEFT = { EventType: 'user_leave_org', EventTime: NOW, CorpId: APP.corpId, eventId: 'e1', userId: ['u-张三'] };
const late = new Refused(refuse('replayed'));

/** Status, and how many were let in; a refusal is one line of the log. */
async function at(bell: ReturnType<typeof aBell>, request: Parameters<ReturnType<typeof aBell>['call']>[0]) {
  const { status, body } = await bell.call(request);
  if (status !== 200) expect(body).toBe('');
  expect(bell.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(status === 200 ? 0 : 1);
  return { status, heard: bell.seen.length };
}

describe('what is forged is refused with 403, one line of the log, and nobody hears it', () => {
  const tampered = (request: ReturnType<typeof robotPost>, change: Record<string, string>) => ({
    ...request,
    headers: { ...request.headers, ...change },
  });
  it.each([
    ['a robot message signed with another secret', robotPost(singleText, NOW, 'guess')],
    ['a robot message without a signature', tampered(robotPost(singleText), { sign: '' })],
    ['a robot message with another timestamp', tampered(robotPost(singleText), { timestamp: String(NOW + 1) })],
    ['a robot message without a timestamp', tampered(robotPost(singleText), { timestamp: '' })],
    ['a robot message with words for a timestamp', tampered(robotPost(singleText), { timestamp: 'now' })],
    ["another robot's message", robotPost({ ...singleText, robotCode: 'other' })],
    ["another organisation's robot message", robotPost({ ...singleText, chatbotCorpId: 'other' })],
    ['a click signed with another secret', cardPost(PRESS, NOW, 'guess')],
    ["a click signed with the app's own secret", cardPost(PRESS, NOW, APP.clientSecret)],
    ['a click without a signature', { ...cardPost(PRESS), headers: {} }],
    ["another organisation's click", cardPost({ ...PRESS, corpId: 'other' })],
    ['an event signed with another token', eventPost(LEFT, { token: 'guess' })],
    ['an event encrypted with another key', eventPost(LEFT, { aesKey: [...APP.aesKey].reverse().join('') })],
    ['an event for another app', eventPost(LEFT, { owner: 'other' })],
    ['an event without a time', eventPost(LEFT, { at: 'x' })],
    ["another organisation's event", eventPost({ ...LEFT, CorpId: 'other' })],
  ])('%s', async (_name, request) => {
    expect(await at(aBell(), request)).toEqual({ status: 403, heard: 0 });
  });

  it('says nothing of secrets in its log', async () => {
    const bell = aBell();
    await bell.call(robotPost(singleText, NOW, 'guess'));
    await bell.call(eventPost(LEFT, { token: 'guess' }));
    for (const secret of [APP.clientSecret, APP.token, APP.aesKey])
      expect(JSON.stringify(bell.log.lines)).not.toContain(secret);
  });
});

describe('what makes no sense is refused', () => {
  it.each([
    [404, { ...robotPost(singleText), path: '' }],
    [404, { ...robotPost(singleText), path: '/constructor' }],
    [405, { ...robotPost(singleText), method: 'GET' }],
    [413, { ...robotPost(singleText), body: Buffer.alloc(1024 * 1024 + 1) }],
    [400, robotPost('{"msgId"')],
    [400, robotPost('[]')],
    [400, robotPost({ msgtype: 'text' })],
    [400, cardPost('null')],
    [400, cardPost({ outTrackId: 'x' })],
    [400, { ...eventPost(LEFT), body: Buffer.from('{}') }],
    [400, { ...eventPost(LEFT), body: Buffer.from('{"encrypt":"§"}') }],
    [400, eventPost('not JSON')],
    [400, eventPost({})],
  ])('with %s', async (status, request) => {
    expect(await at(aBell(), request)).toEqual({ status, heard: 0 });
  });

  it('has no door for events where they come by Stream', async () => {
    expect(await at(aBell({}, { transport: 'stream' }), eventPost(LEFT))).toEqual({ status: 404, heard: 0 });
  });
});

describe('age is judged by the receiver', () => {
  const old = [
    ['a robot message', (age: number) => robotPost(singleText, NOW - age), HOUR],
    ['a click', (age: number) => cardPost(PRESS, NOW - age), HOUR],
    ['an event', (age: number) => eventPost(LEFT, { at: NOW - age }), HOUR / 12],
  ] as const;
  it.each(old)('%s is stale when it is too old, or of the future', async (_name, request, window) => {
    for (const [age, stale] of [
      [window, false],
      [-window, false],
      [window + 1, true],
      [-window - 1, true],
    ] as const) {
      const bell = aBell();
      expect((await bell.call(request(age))).status).toBe(200);
      expect(bell.seen).toMatchObject([{ stale }]);
    }
  });

  it.each(old)('%s that is stale and unknown is refused; any other failure goes on', async (_name, request, window) => {
    expect(await at(aBell(late), request(window + 1))).toEqual({ status: 403, heard: 1 });
    await expect(aBell(late).call(request(0))).rejects.toBe(late);
    const broken = new Error('the database is away');
    await expect(aBell(broken).call(request(window + 1))).rejects.toBe(broken);
  });
});

describe('an event', () => {
  const opened = (body: string) => {
    const {
      msg_signature: signature,
      timeStamp: timestamp,
      nonce,
      encrypt,
    } = JSON.parse(body) as Record<string, string>;
    const envelope = makeEnvelope({ ...APP, owners: [APP.clientId, APP.corpId] });
    const given = {
      signature: signature ?? '',
      timestamp: timestamp ?? '',
      nonce: nonce ?? '',
      encrypted: encrypt ?? '',
    };
    return { isGenuine: envelope.isGenuine(given), ...envelope.open(encrypt ?? '') };
  };

  it.each([APP.clientId, APP.corpId])('is answered by an encrypted success for %s', async (owner) => {
    const bell = aBell();
    const { status, body } = await bell.call(eventPost(LEFT, { owner }));
    expect(status).toBe(200);
    expect(opened(body)).toEqual({ isGenuine: true, message: 'success', owner });
    expect(bell.seen).toMatchObject([{ what: { type: 'directory' }, key: 'e1', account: '', at: NOW }]);
  });

  it('that only probes the address is answered and not heard', async () => {
    const bell = aBell(new Error('nobody asked me'));
    const { body } = await bell.call(eventPost({ EventType: 'check_url' }));
    expect(opened(body).message).toBe('success');
    expect(bell.seen).toEqual([]);
  });

  it('may name its signature either way, and its time in seconds', async () => {
    for (const name of ['signature', 'msg_signature']) {
      const request = eventPost(LEFT, { at: NOW / 1000 });
      const { [name]: signature = '', timestamp = '', nonce = '' } = request.query;
      const bell = aBell();
      await bell.call({ ...request, query: { [name]: signature, timestamp, nonce } });
      expect(bell.seen).toMatchObject([{ stale: false }]);
    }
  });

  it('of the contacts is free; others are taken from the month, as are messages and clicks', async () => {
    const bell = aBell();
    await bell.call(eventPost(LEFT));
    expect(bell.counted).toEqual([]);
    await bell.call(eventPost({ ...LEFT, EventType: 'todo_task_update' }));
    await bell.call(robotPost(singleText));
    await bell.call(cardPost(PRESS));
    expect(bell.counted).toEqual(['pushes', 'pushes', 'pushes']);
  });
});

describe('the answer', () => {
  it('to a robot message is a text, a card with a link, or nothing, and markup in it is none', async () => {
    const bodyOf = async (answer: object) =>
      JSON.parse((await aBell(answer).call(robotPost(groupText))).body) as unknown;
    expect(await bodyOf({})).toEqual({ msgtype: 'empty' });
    expect(await bodyOf({ text: '[好](http://x)' })).toEqual({ msgtype: 'text', text: { content: '[好](http://x)' } });
    expect(await bodyOf({ text: '# [好](http://x)\n请补充', link: { text: '打开', url: '/m/new' } })).toEqual({
      msgtype: 'actionCard',
      actionCard: {
        title: '# [好](http://x)',
        text: '＃ ［好］(http://x)  \n  请补充',
        singleTitle: '打开',
        singleURL: 'https://paidan.example.com/auth/hq/start?to=%2Fm%2Fnew',
      },
    });
  });

  it('to a click is the whole look by key, for whoever clicked, and tells when it left', async () => {
    const card: Card = {
      ...{
        kind: 'task',
        source: '',
        title: '打印机卡纸',
        subtitle: '',
        emphasis: '处理中',
        body: '',
        facts: [],
        quote: null,
      },
      ...{ inputs: [], buttons: [], menu: [], url: '/m/t/7', over: '已由李四受理', notice: null },
    };
    const left = jest.fn();
    const reply = await aBell({ card, left }).call(cardPost(PRESS));
    expect(JSON.parse(reply.body)).toMatchObject({
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      userPrivateData: { cardParamMap: { title: '打印机卡纸', b1_text: '', form: '' } },
    });
    expect(left).not.toHaveBeenCalled();
    reply.left?.();
    expect(left).toHaveBeenCalledTimes(1);
    expect(JSON.parse((await aBell().call(cardPost(PRESS))).body)).toEqual({});
  });
});
