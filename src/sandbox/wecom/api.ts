/** `/sandbox/wecom/…`: one call from request to answer, with the faults that were ordered. Source: reference/wecom.md, 11.3 and 13. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Koa from 'koa';
import { readBody, readObject } from '../body.ts';
import type { Calls, Fault, Faults } from '../faults.ts';
import { sendFile } from '../fileAnswer.ts';
import type { Corp } from './corp.ts';
import { isFile, makeEndpoints, type Answer, type Endpoint, type Request } from './endpoints.ts';
import { errorBody, textOfCode, WecomError } from './errors.ts';
import { MAX_UPLOAD, type MediaShelf } from './media.ts';
import { checkToken } from './tokens.ts';

const MAX_JSON = 1024 * 1024; // bytes

export interface ApiOptions {
  corp: Corp;
  media: MediaShelf;
  faults: Faults;
  calls: Calls;
}

/** Answers `ctx` for the API call `path` (below cgi-bin). */
export function makeApi({ corp, media, faults, calls }: ApiOptions): (ctx: Koa.Context, path: string) => Promise<void> {
  const endpoints = makeEndpoints(corp, media);
  const frequency = makeFrequency(corp);

  return async (ctx, path) => {
    const started = performance.now();
    const fault = faults.take(path);
    const endpoint = endpoints.get(path);
    let body: unknown;
    const log = (errcode: number) =>
      calls.add({
        at: corp.now(),
        method: ctx.method,
        path,
        errcode,
        ms: Math.round(performance.now() - started),
        ...(body === undefined ? {} : { body }),
      });
    if (!endpoint) return (log(404), void (ctx.status = 404));
    const raw = await readBody(ctx.req, endpoint.takes === 'form' ? MAX_UPLOAD : MAX_JSON);
    if (fault?.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault && isCut(ctx, fault)) return log(-2);
    const answer = await attempt(corp, async () => {
      if (fault?.errcode !== undefined) throw new WecomError(fault.errcode);
      if (!endpoint.uncounted) frequency(path);
      const request = readRequest(ctx, endpoint, raw);
      if (endpoint.takes === 'json') ({ body } = request);
      checkAccess(corp, endpoint, request.query);
      return endpoint.run(request);
    });
    log(typeof answer['errcode'] === 'number' ? answer['errcode'] : 0);
    if (fault?.loseReply) return cut(ctx);
    respond(ctx, answer);
  };
}

async function attempt(corp: Corp, run: () => Answer | Promise<Answer>): Promise<Answer & Record<string, unknown>> {
  try {
    const answer = await run();
    return isFile(answer) ? { ...answer } : { errcode: 0, errmsg: 'ok', ...answer };
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    return { ...errorBody(error.code, error.message, corp.ids, corp.now()), ...error.extra };
  }
}

function respond(ctx: Koa.Context, answer: Answer): void {
  ctx.status = 200;
  if (isFile(answer)) return sendFile(ctx, answer.file, answer.bytes);
  ctx.type = 'application/json; charset=UTF-8';
  ctx.body = JSON.stringify(answer);
}

/** @throws WecomError */
function readRequest(ctx: Koa.Context, endpoint: Endpoint, raw: Buffer | null): Request {
  const query = new URLSearchParams(ctx.querystring);
  if (raw === null) throw new WecomError(endpoint.takes === 'form' ? 45001 : 40206);
  const request = { query, raw, headers: ctx.req.headers, body: {} };
  // A call by GET of what takes a body does not say so: it goes on as if every field were missing.
  if (endpoint.takes !== 'json' || ctx.method !== 'POST') return request;
  const body = readObject(raw);
  if (!body) throw new WecomError(40035, '', { errmsg: `Warning: wrong json format. ${textOfCode(40035)}` });
  return { ...request, body };
}

/** @throws WecomError 41001, 40014, 42001, or what the other kind of token gets */
function checkAccess(corp: Corp, endpoint: Endpoint, query: URLSearchParams): void {
  if (endpoint.token === 'none') return;
  const token = checkToken(corp, query.get('access_token'));
  if (endpoint.token !== 'either' && token.kind !== endpoint.token) throw new WecomError(endpoint.otherwise ?? 48002);
}

/** Faults that end the call before anything is done. */
function isCut(ctx: Koa.Context, fault: Fault): boolean {
  if (fault.reset) cut(ctx);
  else if (fault.http !== undefined) {
    ctx.status = fault.http;
    ctx.body = `<html><head><title>${fault.http}</title></head></html>`;
  } else if (fault.garbage) {
    ctx.type = 'application/json';
    ctx.body = '{"errcode":0,"errm';
  } else return false;
  return true;
}

function cut(ctx: Koa.Context): void {
  ctx.respond = false;
  ctx.res.socket?.destroy();
}

/** Calls of one API per minute. */
function makeFrequency(corp: Corp): (path: string) => void {
  let minute = 0;
  let counts = new Map<string, number>();
  return (path) => {
    const now = Math.floor(corp.now() / 60_000);
    if (now !== minute) {
      minute = now;
      counts = new Map();
    }
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (count > corp.settings().callsPerMinute) throw new WecomError(45009);
  };
}
