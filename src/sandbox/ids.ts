/** Everything that looks random, from one seed: the same seed tells the same story again. */
import { createHash } from 'node:crypto';

export interface Ids {
  /** @param length 1…64 */
  text(length: number): string;
  digits(length: number): string;
  /** @param length 1…32 */
  bytes(length: number): Buffer;
  /** A positive 64-bit number above 2^53: like the platform's MsgId it does not survive JavaScript's `Number`. */
  big(): bigint;
}

export function makeIds(seed: string): Ids {
  let count = 0;
  const next = () => createHash('sha256').update(`${seed}:${count++}`).digest();
  const bytes = (length: number) => next().subarray(0, length);
  return {
    bytes,
    text(length) {
      const material = Buffer.concat([next(), next()]).toString('base64').replace(/[+/=]/g, 'x');
      return material.slice(0, length);
    },
    digits: (length) =>
      [...next()]
        .map((byte) => byte % 10)
        .join('')
        .slice(0, length),
    big: () => (next().readBigUInt64BE() >> 2n) | (1n << 62n),
  };
}
