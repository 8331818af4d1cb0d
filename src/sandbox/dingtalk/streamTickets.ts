/** Registering a connection: credentials in, an address and a ticket out. Source: reference/dingtalk.md, 4.1. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { DingtalkAccount } from './account.ts';

export interface Subscription {
  readonly type: string;
  readonly topic: string;
}

export interface Tickets {
  /** @param body as sent */
  open(body: unknown): { status: number; body: object };
  /** Opens exactly one connection. @returns what it subscribed to; null: unknown, used or too old */
  take(ticket: string | null): readonly Subscription[] | null;
  /** Epoch ms of each open call, the last 10 000. */
  readonly opens: readonly number[];
}

const LIFE = 90_000; // ms
const KEPT_OPENS = 10_000;

const isSubscription = (value: unknown): value is Subscription => {
  const { type, topic } = (value ?? {}) as Record<string, unknown>;
  return typeof topic === 'string' && (type === 'CALLBACK' || (type === 'EVENT' && topic === '*'));
};

/** @param endpoint where the socket is, without a query */
export function makeTickets(account: DingtalkAccount, endpoint: string, clock: Clock): Tickets {
  const tickets = new Map<string, { subscriptions: readonly Subscription[]; until: number }>();
  const opens: number[] = [];
  return {
    opens,
    open(body) {
      opens.push(clock());
      if (opens.length > KEPT_OPENS) opens.shift();
      const { clientId, clientSecret, subscriptions } = (body ?? {}) as Record<string, unknown>;
      if (clientId !== account.clientId || clientSecret !== account.clientSecret)
        return { status: 401, body: { requestid: randomUUID(), code: 'authFailed', message: '鉴权失败' } };
      if (!Array.isArray(subscriptions) || !subscriptions.every(isSubscription))
        return {
          status: 400,
          body: { requestid: randomUUID(), code: 'paramError', message: 'subscriptions 参数错误' },
        };
      for (const [old, { until }] of tickets) if (until <= clock()) tickets.delete(old);
      const ticket = randomUUID(); // Clients paste it into the address unescaped.
      tickets.set(ticket, { subscriptions, until: clock() + LIFE });
      return { status: 200, body: { endpoint, ticket } };
    },
    take(ticket) {
      const found = ticket === null ? undefined : tickets.get(ticket);
      if (ticket === null || !found) return null;
      tickets.delete(ticket);
      return found.until > clock() ? found.subscriptions : null;
    },
  };
}
