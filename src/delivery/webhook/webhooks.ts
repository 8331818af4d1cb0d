/** The relay of calls to other systems: apart from that of messages, and no host takes more than its share of it. */
import type { Log } from '../../lib/log.ts';
import { callHostOf } from '../../ticket/outboxRow.ts';
import { type Delivery, makeDelivery } from '../deliver.ts';
import { makeQueue, type QueueParts } from '../queue.ts';
import { makeWebhookSender, type WebhookParts } from './sendWebhook.ts';

/** Calls under way at once in this process, in all and to one host: those that hang leave room for the others. */
const WIDTH = 16;
const PER_HOST = 4;

type Parts = Omit<WebhookParts, 'queue'> & QueueParts & { readonly log: Log; readonly lookMs?: number };

export function makeWebhooks(parts: Parts): Delivery {
  const queue = makeQueue({ ...parts, of: 'calls' });
  return makeDelivery({
    ...{ queue, log: parts.log, width: WIDTH, apart: { of: callHostOf, most: PER_HOST } },
    ...(parts.lookMs === undefined ? {} : { lookMs: parts.lookMs }),
    senders: { webhook: makeWebhookSender({ ...parts, queue }) },
  });
}
