/**
 * Signatures and cipher of DingTalk's callbacks over HTTP. Says yes or no and never why: whoever may probe us learns
 * nothing from the answer. Source: reference/dingtalk.md, 2.3, 3 and 6.5; vectors in test/reference/dingtalk.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const PAD = 32;
const CIPHER_BLOCK = 16;
/** random(16) and the message's length (4) stand before the message. */
const HEAD = 20;

export interface Envelope {
  /** Judged before anything is decrypted. */
  isGenuine(given: { signature: string; timestamp: string; nonce: string; encrypted: string }): boolean;
  /** @returns the message and for whom it is; null when it is not one, or is for another receiver */
  open(encrypted: string): { readonly message: string; readonly owner: string } | null;
  /** @param random 16 bytes; given only to reproduce a published vector */
  seal(message: string, owner: string, random?: Buffer): string;
  sign(timestamp: string, nonce: string, encrypted: string): string;
}

/**
 * @param owners  for whom messages may be: the app's key, and by one page of the documents the corp
 * @throws Error when the key is not 43 base64 characters
 */
export function makeEnvelope(o: { token: string; aesKey: string; owners: readonly string[] }): Envelope {
  if (!/^[A-Za-z0-9+/]{43}$/.test(o.aesKey)) throw new Error('aes_key: expected 43 letters and digits');
  // Lenient on purpose: 43 characters carry two bits too many, and DingTalk's own console makes keys where they are set.
  const key = Buffer.from(o.aesKey, 'base64');
  const iv = key.subarray(0, 16);
  const digest = (timestamp: string, nonce: string, encrypted: string): string =>
    createHash('sha1').update([o.token, timestamp, nonce, encrypted].sort().join('')).digest('hex');

  return {
    isGenuine: ({ signature, timestamp, nonce, encrypted }) => isSame(signature, digest(timestamp, nonce, encrypted)),
    open(encrypted) {
      const sealed = Buffer.from(encrypted, 'base64');
      if (sealed.length === 0 || sealed.length % CIPHER_BLOCK !== 0) return null;
      const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      return messageIn(Buffer.concat([decipher.update(sealed), decipher.final()]), o.owners);
    },
    seal(message, owner, random = randomBytes(16)) {
      const body = Buffer.from(message);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(body.length);
      const bare = Buffer.concat([random, length, body, Buffer.from(owner)]);
      const pad = PAD - (bare.length % PAD);
      const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
      const padded = Buffer.concat([bare, Buffer.alloc(pad, pad)]);
      return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
    },
    sign: digest,
  };
}

function messageIn(plain: Buffer, owners: readonly string[]): { message: string; owner: string } | null {
  const pad = plain[plain.length - 1] ?? 0;
  if (pad < 1 || pad > PAD || plain.length < HEAD + pad) return null;
  const end = plain.length - pad;
  for (let i = end; i < plain.length; i += 1) if (plain[i] !== pad) return null;
  const stop = HEAD + plain.readUInt32BE(16);
  // Bound before slicing: under a wrong key the length is any number.
  if (stop > end) return null;
  const owner = plain.toString('utf8', stop, end);
  return owners.includes(owner) ? { message: plain.toString('utf8', HEAD, stop), owner } : null;
}

/** Header `sign` of a robot message. @param timestamp as it stands in its header */
export const signRobot = (appSecret: string, timestamp: string): string =>
  createHmac('sha256', appSecret).update(`${timestamp}\n${appSecret}`).digest('base64');

/** Header `x-ddpaas-signature` of a card's action. */
export const signCard = (apiSecret: string, timestamp: string): string =>
  createHmac('sha256', apiSecret).update(timestamp).digest('base64');

/** Takes as long whatever differs. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
