/** Bad input and bad days of DingTalk, in the sandbox: a clear refusal or a reason for the dead letter; nothing lost. Issue 3, "Bad input". */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '../../../src/card/card.ts';
import { groupChat } from '../../../src/lib/chat.ts';
import type { Outgoing, Sent } from '../../../src/workspace/port.ts';
import { aCache } from '../support/door.ts';
import { aDingtalkSubject, GROUP, until, type DingtalkSubject } from '../support/dingtalkSubject.ts';

const ANN = 'ding-caimei';
const CARD: Card = {
  ...{
    kind: 'task',
    source: '派单',
    title: '打印机卡纸',
    subtitle: '',
    emphasis: '待受理',
    body: '',
    facts: [],
    quote: null,
  },
  ...{ inputs: [], menu: [], url: '/m/t/7', over: null, notice: null },
  buttons: [{ text: '受理', tone: 'primary', does: { key: 't.accept.7.1.3' } }],
};
let subject: DingtalkSubject;
let made = 0;
const fresh = () => `k${(made += 1)}`;
const setting = (change: object) => subject.api('PUT', 'dingtalk/settings', change);
const text = (to = ANN, more: Partial<Extract<Outgoing, { kind: 'text' }>> = {}): Outgoing => {
  return { kind: 'text', to, text: `说 ${fresh()}`, dedupeKey: fresh(), ...more };
};
const card = (to = ANN, platformKey = fresh()): Outgoing => ({ kind: 'card', to, platformKey, card: CARD });
const send = (message: Outgoing, workspace = subject.workspace): Promise<Sent> => workspace.send(message);
const lastShown = async (account = ANN) => (await subject.shown(account)).at(-1)?.text ?? '';

beforeAll(async () => void (subject = await aDingtalkSubject({ transport: 'http' })));
beforeEach(async () => {
  await subject.mood('accepts');
  subject.answersWith({});
  await setting({
    ...{ missingScopes: [], failingSpaces: [], disbanded: [], flowControlled: [], withoutStaffId: [], templates: [] },
    ...{ sessionLifeMs: 5_400_000, duplicateCard: 'refuse', cardValueVariant: false, enforceQuota: false },
    ...{ notificationsPerDay: 500, downloadCodeMs: 86_400_000, downloadUrlMs: 3_600_000 },
  });
});
afterAll(() => subject.close());

