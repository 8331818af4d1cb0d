/**
 * Calls to WeCom's server API. Every answer is HTTP 200 with `errcode`; a token that is not accepted is renewed once and
 * the call made once more. The token travels in the address (WeCom takes it nowhere else), so no address is ever logged.
 */
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { z } from 'zod';
import type { Log } from '../../lib/log.ts';
import type { Token } from '../token.ts';
import { classOf } from './codes.ts';
import { failureOf, reasonOf, codeOf, statusFailure, WecomError, withoutToken, type Failure } from './failure.ts';

/** A large department's people fit; a flood does not. */
const MAX_ANSWER = 32 * 1024 * 1024;

interface Call {
  /** Below `/cgi-bin/`, e.g. `message/send`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  /** Given: POST with this JSON. */
  readonly body?: object;
}

type Outcome<T> = { readonly answer: T } | { readonly failure: Failure };

export interface Api {
  /** The answer as `shape` reads it; a failure is a value, for whoever keeps what was to be sent. */
  attempt<T>(call: Call, shape: z.ZodType<T>): Promise<Outcome<T>>;
  /** @throws WecomError */
  ask<T>(call: Call, shape: z.ZodType<T>): Promise<T>;
  /** For answers that are not JSON. `use` may throw WecomError for what it finds in them. @throws WecomError */
  withToken<T>(name: string, use: (http: AxiosInstance, token: string) => Promise<T>): Promise<T>;
}

/** @param apiBase without a slash at its end */
export function makeHttp(apiBase: string, timeoutMs: number): AxiosInstance {
  return axios.create({
    baseURL: `${apiBase}/cgi-bin/`,
    timeout: timeoutMs,
    maxContentLength: MAX_ANSWER,
    // A redirect would carry the token to somebody else.
    maxRedirects: 0,
    // An answer that is not JSON must not pass as a string.
    transitional: { silentJSONParsing: false, clarifyTimeoutError: true },
    responseType: 'json',
    validateStatus: (status) => status === 200,
  });
}

export function makeApi({ http, token, log }: { http: AxiosInstance; token: Token; log: Log }): Api {
  async function withToken<T>(name: string, use: (http: AxiosInstance, token: string) => Promise<T>): Promise<T> {
    const first = await orNoToken(token.get());
    try {
      return await use(http, first);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'refused' || classOf(failure.errcode) !== 'token') throw new WecomError(name, failure);
    }
    const second = await orNoToken(token.renewed(first));
    try {
      return await use(http, second);
    } catch (error) {
      throw new WecomError(name, failureOf(error));
    }
  }

  async function ask<T>({ path, query, body }: Call, shape: z.ZodType<T>): Promise<T> {
    try {
      return await withToken(path, async (client, access_token) =>
        answerOf(await client.request<unknown>(requestOf(path, { ...query, access_token }, body)), path, shape),
      );
    } catch (error) {
      if (error instanceof WecomError)
        log.warn('call failed', { call: error.call, code: codeOf(error.failure), reason: reasonOf(error.failure) });
      throw error;
    }
  }

  return {
    ask,
    withToken,
    async attempt(call, shape) {
      try {
        return { answer: await ask(call, shape) };
      } catch (error) {
        return { failure: failureOf(error) };
      }
    },
  };
}

async function orNoToken(token: Promise<string>): Promise<string> {
  try {
    return await token;
  } catch (error) {
    throw new WecomError('gettoken', withoutToken(failureOf(error)));
  }
}

const requestOf = (url: string, params: object, data?: object): AxiosRequestConfig =>
  data ? { url, params, data, method: 'POST' } : { url, params, method: 'GET' };

/** Kept whole in the log, within reason: its wording is the platform's only hint at what to fix. */
const errmsg = z
  .string()
  .default('')
  .transform((text) => text.slice(0, 500));
const Told = z.object({ errcode: z.number(), errmsg });

/** @throws WecomError when the platform said no, or something that is not its answer */
function answerOf<T>({ data }: { data: unknown }, path: string, shape: z.ZodType<T>): T {
  const told = Told.safeParse(data);
  if (!told.success) throw new WecomError(path, statusFailure(200));
  if (told.data.errcode !== 0) throw new WecomError(path, { kind: 'refused', ...told.data });
  const answer = shape.safeParse(data);
  if (!answer.success) throw new WecomError(path, { kind: 'unanswered', code: 'an answer of another shape' });
  return answer.data;
}

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** `gettoken`, which stands before all tokens. @throws WecomError */
export async function fetchToken(http: AxiosInstance, corpid: string, corpsecret: string) {
  try {
    const answer = await http.request<unknown>(requestOf('gettoken', { corpid, corpsecret }));
    const { access_token: token, expires_in: expiresIn } = answerOf(answer, 'gettoken', TokenAnswer);
    return { token, expiresIn };
  } catch (error) {
    throw new WecomError('gettoken', failureOf(error));
  }
}

/** Whether the platform will say the same again: a wrong secret, not a bad moment. */
export function isNoForGood(error: unknown): boolean {
  if (!(error instanceof WecomError) || error.failure.kind !== 'refused') return false;
  const kind = classOf(error.failure.errcode);
  return kind !== 'busy' && kind !== 'window';
}
