import { describe, expect, it } from '@jest/globals';
import wecom from '@wecom/crypto';
import { refuse, Refused } from '../../../src/lib/refusal.ts';
import type { Answer, InboundEvent } from '../../../src/workspace/port.ts';
import { makeCallback } from '../../../src/workspace/wecom/callback.ts';
import { makeEnvelope } from '../../../src/workspace/wecom/crypto.ts';
import { readXml, textOf } from '../../../src/workspace/wecom/xml.ts';
import { aLog } from '../../support/log.ts';
import { aGet, aPost, KEYS, NOW, postOf, textXml } from '../support/wecomCalls.ts';

const MINUTE = 60_000;

function aDoor(answer: Answer | (() => Answer) = {}) {
  const log = aLog();
  const seen: InboundEvent[] = [];
  const callback = makeCallback({
    workspace: 'hq',
    corpId: KEYS.corpId,
    envelope: makeEnvelope({ ...KEYS, receiveId: KEYS.corpId }),
    replayWindowMs: 5 * MINUTE,
    clock: () => NOW,
    log,
    replyOf: ({ text }) => (text === undefined ? null : { type: 'text', text }),
  });
  const receive = async (event: InboundEvent) => {
    seen.push(event);
    return typeof answer === 'function' ? answer() : answer;
  };
  return { log, seen, call: (request: ReturnType<typeof aPost>) => callback(request, receive) };
}

describe('the check of the address', () => {
  it('answers with the decrypted text and not a byte more', async () => {
    expect(await aDoor().call(aGet('1616140317555161061'))).toEqual({
      status: 200,
      type: 'text/plain',
      body: '1616140317555161061',
    });
  });

  it('is refused when it is old', async () => {
    expect((await aDoor().call(aGet('1', { timestamp: NOW / 1000 - 301 }))).status).toBe(403);
  });
});

describe('a message', () => {
  it('reaches the receiver, in the words of the port', async () => {
    const door = aDoor();
    expect(await door.call(aPost(textXml('报修 打印机卡纸')))).toEqual({ status: 200, type: 'text/plain', body: '' });
    expect(door.seen).toEqual([
      {
        workspace: 'hq',
        channel: 'app',
        key: '7512345678901234567',
        at: NOW,
        stale: false,
        account: 'zhangsan',
        chat: 'zhangsan',
        takes: { text: true, card: false },
        reply: null,
        what: { type: 'text', text: '报修 打印机卡纸' },
      },
    ]);
    expect(door.log.lines).toEqual([]);
  });

  it('is answered in a packet that WeCom can open', async () => {
    const { type, body } = await aDoor({ text: ']]>& 好' }).call(aPost(textXml('hi')));
    expect(type).toBe('text/xml');
    const packet = readXml(body) ?? undefined;
    const encrypted = textOf(packet, 'Encrypt');
    const [timestamp, nonce] = [textOf(packet, 'TimeStamp'), textOf(packet, 'Nonce')];
    expect(textOf(packet, 'MsgSignature')).toBe(wecom.getSignature(KEYS.token, timestamp, nonce, encrypted));
    const { message, id } = wecom.decrypt(KEYS.encodingAesKey, encrypted);
    expect(id).toBe(KEYS.corpId);
    const inner = readXml(message) ?? undefined;
    expect(inner?.children.map(({ name, text }) => [name, text])).toEqual([
      ['ToUserName', 'ZhangSan'],
      ['FromUserName', KEYS.corpId],
      ['CreateTime', String(NOW / 1000)],
      ['MsgType', 'text'],
      ['Content', ']]>& 好'],
    ]);
  });

  it.each([-301, 301])('%s seconds from now reaches the receiver as stale', async (seconds) => {
    const door = aDoor({ text: 'the answer of the first time' });
    const { status } = await door.call(aPost(textXml('hi'), { timestamp: NOW / 1000 + seconds }));
    expect([status, door.seen[0]?.stale]).toEqual([200, true]);
  });

  it('that is stale and unknown is refused, with one line', async () => {
    const door = aDoor(() => {
      throw new Refused(refuse('not_now'));
    });
    expect((await door.call(aPost(textXml('hi'), { timestamp: NOW / 1000 - 301 }))).status).toBe(403);
    expect(door.log.lines).toEqual([
      { level: 'warn', message: 'callback refused', facts: { why: 'too old', status: 403 } },
    ]);
  });

  it('whose receiver fails is left to the caller, who answers 5xx', async () => {
    const door = aDoor(() => {
      throw new Error('database away');
    });
    await expect(door.call(aPost(textXml('hi')))).rejects.toThrow('database away');
  });
});

describe('what is not from WeCom', () => {
  const good = aPost(textXml('hi'));
  const query = (change: object) => ({ ...good, query: { ...good.query, ...change } });
  const cut = wecom.encrypt(KEYS.encodingAesKey, textXml('hi'), KEYS.corpId).slice(0, 64);

  it.each([
    ['a wrong signature', query({ msg_signature: '0'.repeat(40) }), 403],
    ['no signature', query({ msg_signature: undefined }), 403],
    ['a short signature', query({ msg_signature: good.query.msg_signature?.slice(2) }), 403],
    ['another time', query({ timestamp: String(NOW / 1000 + 1) }), 403],
    ['a time that is no number', query({ timestamp: 'NaN' }), 403],
    ['another nonce', query({ nonce: 'other' }), 403],
    ['another token', aPost(textXml('hi'), { token: 'another' }), 403],
    ['another corp', aPost(textXml('hi'), { receiveId: 'ww1111111111111111' }), 403],
    ['no corp', aPost(textXml('hi'), { receiveId: '' }), 403],
    ['a ciphertext cut short', postOf(cut), 403],
    ['a ciphertext of half a block', postOf(cut.slice(0, 30)), 403],
    ['an empty body', { ...good, body: Buffer.alloc(0) }, 400],
    ['JSON', { ...good, body: Buffer.from('{"encrypt":"x"}') }, 400],
    ['two ciphertexts', { ...good, body: Buffer.concat([good.body, good.body]) }, 400],
    ['an inner text that is no XML', aPost('hello'), 400],
    ['an inner DTD', aPost('<!DOCTYPE a [<!ENTITY b "c">]><xml>&b;</xml>'), 400],
    ['nobody', aPost('<xml><CreateTime>1767225600</CreateTime></xml>'), 400],
    ['no time', aPost('<xml><FromUserName>a</FromUserName></xml>'), 400],
    ['more than 1 MiB', { ...good, body: Buffer.alloc(1024 * 1024 + 1) }, 413],
    ['PUT', { ...good, method: 'PUT' }, 405],
    ['another door', { ...good, path: '/bot' }, 404],
  ])('%s is refused with one line and no secret', async (_what, request, status) => {
    const door = aDoor();
    const reply = await door.call(request);
    expect(reply).toEqual({ status, type: 'text/plain', body: '' });
    expect(door.seen).toEqual([]);
    expect(door.log.lines).toHaveLength(1);
    const written = JSON.stringify(door.log.lines);
    for (const secret of [KEYS.token, KEYS.encodingAesKey]) expect(written).not.toContain(secret);
  });
});
