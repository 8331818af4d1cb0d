/**
 * A call to DingTalk that did not work, without the request: axios's own errors carry the address and the token, so they
 * end here and are neither kept as `cause` nor logged.
 */
import { isAxiosError } from 'axios';
import type { Sent } from '../port.ts';
import { classOf, waitOf } from './codes.ts';

export type Failure =
  /** The platform understood and said no. `status`: of HTTP. `scopes`: what the app was not granted. */
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
      readonly status: number;
      readonly scopes: readonly string[];
    }
  /** Nothing was asked: no connection, or turned away at the door. */
  | { readonly kind: 'unreached'; readonly code: string; readonly reason?: string; readonly waitMs?: number }
  /** Asked, and no answer that could be understood: it may have happened. */
  | { readonly kind: 'unanswered'; readonly code: string };

/** A call whose failure the caller can't do anything about. Carries no address, no token. */
export class DingtalkError extends Error {
  override readonly name = 'DingtalkError';
  /** As `v1.0/card/instances`. */
  readonly call: string;
  readonly failure: Failure;
  constructor(call: string, failure: Failure) {
    super(`DingTalk ${call}: ${failure.code} ${reasonOf(failure)}`);
    this.call = call;
    this.failure = failure;
  }
}

const BEFORE_WRITING = new Set(['connect', 'getaddrinfo']);
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_)/;

/** @throws what is no failure of the wire */
export function failureOf(error: unknown): Failure {
  if (error instanceof DingtalkError) return error.failure;
  if (!isAxiosError(error)) throw error;
  const code = error.code ?? 'ERR_UNKNOWN';
  if (error.response) return { kind: 'unanswered', code: `HTTP ${error.response.status}` };
  const syscall = (error.cause as { syscall?: string } | undefined)?.syscall ?? (error as { syscall?: string }).syscall;
  const unreached = NEVER_CONNECTED.test(code) || (syscall !== undefined && BEFORE_WRITING.has(syscall));
  return unreached ? { kind: 'unreached', code } : { kind: 'unanswered', code };
}

export function reasonOf(failure: Failure): string {
  if (failure.kind === 'unanswered') return 'no usable answer, it may have happened';
  if (failure.kind === 'unreached') return failure.reason ?? 'not reached, nothing happened';
  const { message, scopes } = failure;
  return scopes.length === 0 ? message : `${message} – grant the app these scopes: ${scopes.join(', ')}`;
}

/** People fix settings in minutes. */
const CONFIG_WAIT = 10 * 60_000;
/** The month may be long yet; a bigger plan helps at once. */
const QUOTA_WAIT = 60 * 60_000;

/** Without a token nothing else was asked: however that failed, what needed the token did not happen. */
export function withoutToken(failure: Failure): Failure {
  if (failure.kind === 'unreached') return failure;
  const told = { kind: 'unreached', code: failure.code } as const;
  if (failure.kind === 'unanswered') return { ...told, reason: 'no token' };
  const kind = classOf(failure.code);
  const reason = reasonOf(failure);
  if (kind === 'busy') return { ...told, reason };
  return { ...told, reason, waitMs: kind === 'throttle' ? waitOf(failure.code) : CONFIG_WAIT };
}

/** What became of a message, for whoever keeps it. */
export function sentFrom(failure: Failure): Sent {
  const told = { platformCode: failure.code, reason: reasonOf(failure) };
  if (failure.kind === 'unanswered') return { result: 'unknown', ...told };
  if (failure.kind === 'unreached')
    return { result: 'later', ...told, ...(failure.waitMs === undefined ? {} : { waitMs: failure.waitMs }) };
  switch (classOf(failure.code)) {
    case 'busy':
      return { result: 'later', ...told };
    case 'throttle':
      return { result: 'later', ...told, waitMs: waitOf(failure.code) };
    case 'quota':
      return { result: 'later', ...told, waitMs: QUOTA_WAIT };
    // Not accepted even when fresh: the secret was changed or the app switched off.
    case 'token':
    case 'config':
      return { result: 'later', ...told, waitMs: CONFIG_WAIT };
    case 'unsure':
      return { result: 'unknown', ...told };
    case 'arrived':
      return { result: 'arrived', ...told };
    case 'unreachable':
      return { result: 'dead', ...told };
    case 'never':
      // An error inside the platform that no table knows says nothing about what was done before it.
      return failure.status >= 500 ? { result: 'unknown', ...told } : { result: 'dead', ...told };
  }
}

export const dead = (platformCode: string, reason: string): Sent => ({ result: 'dead', platformCode, reason });
