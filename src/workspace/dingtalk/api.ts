/**
 * Calls to DingTalk's two APIs. The new one answers with HTTP status and a word, its token is a header; the old one always
 * with HTTP 200 and a number, its token stands in the address, so no address is ever logged. One token does for both. A token
 * that is not accepted is renewed once and the call made once more. Source: reference/dingtalk.md, 0.2 and 1.1.
 */
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { z } from 'zod';
import type { Log } from '../../lib/log.ts';
import type { Meter } from '../port.ts';
import type { Token } from '../token.ts';
import { readNew, readOld, type Answered } from './answerOf.ts';
import { classOf } from './codes.ts';
import { DingtalkError, failureOf, reasonOf, withoutToken, type Failure } from './failure.ts';

/** A large department's people fit; a flood does not. */
const MAX_ANSWER = 32 * 1024 * 1024;

export interface Call {
  readonly host: 'api' | 'oapi';
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As `v1.0/card/instances` or `topapi/v2/user/get`; of both hosts. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Not taken from the month's volume: sign-in and contacts. */
  readonly free?: boolean;
}

export type Outcome<T> = { readonly answer: T } | { readonly failure: Failure };

export interface Api {
  /** The answer as `shape` reads it; a failure is a value, for whoever keeps what was to be sent. */
  attempt<T>(call: Call, shape: z.ZodType<T>): Promise<Outcome<T>>;
  /** @throws DingtalkError */
  ask<T>(call: Call, shape: z.ZodType<T>): Promise<T>;
  /** With another token than the app's (a person's), or without any: never renewed. */
  bare<T>(call: Call, shape: z.ZodType<T>, token?: string): Promise<Outcome<T>>;
}

export interface Hosts {
  /** Without a slash at their end. */
  readonly apiBase: string;
  readonly oapiBase: string;
}

export function makeHttp(timeoutMs: number): AxiosInstance {
  return axios.create({
    timeout: timeoutMs,
    maxContentLength: MAX_ANSWER,
    // A redirect would carry the token to somebody else.
    maxRedirects: 0,
    transitional: { clarifyTimeoutError: true },
    // Read by us: an answer that is not JSON must not pass as a string.
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    // Without it the gateway may answer XML.
    headers: { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' },
  });
}

interface ApiParts extends Hosts {
  readonly http: AxiosInstance;
  readonly token: Token;
  readonly meter: Meter;
  readonly log: Log;
}

export function makeApi(parts: ApiParts): Api {
  const { token, log } = parts;

  async function once<T>(call: Call, shape: z.ZodType<T>, by: string | null): Promise<T> {
    const outcome = await request(parts, call, shape, by);
    // Calls that were never reached or were one too many are not taken from the volume.
    const counts =
      'answer' in outcome || !(outcome.failure.kind === 'unreached' || classOf(outcome.failure.code) === 'throttle');
    if (counts && !call.free) parts.meter.count('calls');
    if ('failure' in outcome) throw new DingtalkError(call.path, outcome.failure);
    return outcome.answer;
  }

  async function ask<T>(call: Call, shape: z.ZodType<T>): Promise<T> {
    try {
      const first = await orNoToken(token.get());
      try {
        return await once(call, shape, first);
      } catch (error) {
        if (!isOldToken(failureOf(error))) throw error;
      }
      return await once(call, shape, await orNoToken(token.renewed(first)));
    } catch (error) {
      if (error instanceof DingtalkError) tellOf(error, log);
      throw error;
    }
  }

  return {
    ask,
    async attempt(call, shape) {
      try {
        return { answer: await ask(call, shape) };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },
    async bare(call, shape, by) {
      try {
        return { answer: await once(call, shape, by ?? null) };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },
  };
}

const isOldToken = (failure: Failure): boolean => failure.kind === 'refused' && classOf(failure.code) === 'token';

function tellOf({ call, failure }: DingtalkError, log: Log): void {
  // An earlier attempt arrived: nothing is wrong.
  if (failure.kind === 'refused' && classOf(failure.code) === 'arrived') return;
  log.warn('call failed', { call, code: failure.code, reason: reasonOf(failure) });
}

async function orNoToken(token: Promise<string>): Promise<string> {
  try {
    return await token;
  } catch (error) {
    throw new DingtalkError('v1.0/oauth2/accessToken', withoutToken(failureOf(error)));
  }
}

/** One request and no more. */
async function request<T>(
  { http, apiBase, oapiBase }: Pick<ApiParts, 'http' | keyof Hosts>,
  { host, method = 'POST', path, query, body }: Call,
  shape: z.ZodType<T>,
  token: string | null,
): Promise<Outcome<T>> {
  const isNew = host === 'api';
  let response: AxiosResponse<string>;
  try {
    response = await http.request<string>({
      method,
      url: `${isNew ? apiBase : oapiBase}/${path}`,
      params: { ...query, ...(isNew || token === null ? {} : { access_token: token }) },
      ...(method === 'GET' || method === 'DELETE' ? {} : { data: body ?? {} }),
      ...(isNew && token !== null ? { headers: { 'x-acs-dingtalk-access-token': token } } : {}),
    });
  } catch (error) {
    return { failure: failureOf(error) };
  }
  const read: Answered = isNew ? readNew(response.status, response.data) : readOld(response.status, response.data);
  if ('failure' in read) return read;
  const answer = shape.safeParse(read.answer);
  return answer.success
    ? { answer: answer.data }
    : { failure: { kind: 'unanswered', code: 'an answer of another shape' } };
}

const TokenAnswer = z.object({ accessToken: z.string().min(1), expireIn: z.coerce.number().positive() });

/** The app's token, which stands before all others. @throws DingtalkError */
export async function fetchToken(
  parts: Pick<ApiParts, 'http' | keyof Hosts>,
  appKey: string,
  appSecret: string,
): Promise<{ token: string; expiresIn: number }> {
  const call: Call = { host: 'api', path: 'v1.0/oauth2/accessToken', body: { appKey, appSecret } };
  const outcome = await request(parts, call, TokenAnswer, null);
  if ('failure' in outcome) throw new DingtalkError(call.path, outcome.failure);
  return { token: outcome.answer.accessToken, expiresIn: outcome.answer.expireIn };
}

/** Whether the platform will say the same again: a wrong secret, not a bad moment. */
export function isNoForGood(error: unknown): boolean {
  if (!(error instanceof DingtalkError) || error.failure.kind !== 'refused') return false;
  const kind = classOf(error.failure.code);
  return kind !== 'busy' && kind !== 'throttle' && error.failure.status < 500;
}

/** A POST to an address that the platform gave, which carries its own right. @returns nothing that counts, or a failure */
export async function postTo(http: AxiosInstance, address: string, body: object): Promise<Outcome<unknown>> {
  try {
    const { status, data } = await http.post<string>(address, body);
    return readOld(status, data);
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