describe('sending', () => {
  it('a success with a failed space inside is dead, in the platform’s words', async () => {
    await setting({ failingSpaces: [ANN] });
    const sent = await send(card());
    // The card itself is there: its outTrackId would be refused, or taken without effect, and count as arrived.
    expect(sent).toMatchObject({ result: 'dead', platformCode: 'deliverResults', keyTaken: true });
    expect(sent.result === 'dead' && sent.reason).toMatch(/.+/);
    await setting({ failingSpaces: [GROUP] });
    expect((await send(card(groupChat(GROUP)))).result).toBe('dead');
  });

  it('the same card again is there once, whether the platform refuses it or takes it without effect', async () => {
    for (const duplicateCard of ['refuse', 'accept']) {
      await setting({ duplicateCard });
      const once = card();
      await send(once);
      const before = (await subject.shown(ANN)).length;
      expect(['arrived', 'sent']).toContain((await send(once)).result);
      expect((await subject.shown(ANN)).length).toBe(before);
    }
  });

  it('a card changes by key, or the variables that are not named would be wiped', async () => {
    await subject.api('DELETE', 'dingtalk/calls');
    const sent = card();
    await send(sent);
    await subject.workspace.update({ to: ANN, platformKey: `k${made}`, card: CARD, code: null });
    const { calls } = await subject.api<{ calls: { path: string; body: object }[] }>('GET', 'dingtalk/calls');
    const body = calls.find(({ path }) => path === 'PUT v1.0/card/instances')?.body;
    const cardUpdateOptions = { updateCardDataByKey: true, updatePrivateDataByKey: true };
    expect(body).toMatchObject({ outTrackId: `hq-k${made}`, cardUpdateOptions, privateData: { [ANN]: {} } });
  });

  it('to a disbanded group is dead: card, words, and an answer where it was asked', async () => {
    await subject.says(ANN, groupChat(GROUP), '报修');
    const reply = subject.received.at(-1)?.reply;
    if (!reply) throw new Error('No place to reply');
    await setting({ disbanded: [GROUP] });
    const all = [card(groupChat(GROUP)), text(groupChat(GROUP)), text(groupChat(GROUP), { reply, mention: ANN })];
    for (const message of all) expect((await send(message)).result).toBe('dead');
  });

  it('without a scope is dead, and names the scope', async () => {
    await setting({ missingScopes: ['Card.Instance.Write', 'qyapi_robot_sendmsg'] });
    for (const [message, scope] of [
      [card(), 'Card.Instance.Write'],
      [text(), 'qyapi_robot_sendmsg'],
    ] as const)
      expect(await send(message)).toMatchObject({ result: 'dead', reason: expect.stringContaining(scope) });
  });

  it('with an unknown template is dead, and says which setting it is about', async () => {
    const workspace = subject.another({ cardTemplateId: 'no-such.schema' });
    expect(await send(card(), workspace)).toMatchObject({ result: 'dead', platformCode: 'param.templateNotExist' });
  });

  it('waits for a person who is held back, and while the month is used up', async () => {
    await setting({ flowControlled: [ANN] });
    expect(await send(text())).toMatchObject({ result: 'later', waitMs: 60_000 });
    await subject.fault({
      path: 'v1.0/robot/oToMessages/batchSend',
      code: 'Forbidden.AccessDenied.ApiCountLimitForOrg',
      http: 403,
    });
    expect(await send(text())).toMatchObject({ result: 'later', waitMs: 3_600_000 });
  });

  it('waits ten minutes with a wrong secret, which it asks about once', async () => {
    const workspace = subject.another({ clientSecret: 'wrong', cache: aCache() });
    for (let i = 0; i < 3; i += 1)
      expect(await send(text(), workspace)).toMatchObject({ result: 'later', waitMs: 600_000 });
    const { calls } = await subject.api<{ calls: { path: string; errcode: unknown }[] }>('GET', 'dingtalk/calls');
    expect(calls.filter(({ errcode }) => errcode === 'invalidClientIdOrSecret')).toHaveLength(1);
  });

  it('reaches by a work notification whom the robot does not reach, and says when that is over its limits', async () => {
    const away = () =>
      subject.fault({ path: 'v1.0/robot/oToMessages/batchSend', code: 'chatbotId.notAllow.sendOTO', http: 400 });
    await away();
    const message = text();
    expect(await send(message)).toMatchObject({ result: 'sent', platformId: expect.stringMatching(/^\d+$/) });
    expect(await lastShown()).toContain(message.kind === 'text' ? message.text : '?');
    await away();
    await setting({ notificationsPerDay: 0 });
    expect(await send(text())).toMatchObject({ result: 'dead', platformCode: '143105' });
    await away();
    expect((await send(text(), subject.another({ agentId: null }))).result).toBe('dead');
  });

  it('an answer whose place is over, or was never the platform’s, goes the ordinary way', async () => {
    await setting({ sessionLifeMs: 0 });
    await subject.types(ANN, '报修');
    const over = { address: subject.received.at(-1)?.reply?.address ?? '', until: Date.now() + 60_000 };
    const heard: unknown[] = [];
    const stranger = createServer((request, response) => (heard.push(request.url), response.end('{"errcode":0}')));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    const foreign = {
      address: `http://127.0.0.1:${port}/robot/sendBySession?session=1`,
      until: Date.now() + 60_000,
    };
    for (const reply of [over, foreign]) {
      const message = text(ANN, { reply });
      expect((await send(message)).result).toBe('sent');
      expect(await lastShown()).toBe(message.kind === 'text' ? message.text : '?');
    }
    expect(heard).toEqual([]);
    await new Promise((resolve) => stranger.close(resolve));
  });

  it('words stay words in a message of markdown, and long ones are cut', async () => {
    const link = { text: '打开', url: '/m/new' };
    const evil = '[点我](http://evil.example)';
    expect((await send(text(ANN, { text: `${evil}\n# 大`, link }))).result).toBe('sent');
    const markdown = (await lastShown()).split('\n').slice(1).join('\n');
    expect(markdown).not.toContain('](http://evil');
    for (const more of [{}, { link }]) {
      expect((await send(text(ANN, { text: '"\n'.repeat(20_000), ...more }))).result).toBe('sent');
      expect((await send(text(ANN, { text: '长'.repeat(20_000), ...more }))).result).toBe('sent');
    }
  });

  it('a key that can be no name is our own mistake', async () => {
    for (const key of ['x'.repeat(101), 'a b', '卡']) await expect(send(card(ANN, key))).rejects.toThrow('outTrackId');
  });
});

describe('what comes in', () => {
  it('of somebody without a staff id is heard as nobody’s and can be answered where it was said', async () => {
    await setting({ withoutStaffId: [ANN] });
    await subject.types(ANN, '报修');
    const event = subject.received.at(-1);
    expect(event).toMatchObject({ account: '', chat: '', what: { type: 'text', text: '报修' } });
    expect(event?.reply).not.toBeNull();
  });

  it('as the other spelling of a click is the same', async () => {
    await setting({ cardValueVariant: true });
    await send(card());
    await subject.clicks(ANN, (await subject.shown(ANN)).at(-1)?.id ?? '', 't.accept.7.1.3');
    expect(subject.received.at(-1)?.what).toMatchObject({ type: 'click', key: 't.accept.7.1.3' });
  });

  it('of a group with a picture brings both', async () => {
    const path = `chats/${ANN}/groups/${encodeURIComponent(GROUP)}/image?name=a.png&text=${encodeURIComponent('这台坏了')}`;
    await subject.api('POST', path, Buffer.from('89504e470d0a1a0a00', 'hex'));
    const what = subject.received.at(-1)?.what;
    expect(what).toMatchObject({ type: 'text', text: '这台坏了', media: [{ kind: 'image' }] });
  });

  it('is told to have been answered only when the answer has left', async () => {
    let left = 0;
    await send(card());
    subject.answersWith({ card: { ...CARD, over: '完成' }, left: () => void (left += 1) });
    await subject.clicks(ANN, (await subject.shown(ANN)).at(-1)?.id ?? '', 't.accept.7.1.3');
    await until(() => left === 1);
  });
});

