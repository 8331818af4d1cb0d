/** What comes in, in the words of the port: all samples of the reference, and what is odd. Reference: 2.6, 3.1 and 6.6. */
import { describe, expect, it } from '@jest/globals';
import { readCardAction } from '../../../src/workspace/dingtalk/cardAction.ts';
import { looseIn } from '../../../src/workspace/dingtalk/loose.ts';
import { metaIn, readEvent } from '../../../src/workspace/dingtalk/platformEvent.ts';
import { readRobotMessage } from '../../../src/workspace/dingtalk/robotMessage.ts';
import type { Arrived, Read } from '../../../src/workspace/dingtalk/told.ts';
import { aBell, APP, cardPost, NOW, optionsOf, robotPost } from '../support/dingtalkCalls.ts';
import { reference } from '../support/reference.ts';

const arrived: Arrived = { workspace: 'hq', ...APP, transport: 'http', stale: false, at: NOW };
const messages = reference<Record<string, Record<string, unknown>>>('dingtalk/robot-messages.json');
const ours = (address: string) => address.startsWith('https://oapi.dingtalk.com/');
const eventIn = (read: Read) => {
  if ('problem' in read) throw new Error(read.problem);
  return read.event;
};
const said = (body: unknown) => eventIn(readRobotMessage(body, arrived, ours));
const until = expect.any(Number) as unknown;

describe('a robot message', () => {
  it.each([
    ['singleText', { type: 'text', text: 'hello' }],
    ['groupText', { type: 'text', text: 'printer is broken' }],
    ['singlePicture', { type: 'media', media: { kind: 'image', id: 'dlcode-pic-0001', name: null, until } }],
    [
      'singleRichText',
      { type: 'text', text: 'see screenshot', media: [{ kind: 'image', id: 'dlcode-rt-0001', name: null, until }] },
    ],
    ['singleAudio', { type: 'media', media: { kind: 'voice', id: 'dlcode-aud-0001', name: null, until } }],
    ['singleVideo', { type: 'media', media: { kind: 'video', id: 'dlcode-vid-0001', name: null, until } }],
    ['singleFile', { type: 'media', media: { kind: 'file', id: 'dlcode-file-0001', name: 'log.zip', until } }],
    ['quotaExhausted', { type: 'other', name: 'quota used up' }],
  ])('%s', (name, what) => {
    expect(said(messages[name])).toMatchObject({
      account: 'user002',
      at: NOW,
      takes: { text: true, card: false },
      what,
    });
  });

  it('says where it was said, and where that can be answered', () => {
    expect(said(messages['groupText'])).toMatchObject({ chat: 'group:cidFAKEgroup0001==' });
    expect(said(messages['singleText'])).toMatchObject({
      chat: 'user002',
      key: 'msgFAKE-text==',
      reply: { address: expect.stringContaining('session=fakesession0001'), until: 1700005400000 },
    });
    const elsewhere = {
      ...messages['singleText'],
      sessionWebhook: 'https://evil.example/robot/sendBySession?session=1',
    };
    expect(said(elsewhere).reply).toBeNull();
    expect(said({ ...messages['singleText'], sessionWebhookExpiredTime: undefined }).reply).toBeNull();
  });

  it('of somebody without a staff id, or of another organisation, is nobody’s', () => {
    expect(said(messages['unknownSender']).account).toBe('');
    expect(said({ ...messages['singleText'], senderCorpId: 'other' }).account).toBe('');
  });

  it('reads text for numbers, other spellings, and nothing where something should be', () => {
    expect(said({ ...messages['singleText'], createAt: String(NOW + 5) }).at).toBe(NOW + 5);
    expect(said({ ...messages['singleText'], createAt: 'soon' }).at).toBe(NOW);
    const bare = { ...messages['quotaExhausted'], errorCode: undefined, errCode: 20001 };
    expect(said(bare).what).toEqual({ type: 'other', name: 'quota used up' });
    for (const odd of [
      { text: null },
      { text: 'x' },
      { msgtype: 'location' },
      { msgtype: 7 },
      { msgtype: 'picture', content: {} },
    ])
      expect(said({ ...messages['singleText'], ...odd }).what.type).toBe('other');
    for (const richText of [undefined, 'x', [], [null, 7, {}]])
      expect(said({ ...messages['singleText'], msgtype: 'richText', content: { richText } }).what.type).toBe('other');
    const two = [{ downloadCode: 'a' }, { pictureDownloadCode: 'b' }];
    expect(said({ ...messages['singleText'], msgtype: 'richText', content: { richText: two } }).what).toMatchObject({
      ...{ type: 'text', text: '', media: [{ id: 'a' }, { id: 'b' }] },
    });
    expect(said({ ...messages['singleText'], msgId: 'x'.repeat(500) }).key.length).toBeLessThanOrEqual(128);
  });

  it('is answered only at the platform’s own address: over HTTP the body is not signed', async () => {
    const bell = aBell();
    const { origin } = new URL(optionsOf().oapiBase);
    const until = NOW + 3_600_000;
    const ours = `${origin}/robot/sendBySession?session=1`;
    const strange = ['https://evil.example', `https://${new URL(origin).host}.evil.example`, 'http://127.0.0.1:80'].map(
      (host) => `${host}/robot/sendBySession?session=1`,
    );
    const odd = [`${origin}/topapi/message/send`, ours.replace('://', '://x@'), 'sendBySession', ''];
    for (const [n, sessionWebhook] of [ours, ...strange, ...odd].entries())
      await bell.call(
        robotPost({ ...messages['singleText'], msgId: `m${n}`, sessionWebhook, sessionWebhookExpiredTime: until }),
      );
    expect(bell.seen.map(({ reply }) => reply)).toEqual([{ address: ours, until }, ...Array<null>(7).fill(null)]);
  });

  it('without content, because the month is used up, is a warning and no failure', async () => {
    const bell = aBell();
    expect((await bell.call(robotPost(messages['quotaExhausted']))).status).toBe(200);
    expect(bell.log.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('used up') }]);
  });
});

