/**
 * The cipher in which both platforms seal their callbacks, the platforms' side. Written apart from the service's adapters on
 * purpose: two independent readings of the same page prove each other. Sources: reference/wecom.md, 2.4; dingtalk.md, 2.3.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const BLOCK = 32; // The padding's block, not AES's 16.

/** @param random 16 bytes. @returns base64 */
export function encrypt(aesKey: string, receiver: string, message: string, random: Buffer): string {
  const body = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random, length, body, Buffer.from(receiver)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const key = keyOf(aesKey);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

export interface Decrypted {
  readonly message: string;
  /** Whom it is meant for: WeCom's corp id, DingTalk's ownerKey. */
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
  if (aesKey.length !== 43 || key.length !== 32) throw new Error('the AES key must be 43 characters of base64');
  return key;
}
