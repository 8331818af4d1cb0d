/** How a webhook says that it comes from this service, and when. Described for receivers in `docs/en/templates.md`. */
import { createHmac } from 'node:crypto';

/**
 * @param at       epoch ms; sent in seconds, for the receiver to refuse what is old
 * @param secrets  newest first; two while a change of secret is under way, so that it needs no common moment
 * @returns        the header `X-Paidan-Signature`: `t=…,v1=…`, `v1` once per secret, hex
 */
export function signatureOf(body: string, at: number, secrets: readonly string[]): string {
  const seconds = Math.floor(at / 1_000);
  const signed = secrets.map((secret) => createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
  return [`t=${seconds}`, ...signed.map((hex) => `v1=${hex}`)].join(',');
}