describe('a click', () => {
  const payloads = reference<Record<string, Record<string, unknown>>>('dingtalk/card-payloads.json');
  const pressed = (change: object, at = NOW) =>
    eventIn(
      readCardAction({ ...payloads['buttonCallback'], ...change }, { ...arrived, at }, (id) => id.replace('hq-', '')),
    );
  const params = (value: unknown) => JSON.stringify({ cardPrivateData: { actionIds: ['b1'], params: value } });
  const content = params({ key: 't.accept.7.1.3' });

  it('brings our card and key, whichever way it is written', () => {
    const beside = JSON.stringify({ cardPrivateData: { actionIds: ['b1'] }, params: { key: 't.accept.7.1.3' } });
    const what = { type: 'click', card: 'c1-1', key: 't.accept.7.1.3', picked: {}, code: null };
    for (const change of [
      { content },
      { content: undefined, value: content },
      { content: beside },
      { content: undefined, value: beside },
    ])
      expect(pressed({ outTrackId: 'hq-c1-1', ...change }).what).toEqual(what);
  });

  it('in a group says so, and takes a card and no text', () => {
    expect(pressed({ content })).toMatchObject({
      chat: 'group:cidFAKEgroup0001==',
      account: 'user001',
      takes: { text: false, card: true },
    });
    expect(pressed({ content, spaceType: 'IM_ROBOT', spaceId: 'user001' }).chat).toBe('user001');
  });

  it('brings what was filled in, all as text', () => {
    const form = {
      _key: 'd.submit.9',
      title: 'No network',
      urgency: { index: 1, value: 'high' },
      parts: { index: [0, 1], value: ['ink', 'paper'] },
      count: 3,
      again: true,
    };
    expect(pressed({ content: params({ form }) }).what).toMatchObject({
      ...{ type: 'click', key: 'd.submit.9' },
      picked: { title: ['No network'], urgency: ['high'], parts: ['ink', 'paper'], count: ['3'], again: ['true'] },
    });
  });

  it('with values that are missing or of the wrong kind is heard as nothing of interest, never a failure', async () => {
    for (const odd of [
      undefined,
      '',
      'x',
      '{}',
      '[]',
      'null',
      params(null),
      params({ key: {} }),
      params({ form: 7 }),
      params({ form: {} }),
    ]) {
      expect(pressed({ content: odd }).what.type).toBe('other');
      const bell = aBell();
      const { status } = await bell.call(cardPost({ ...payloads['buttonCallback'], content: odd }));
      expect([status, bell.seen[0]?.what.type]).toEqual([200, 'other']);
    }
    const strange = pressed({
      content: params({ form: { _key: 'd.submit.9', what: { deep: { er: 1 } }, when: null, __proto__: 'x' } }),
    });
    expect(strange.what).toMatchObject({ type: 'click', key: 'd.submit.9' });
  });

  it('on a card that is not ours is of no interest', () => {
    const read = readCardAction({ ...payloads['buttonCallback'], content }, arrived, () => null);
    expect(eventIn(read).what.type).toBe('other');
  });

  it('has one key while it is the same press, and another for other contents, people and cards', () => {
    const keys = [
      pressed({ content }),
      pressed({ content, userId: 'user002' }),
      pressed({ content, outTrackId: 'other' }),
      pressed({ content: params({ key: 't.close.7.1.3' }) }),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(4);
    expect(pressed({ content }, NOW + 60_000).key).toBe(keys[0]);
  });
});

describe('an event', () => {
  const events = reference<Record<string, { http?: Record<string, unknown> }>>('dingtalk/event-bodies.json');
  const kinds = Object.entries(events).flatMap(([name, { http }]) =>
    http && name !== 'check_url' ? [[name, http] as const] : [],
  );

  it.each(kinds)('%s', (name, http) => {
    const event = eventIn(readEvent(metaIn(looseIn(http) ?? {}), '', { ...arrived, corpId: 'dingfakecorp' }));
    expect(event).toMatchObject({
      key: `evt-${name}`,
      at: NOW,
      account: '',
      what: { type: /^(user|org)_/.test(name) ? 'directory' : 'other' },
    });
  });

  it('without an id is told apart by what it says', () => {
    const read = (content: string) =>
      eventIn(readEvent({ type: 'org_change', id: '', corpId: '', at: 0 }, content, arrived)).key;
    expect(read('a')).toBe(read('a'));
    expect(read('a')).not.toBe(read('b'));
  });
});