describe('files', () => {
  const coded = async () => {
    await subject.api(
      'POST',
      `chats/${ANN}/file?name=${encodeURIComponent('日志.zip')}`,
      Buffer.from('504b0304aa', 'hex'),
    );
    const what = subject.received.at(-1)?.what;
    if (what?.type !== 'media') throw new Error('No file was heard');
    return what.media;
  };
  const bytesOf = async (id: string) => {
    const chunks: Buffer[] = [];
    for await (const chunk of (await subject.workspace.media(id)).stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };

  it('keep their name and bytes', async () => {
    const media = await coded();
    expect(media).toMatchObject({ kind: 'file', name: '日志.zip' });
    expect((await subject.workspace.media(media.id)).mime).toBe('application/zip');
    expect((await bytesOf(media.id)).toString('hex')).toBe('504b0304aa');
  });

  it('are gone when their code is over, and can be tried again after any other failure', async () => {
    const { id } = await coded();
    await setting({ downloadUrlMs: 0 });
    await expect(subject.workspace.media(id)).rejects.not.toHaveProperty('gone');
    await setting({ downloadUrlMs: 3_600_000 });
    for (const fault of [{ reset: true }, { http: 500 }] as const) {
      await subject.fault({ path: 'file', ...fault });
      await expect(subject.workspace.media(id)).rejects.not.toHaveProperty('gone');
    }
    await subject.fault({ path: 'v1.0/robot/messageFiles/download', http: 503 });
    await expect(subject.workspace.media(id)).rejects.not.toHaveProperty('gone');
    expect((await bytesOf(id)).length).toBe(5);
    for (const gone of ['', 'x'.repeat(5000), 'no-such-code'])
      await expect(subject.workspace.media(gone)).rejects.toMatchObject({ gone: true });
  });

  it('that are huge are not held in memory: whoever reads stops, and the connection ends', async () => {
    const bytes = Buffer.alloc(15 * 1024 * 1024, 7);
    await subject.api('POST', `chats/${ANN}/file?name=big.bin`, bytes);
    const what = subject.received.at(-1)?.what;
    if (what?.type !== 'media') throw new Error('No file was heard');
    const { stream, size } = await subject.workspace.media(what.media.id);
    expect(size).toBe(bytes.length);
    for await (const chunk of stream) if ((chunk as Buffer).length > 0) break;
    expect(stream.destroyed).toBe(true);
  });
});

describe('people', () => {
  it('sign in inside the client by the code of its script, once', async () => {
    const { signIn } = subject.workspace;
    const { code } = await subject.api<{ code: string }>('POST', 'dingtalk/codes', { userid: ANN });
    expect(await signIn.account(`in:${code}`)).toBe(ANN);
    expect(await signIn.account(`in:${code}`)).toBeNull();
    for (const none of ['in:', 'in:x', 'x', 'x'.repeat(600)]) expect(await signIn.account(none)).toBeNull();
    await subject.fault({ path: 'topapi/v2/user/getuserinfo', http: 503 });
    await expect(signIn.account('in:x')).rejects.toThrow('DingTalk');
  });

  it('are read without being counted, and not at all when a department can not be', async () => {
    const before = subject.counted.calls;
    const { people } = await subject.workspace.directory();
    expect(people.length).toBeGreaterThan(5);
    expect(people.every(({ unionId }) => unionId !== null)).toBe(true);
    expect(subject.counted.calls).toBe(before);
    await subject.fault({ path: 'topapi/v2/user/list', errcode: 60003 });
    await expect(subject.workspace.directory()).rejects.toThrow('60003');
  });

  it('are read on when that was too fast', async () => {
    await subject.fault({ path: 'topapi/v2/user/list', errcode: 90018 });
    expect((await subject.workspace.directory()).people.length).toBeGreaterThan(5);
  });
});

it('counts what the platform counts', async () => {
  const before = { ...subject.counted };
  await send(text());
  await send(card());
  await subject.types(ANN, 'hi');
  expect(subject.counted).toEqual({ calls: before.calls + 2, pushes: before.pushes + 1 });
  await subject.fault({ path: '*', code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', http: 403 });
  await send(text());
  expect(subject.counted.calls).toBe(before.calls + 2);
});

it('fails a callback that could not be committed, so that it is not taken for done', async () => {
  subject.failsWith(new Error('the database is away'));
  const { delivered } = await subject.api<{ delivered: boolean }>('POST', `chats/${ANN}/text`, { content: 'hi' });
  subject.failsWith(null);
  expect(delivered).toBe(false);
});

it('writes no secret into its log', () => {
  for (const secret of subject.secrets) expect(JSON.stringify(subject.log.lines)).not.toContain(secret);
});
