/**
 * Signatures of DingTalk's callbacks, the platform's side. Written apart from the service's adapter on purpose:
 * two independent readings of the same page prove each other. Source: reference/dingtalk.md, 2.3, 3 and 6.5; the cipher is ../sealed.ts.
 */
import { createHash, createHmac } from 'node:crypto';

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
