/**
 * A call to WeCom that did not work, without the request: axios's own errors carry the address with its token, so they
 * end here and are neither kept as `cause` nor logged.
 */
import { isAxiosError } from 'axios';
import type { Sent } from '../port.ts';
import { classOf } from './codes.ts';

export type Failure =
  /** The platform understood and said no. */
  | { readonly kind: 'refused'; readonly errcode: number; readonly errmsg: string }
  /** Nothing was asked: no connection, or turned away at the door. */
  | { readonly kind: 'unreached'; readonly code: string; readonly reason?: string; readonly waitMs?: number }
  /** Asked, and no answer that could be understood: it may have happened. */
  | { readonly kind: 'unanswered'; readonly code: string };

/** A call whose failure the caller can't do anything about. Carries no address, no token. */
export class WecomError extends Error {
  override readonly name = 'WecomError';
  /** Below `/cgi-bin/`, e.g. `message/send`. */
  readonly call: string;
  readonly failure: Failure;
  constructor(call: string, failure: Failure) {
    super(`WeCom ${call}: ${codeOf(failure)} ${reasonOf(failure)}`);
    this.call = call;
    this.failure = failure;
  }
}

const BEFORE_WRITING = new Set(['connect', 'getaddrinfo']);
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_)/;
/** Turned away before anything was done; the other 5xx may come after it. */
const TURNED_AWAY = new Set([408, 429, 503]);

/** @throws what is no failure of the wire */
export function failureOf(error: unknown): Failure {
  if (error instanceof WecomError) return error.failure;
  if (!isAxiosError(error)) throw error;
  const code = error.code ?? 'ERR_UNKNOWN';
  if (error.response) return statusFailure(error.response.status, error.response.headers['retry-after']);
  const syscall = (error.cause as { syscall?: string } | undefined)?.syscall ?? (error as { syscall?: string }).syscall;
  const unreached = NEVER_CONNECTED.test(code) || (syscall !== undefined && BEFORE_WRITING.has(syscall));
  return unreached ? { kind: 'unreached', code } : { kind: 'unanswered', code };
}

export function statusFailure(status: number, retryAfter?: unknown): Failure {
  const code = `HTTP ${status}`;
  if (!TURNED_AWAY.has(status)) return { kind: 'unanswered', code };
  const seconds = typeof retryAfter === 'string' ? Number(retryAfter) : Number.NaN;
  return seconds > 0
    ? { kind: 'unreached', code, waitMs: Math.min(seconds, 3600) * 1000 }
    : { kind: 'unreached', code };
}

export const codeOf = (failure: Failure): string =>
  failure.kind === 'refused' ? String(failure.errcode) : failure.code;

export function reasonOf(failure: Failure): string {
  if (failure.kind === 'refused') return failure.errmsg;
  if (failure.kind === 'unanswered') return 'no usable answer, it may have happened';
  return failure.reason ?? 'not reached, nothing happened';
}

/** The shortest of the windows behind 45009 (a minute, an hour, a day): which one it was is not said. */
const WINDOW = 60_000;
/** People fix settings in minutes, and asking for a token with a wrong secret too often gets the address banned. */
const CONFIG_WAIT = 10 * 60_000;

/** Without a token nothing else was asked: however that failed, what needed the token did not happen. */
export function withoutToken(failure: Failure): Failure {
  const told = { kind: 'unreached', code: codeOf(failure), reason: reasonOf(failure) } as const;
  if (failure.kind === 'refused') {
    const kind = classOf(failure.errcode);
    return kind === 'busy' ? told : { ...told, waitMs: kind === 'window' ? WINDOW : CONFIG_WAIT };
  }
  return failure.kind === 'unreached' ? failure : { ...told, reason: 'no token' };
}

/** What became of a message, for whoever keeps it. */
export function sentFrom(failure: Failure): Sent {
  const told = { platformCode: codeOf(failure), reason: reasonOf(failure) };
  if (failure.kind === 'unanswered') return { result: 'unknown', ...told };
  if (failure.kind === 'unreached')
    return { result: 'later', ...told, ...(failure.waitMs === undefined ? {} : { waitMs: failure.waitMs }) };
  switch (classOf(failure.errcode)) {
    case 'busy':
      return { result: 'later', ...told };
    case 'window':
      return { result: 'later', ...told, waitMs: WINDOW };
    // Not accepted even when fresh: the secret was changed or the app switched off.
    case 'token':
    case 'config':
      return { result: 'later', ...told, waitMs: CONFIG_WAIT };
    case 'code':
      return { result: 'code_gone', ...told };
    case 'arrived':
      return { result: 'arrived', ...told };
    case 'receiver':
    case 'never':
      return { result: 'dead', ...told };
  }
}
