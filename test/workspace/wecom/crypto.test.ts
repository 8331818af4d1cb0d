import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import wecom from '@wecom/crypto';
import { makeEnvelope } from '../../../src/workspace/wecom/crypto.ts';

interface Vector {
  id: string;
  token: string;
  encoding_aes_key: string;
  receiveid: string;
  msg_signature: string;
  timestamp: string;
  nonce: string;
  encrypt: string;
  expected: { random16: string; msg: string };
}
const file = new URL('../../reference/wecom/crypto-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
const envelopeOf = (vector: Vector, receiveId = vector.receiveid) =>
  makeEnvelope({ token: vector.token, encodingAesKey: vector.encoding_aes_key, receiveId });

describe.each(vectors)('vector $id', (vector) => {
  const { timestamp, nonce, encrypt: encrypted, msg_signature: signature } = vector;

  it('verifies, opens, and is sealed again to the same text', () => {
    const envelope = envelopeOf(vector);
    expect(envelope.isGenuine({ signature, timestamp, nonce, encrypted })).toBe(true);
    expect(envelope.sign(timestamp, nonce, encrypted)).toBe(signature);
    expect(envelope.open(encrypted)).toBe(vector.expected.msg);
    expect(envelope.seal(vector.expected.msg, Buffer.from(vector.expected.random16, 'latin1'))).toBe(encrypted);
  });

  it('is refused when any of the signed values differs', () => {
    const envelope = envelopeOf(vector);
    for (const change of [
      { timestamp: `${timestamp}0` },
      { nonce: `${nonce}x` },
      { encrypted: encrypted.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
      { signature: '' },
      { signature: signature.slice(2) },
      { signature: `${signature}00` },
      { signature: signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
    ])
      expect(envelope.isGenuine({ signature, timestamp, nonce, encrypted, ...change })).toBe(false);
  });

  it('does not open for another receiver', () => {
    for (const other of [`${vector.receiveid}x`, vector.receiveid.slice(1) || 'x', 'ww0000000000000000'])
      expect(envelopeOf(vector, other).open(encrypted)).toBeNull();
  });

  it('is read by @wecom/crypto, and reads what that wrote', () => {
    const { token, encoding_aes_key: key, receiveid } = vector;
    const envelope = envelopeOf(vector);
    expect(wecom.decrypt(key, envelope.seal('打印机卡纸 🖨'))).toMatchObject({ message: '打印机卡纸 🖨', id: receiveid });
    const theirs = wecom.encrypt(key, '打印机卡纸 🖨', receiveid);
    expect(envelope.open(theirs)).toBe('打印机卡纸 🖨');
    const theirSignature = wecom.getSignature(token, timestamp, nonce, theirs);
    expect(envelope.isGenuine({ signature: theirSignature, timestamp, nonce, encrypted: theirs })).toBe(true);
    expect(envelope.sign(timestamp, nonce, theirs)).toBe(theirSignature);
  });

  it('cut short or flipped anywhere, gives null or another text, and never throws', () => {
    const envelope = envelopeOf(vector);
    const sealed = Buffer.from(encrypted, 'base64');
    for (let length = 0; length < sealed.length; length += 1)
      expect(envelope.open(sealed.subarray(0, length).toString('base64'))).toBeNull();
    for (let i = 0; i < sealed.length; i += 1) {
      const flipped = Buffer.from(sealed);
      flipped[i] = (flipped[i] ?? 0) ^ 1;
      expect(() => envelope.open(flipped.toString('base64'))).not.toThrow();
    }
  });
});

describe('an envelope', () => {
  it('opens only when length, receiver and every byte of the padding are right', () => {
    const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE';
    const key = Buffer.from(encodingAesKey, 'base64');
    const [message, receiveId] = ['hello', 'ww0123456789abcdef'];
    const envelope = makeEnvelope({ token: 't', encodingAesKey, receiveId });
    const head = Buffer.from([...Buffer.alloc(16, 7), 0, 0, 0, message.length]);
    const bare = Buffer.concat([head, Buffer.from(message), Buffer.from(receiveId)]);
    const pad = 32 - (bare.length % 32);
    const plain = Buffer.concat([bare, Buffer.alloc(pad, pad)]);
    const opened = (bytes: Buffer) => {
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
      return envelope.open(Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64'));
    };
    expect(opened(plain)).toBe(message);
    const free = (at: number) => at < 16 || (at >= 20 && at < 20 + message.length);
    for (let at = 0; at < plain.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(plain);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect([at, bit, opened(changed) === null]).toEqual([at, bit, !free(at)]);
      }
  });

  it('needs a key of 43 characters, and does not print what it got', () => {
    for (const encodingAesKey of ['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}!`])
      expect(() => makeEnvelope({ token: 't', encodingAesKey, receiveId: 'ww' })).toThrow(
        /^encoding_aes_key: expected 43/,
      );
  });

  it('seals the same message differently each time', () => {
    const envelope = makeEnvelope({ token: 't', encodingAesKey: 'a'.repeat(43), receiveId: 'ww' });
    expect(envelope.seal('hello')).not.toBe(envelope.seal('hello'));
  });
});
