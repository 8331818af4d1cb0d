/**
 * Signature and cipher of WeCom callbacks, the platform's side. Written apart from the service's adapter on purpose: two
 * independent readings of the same page prove each other. Source: reference/wecom.md, 2.4.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const BLOCK = 32; // The padding's block, not AES's 16.

/** Lower-case hex. */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
}

/** @param random 16 bytes. @returns base64 */
export function encrypt(aesKey: string, receiver: string, message: string, random: Buffer): string {
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(receiver)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const key = keyOf(aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([plain, Buffer.alloc(pad, pad)])), cipher.final()]).toString(
    'base64',
  );
}

export interface Decrypted {
  readonly message: string;
  readonly receiver: string;
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
    receiver: plain.subarray(end).toString(),
  };
}

function keyOf(aesKey: string): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  if (aesKey.length !== 43 || key.length !== 32) throw new Error('EncodingAESKey must be 43 characters of base64');
  return key;
}
