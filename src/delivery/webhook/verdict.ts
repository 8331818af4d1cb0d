/** What a receiver's reply means for the webhook. Codes have their words in `card/callFailed.ts`. */
import type { Reply } from '../outgoing/client.ts';
import { RETRY_MS } from '../retry.ts';

export type Verdict =
  | { readonly is: 'done'; readonly status: number; readonly body: unknown }
  /** Trying again may help, after `waitMs` at the soonest. */
  | { readonly is: 'later'; readonly code: string; readonly waitMs: number }
  | { readonly is: 'never'; readonly code: string };

/** @param now epoch ms, for a receiver that names the time at which to come again */
export function verdictOf(reply: Reply, now: number): Verdict {
  if (reply.kind === 'forbidden') return { is: 'never', code: reply.why };
  if (reply.kind === 'failed') return { is: 'later', code: reply.code, waitMs: 0 };
  const { status } = reply;
  if (status >= 200 && status < 300) return { is: 'done', status, body: bodyOf(reply.body) };
  const code = `HTTP ${status}`;
  const mayHelp = status >= 500 || status === 408 || status === 429;
  return mayHelp ? { is: 'later', code, waitMs: waitOf(reply.retryAfter, now) } : { is: 'never', code };
}

/** No receiver puts a call off for longer than the schedule's own longest pause. */
const MOST_WAIT_MS = Math.max(...RETRY_MS);

/** `Retry-After`: seconds, or a time. What is neither says nothing. */
function waitOf(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  const ms = /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), MOST_WAIT_MS);
}

/** Deeper than this nobody means it, and writing it down again would end on the stack's limit. */
const MOST_DEPTH = 32;

function bodyOf(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    return isDeeper(read, MOST_DEPTH) ? text : read;
  } catch {
    return text;
  }
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}
