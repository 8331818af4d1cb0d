/**
 * Makes one call to another system, signed, and passes on what came of it. The order is what keeps a ticket from being
 * stranded: call → note what came of it in the row → tell the ticket → settle the row. A process that ends in between
 * is followed by one that goes on from there.
 */
import { z } from 'zod';
import { callFailed } from '../../card/callFailed.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { type RefusalCode, Refused } from '../../lib/refusal.ts';
import { type WebhookCall, WebhookPayload } from '../../ticket/outboxRow.ts';
import type { Outgoing } from '../outgoing/client.ts';
import type { Claimed, Queue, Try } from '../queue.ts';
import { RETRY_MS } from '../retry.ts';
import type { Sender } from '../sender.ts';
import { type Calls, CallOutcome } from './calls.ts';
import type { WebhookSecrets } from './secret.ts';
import { signatureOf } from './signature.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface WebhookParts {
  /** Of calls. */
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly outgoing: Outgoing;
  readonly secrets: Pick<WebhookSecrets, 'of'>;
  readonly calls: Calls;
}

/** In a row that is `answered`. `round` tells the answer of a dead letter that was sent again from its first one. */
const Noted = WebhookPayload.extend({ noted: z.object({ round: z.number(), outcome: CallOutcome }) });
type Noted = z.infer<typeof Noted>;

/** When something of ours fails (the database, the ticket's side), it uses up none of the receiver's tries. */
const PAUSE_MS = 30_000;

export function makeWebhookSender(parts: WebhookParts): Sender {
  const { queue, calls, log } = parts;
  const send = async (row: Claimed) => {
    const payload: unknown = JSON.parse(row.payload ?? '{}');
    if (row.state === 'answered') return pass(parts, row, Noted.parse(payload));
    const call = WebhookPayload.parse(payload);
    if (!(await calls.awaits(call))) return void (await queue.settle(row, 'dropped', []));
    const { verdict, tried } = await attempt(parts, call);
    if (verdict.is === 'later' && row.attempts < mostRetries(call))
      return void (await queue.later(row, verdict.code, [tried], verdict.waitMs));
    const outcome: CallOutcome =
      verdict.is === 'done'
        ? { ok: true, status: verdict.status, body: verdict.body }
        : { ok: false, reason: verdict.code };
    const noted = { ...call, noted: { round: row.fence, outcome } };
    if (await queue.note(row, JSON.stringify(noted), [tried])) await pass(parts, row, noted);
  };
  return async (row) => {
    try {
      await send(row);
    } catch (error) {
      log.error('a webhook could not be dealt with, and waits', { outbox: row.id, ticket: row.ticket_id, error });
      await queue.postpone(row, PAUSE_MS);
    }
  };
}

/** The schedule has an end, whatever a template says. */
const mostRetries = ({ retries }: WebhookCall): number => Math.min(retries ?? Infinity, RETRY_MS.length);

async function attempt(
  { clock, outgoing, secrets }: WebhookParts,
  { ticketId, key, url, event, body }: WebhookCall,
): Promise<{ verdict: Verdict; tried: Try }> {
  const at = clock();
  const headers = {
    'X-Paidan-Signature': signatureOf(body, at, await secrets.of(hostOf(url))),
    'X-Paidan-Delivery': `${ticketId}.${key}`,
    'X-Paidan-Event': event,
  };
  const verdict = verdictOf(await outgoing({ url, headers, body }), clock());
  const code = verdict.is === 'done' ? `HTTP ${verdict.status}` : verdict.code;
  const result = { done: 'sent', later: 'later', never: 'dead' }[verdict.is];
  return { verdict, tried: { at, ms: clock() - at, call: 'webhook', code, result, platformId: null } };
}

const WAITS_NO_MORE: ReadonlySet<RefusalCode> = new Set(['not_now', 'ticket_closed', 'ticket_not_found'] as const);

async function pass({ queue, calls }: WebhookParts, row: Claimed, { ticketId, key, url, noted }: Noted): Promise<void> {
  const { round, outcome } = noted;
  try {
    await calls.answered({ ticketId, key, origin: `${row.id}.${round}`, outcome });
  } catch (error) {
    // Any other refusal (nobody to turn to, say) may be mended: the ticket still waits, so the row does.
    if (!(error instanceof Refused && WAITS_NO_MORE.has(error.refusal.refused))) throw error;
  }
  if (outcome.ok) return void (await queue.settle(row, 'sent', []));
  const { zh, en } = callFailed(outcome.reason);
  await queue.bury(row, `${hostOf(url)}: ${outcome.reason}. ${zh} ${en}`, []);
}

/** With its port unless that is the usual one; never the rest of the address, which may carry a secret. */
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '');
