/**
 * WeCom's envelope: a SHA-1 signature over four strings, and AES-256-CBC with padding to 32 bytes.
 * Says yes or no and never why: whoever may probe us learns nothing from the answer.
 *
 * @source reference/wecom.md, 2.4; vectors in test/reference/wecom/crypto-vectors.json
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const PAD = 32;
const CIPHER_BLOCK = 16;
/** random(16) and the message's length (4) stand before the message. */
const HEAD = 20;

export interface Envelope {
  /** Judged before anything is decrypted. `signature`: 40 hex digits, any other text is a no. */
  isGenuine(given: { signature: string; timestamp: string; nonce: string; encrypted: string }): boolean;
  /** @returns the message; null when it is not one, or is for another receiver */
  open(encrypted: string): string | null;
  /** @param random 16 bytes; given only to reproduce a published vector */
  seal(message: string, random?: Buffer): string;
  sign(timestamp: string, nonce: string, encrypted: string): string;
}

/**
 * @param receiveId the corp for an app; empty for the intelligent robot
 * @throws Error when the key is not 43 base64 characters
 */
export function makeEnvelope(o: { token: string; encodingAesKey: string; receiveId: string }): Envelope {
  // Lenient on purpose: 43 characters carry two bits too many, and WeCom's own console makes keys where they are set.
  const key = Buffer.from(o.encodingAesKey, 'base64');
  if (!/^[A-Za-z0-9+/]{43}$/.test(o.encodingAesKey))
    throw new Error('encoding_aes_key: expected 43 letters and digits');
  const iv = key.subarray(0, 16);
  const receiver = Buffer.from(o.receiveId);
  const digest = (timestamp: string, nonce: string, encrypted: string): Buffer =>
    createHash('sha1').update([o.token, timestamp, nonce, encrypted].sort().join('')).digest();

  return {
    isGenuine({ signature, timestamp, nonce, encrypted }) {
      const given = Buffer.from(signature, 'hex');
      const expected = digest(timestamp, nonce, encrypted);
      return signature.length === 40 && given.length === expected.length && timingSafeEqual(given, expected);
    },
    open(encrypted) {
      const sealed = Buffer.from(encrypted, 'base64');
      if (sealed.length === 0 || sealed.length % CIPHER_BLOCK !== 0) return null;
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return messageIn(Buffer.concat([decipher.update(sealed), decipher.final()]), receiver);
    },
    seal(message, random = randomBytes(16)) {
      const body = Buffer.from(message);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      const bare = Buffer.concat([random, length, body, receiver]);
      const pad = PAD - (bare.length % PAD);
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return Buffer.concat([cipher.update(Buffer.concat([bare, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
        'base64',
      );
    },
    sign: (timestamp, nonce, encrypted) => digest(timestamp, nonce, encrypted).toString('hex'),
  };
}

function messageIn(plain: Buffer, receiver: Buffer): string | null {
  const pad = plain[plain.length - 1] ?? 0;
  if (pad < 1 || pad > PAD || plain.length < HEAD + receiver.length + pad) return null;
  const end = plain.length - pad;
  for (let i = end; i < plain.length; i += 1) if (plain[i] !== pad) return null;
  const stop = HEAD + plain.readUInt32BE(16);
  // The length has to fit exactly, or bytes of the message could pass as the receiver.
  if (stop !== end - receiver.length || !plain.subarray(stop, end).equals(receiver)) return null;
  return plain.toString('utf8', HEAD, stop);
}
