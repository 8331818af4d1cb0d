/**
 * Signatures and cipher of DingTalk's callbacks, the platform's side. Written apart from the service's adapter on purpose:
 * two independent readings of the same page prove each other. Source: reference/dingtalk.md, 2.3, 3 and 6.5.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';

const BLOCK = 32; // The padding's block, not AES's 16.

/** Of an event over HTTP. Lower-case hex. */
export function signEvent(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
}

/** Header `sign` of a robot message. @param timestamp epoch ms. @returns base64 */
export function signRobot(secret: string, timestamp: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

/** Header `x-ddpaas-signature` of a card action. @param timestamp epoch ms. @returns base64 */
export function signCard(apiSecret: string, timestamp: string): string {
  return createHmac('sha256', apiSecret).update(timestamp).digest('base64');
}

/** @param random 16 bytes. @returns base64 */
export function encrypt(aesKey: string, owner: string, message: string, random: Buffer): string {
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(owner)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const key = keyOf(aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export interface Decrypted {
  readonly message: string;
  /** ownerKey */
  readonly owner: string;
  readonly random: Buffer;
}

/** @throws Error when it was not encrypted with this key or is damaged */
export function decrypt(aesKey: string, encrypted: string): Decrypted {
  const key = keyOf(aesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || padded.length < 20 + pad) throw new Error('bad padding');
  const plain = padded.subarray(0, padded.length - pad);
  const end = 20 + plain.readUInt32BE(16);
  if (end > plain.length) throw new Error('bad length');
  return {
    random: plain.subarray(0, 16),
    message: plain.subarray(20, end).toString(),
    owner: plain.subarray(end).toString(),
  };
}

function keyOf(aesKey: string): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  if (aesKey.length !== 43 || key.length !== 32) throw new Error('aes_key must be 43 characters of base64');
  return key;
}
