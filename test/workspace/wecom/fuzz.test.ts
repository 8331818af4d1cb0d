/** Campaign F1 in short: good callbacks with something changed. None is believed, none throws, none takes long. */
import { expect, it } from '@jest/globals';
import wecom from '@wecom/crypto';
import type { CallbackRequest } from '../../../src/workspace/port.ts';
import { makeCallback } from '../../../src/workspace/wecom/callback.ts';
import { makeEnvelope } from '../../../src/workspace/wecom/crypto.ts';
import { aLog } from '../../support/log.ts';
import { aGet, aPost, KEYS, NOW, postOf, textXml } from '../support/wecomCalls.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20260101);
/** One slow call may be the machine's; three mean it is ours. */
const SLOW_MS = 50;

/** mulberry32: small, seeded, good enough to choose bytes. */
function aRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const good = aPost(textXml('报修 打印机卡纸 紧急'));
const check = aGet('1616140317555161061');

type Change = (random: (below: number) => number) => CallbackRequest;
const flip = (text: string, random: (below: number) => number): string => {
  const at = random(text.length);
  const other = String.fromCharCode(text.charCodeAt(at) ^ (1 << random(7)));
  return text.slice(0, at) + other + text.slice(at + 1);
};
const inQuery =
  (request: CallbackRequest, name: string): Change =>
  (random) => ({ ...request, query: { ...request.query, [name]: flip(request.query[name] ?? ' ', random) } });

/** The ciphertext is changed and signed again: what only somebody with the token could send. */
const resigned: Change = (random) => {
  const sealed = Buffer.from(wecom.encrypt(KEYS.encodingAesKey, textXml('hi'), KEYS.corpId), 'base64');
  const at = random(sealed.length);
  sealed[at] = (sealed[at] ?? 0) ^ (1 << random(8));
  return postOf(sealed.toString('base64'));
};

const forgeries: Change[] = [
  ...['msg_signature', 'timestamp', 'nonce'].map((name) => inQuery(good, name)),
  ...['msg_signature', 'timestamp', 'nonce', 'echostr'].map((name) => inQuery(check, name)),
  (random) => {
    const from = good.body.indexOf('<Encrypt><![CDATA[') + 18;
    const body = Buffer.from(good.body);
    const at = from + random(good.body.indexOf(']]></Encrypt>') - from);
    body[at] = (body[at] ?? 0) ^ (1 << random(8));
    return { ...good, body };
  },
  (random) => ({ ...good, body: good.body.subarray(0, random(good.body.indexOf('</Encrypt>'))) }),
  (random) => ({ ...good, body: Buffer.from(Array.from({ length: random(600) }, () => random(256))) }),
];

const aDoor = () =>
  makeCallback({
    workspace: 'hq',
    corpId: KEYS.corpId,
    envelope: makeEnvelope({ ...KEYS, receiveId: KEYS.corpId }),
    replayWindowMs: 300_000,
    clock: () => NOW,
    log: aLog(),
    replyOf: () => null,
  });

it(`believes none of ${RUNS} forgeries (seed ${SEED})`, async () => {
  const random = aRandom(SEED);
  const door = aDoor();
  let believed = 0;
  let slow = 0;
  for (let i = 0; i < RUNS; i += 1) {
    const request = forgeries[random(forgeries.length)]?.(random) ?? good;
    const started = performance.now();
    const { status } = await door(request, async () => ({}));
    if (performance.now() - started > SLOW_MS) slow += 1;
    // A letter of the signature in the other case is the same number.
    const same = request.query.msg_signature?.toLowerCase() === good.query.msg_signature && request.body === good.body;
    const sameCheck = request.query.msg_signature?.toLowerCase() === check.query.msg_signature;
    const harmless =
      (same || sameCheck) &&
      ['timestamp', 'nonce', 'echostr'].every((name) =>
        [good, check].some((one) => one.query[name] === request.query[name]),
      );
    if (status === 200 && !harmless) believed += 1;
  }
  expect({ believed, slow: slow > 2 }).toEqual({ believed: 0, slow: false });
});

it('answers a resealed ciphertext with the same refusal wherever it was changed', async () => {
  const random = aRandom(SEED);
  const door = aDoor();
  const replies = new Set<string>();
  for (let i = 0; i < RUNS / 10; i += 1) {
    const reply = await door(resigned(random), async ({ what }) => {
      // Within the message a change goes unseen by the cipher, as with any CBC: only the signature speaks for it.
      expect(what.type).toMatch(/^(text|other|media)$/);
      return {};
    });
    if (reply.status === 403) replies.add(JSON.stringify(reply));
  }
  expect(replies.size).toBe(1);
});
