/** Signatures and cipher by the vectors of the reference (2.7, 3 and 6.5), all of them. */
import { describe, expect, it } from '@jest/globals';
import { isSame, makeEnvelope, signCard, signRobot } from '../../../src/workspace/dingtalk/crypto.ts';
import { reference } from '../support/reference.ts';

interface Vector {
  readonly token: string;
  readonly aesKey: string;
  readonly ownerKey: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly random16: string;
  readonly plaintext: string;
  readonly encrypt: string;
  readonly signature: string;
}
const vectors = reference<{
  eventCallback: Vector[];
  robotHttpCallback: { appSecret: string; timestamp: string; sign: string };
  cardHttpCallback: { apiSecret: string; timestamp: string; signature: string };
}>('dingtalk/crypto-vectors.json');

describe.each(vectors.eventCallback)('the event vector $plaintext', (vector) => {
  const { token, aesKey, ownerKey, timestamp, nonce, plaintext, encrypt: encrypted, signature } = vector;
  const envelope = makeEnvelope({ token, aesKey, owners: ['another', ownerKey] });

  it('is genuine, opens, and is sealed to the same', () => {
    expect(envelope.isGenuine({ signature, timestamp, nonce, encrypted })).toBe(true);
    expect(envelope.open(encrypted)).toEqual({ message: plaintext, owner: ownerKey });
    expect(envelope.seal(plaintext, ownerKey, Buffer.from(vector.random16))).toBe(encrypted);
    expect(envelope.sign(timestamp, nonce, encrypted)).toBe(signature);
  });

  it('is nothing when anything differs', () => {
    const given = { signature, timestamp, nonce, encrypted };
    for (const change of [{ timestamp: '1' }, { nonce: 'x' }, { encrypted: `${encrypted}A` }, { signature: '' }])
      expect(envelope.isGenuine({ ...given, ...change })).toBe(false);
    expect(makeEnvelope({ token, aesKey, owners: ['another'] }).open(encrypted)).toBeNull();
    const wrong = makeEnvelope({ token, aesKey: [...aesKey].reverse().join(''), owners: [ownerKey] });
    expect(wrong.open(encrypted)).toBeNull();
    for (const rubbish of ['', 'AAAA', encrypted.slice(0, 40), encrypted.slice(4)])
      expect(envelope.open(rubbish)).toBeNull();
  });
});

it('signs robot messages and cards as the platform does', () => {
  const { robotHttpCallback: robot, cardHttpCallback: card } = vectors;
  expect(signRobot(robot.appSecret, robot.timestamp)).toBe(robot.sign);
  expect(signCard(card.apiSecret, card.timestamp)).toBe(card.signature);
  expect(isSame(robot.sign, `${robot.sign} `)).toBe(false);
});

it('takes no key that can not be one', () => {
  for (const aesKey of ['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}!`])
    expect(() => makeEnvelope({ token: 't', aesKey, owners: [] })).toThrow('aes_key');
});
