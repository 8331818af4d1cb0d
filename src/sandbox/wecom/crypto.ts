/**
 * Signature of WeCom callbacks, the platform's side. Written apart from the service's adapter on purpose: two
 * independent readings of the same page prove each other. Source: reference/wecom.md, 2.4; the cipher is ../sealed.ts.
 */
import { createHash } from 'node:crypto';

/** Lower-case hex. */
export function sign(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
}
