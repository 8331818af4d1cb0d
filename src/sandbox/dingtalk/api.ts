/** `/sandbox/dingtalk/api/…` and `/oapi/…`: one call from request to answer, with the faults that were ordered. Source: reference/dingtalk.md, 0.2 and 12. */
import { setTimeout as sleep } from 'node:timers/promises';
import type Koa from 'koa';
import { readBody, readObject } from '../body.ts';
import type { Calls, Fault, Faults } from '../faults.ts';
import type { DingtalkCorp } from './corp.ts';
import { isReply, makeMatch, type Endpoint, type Matched, type Reply, type Request } from './endpoint.ts';
import { ApiError, newBody, OapiError, oldBody, refuse } from './errors.ts';
import { MAX_UPLOAD } from './media.ts';
import { checkHeader, checkQuery } from './tokens.ts';
import type { Usage } from './usage.ts';

const MAX_JSON = 1024 * 1024; // bytes

export interface ApiOptions {
  corp: DingtalkCorp;
  endpoints: readonly Endpoint[];
  usage: Usage;
  faults: Faults;
  calls: Calls;
}

export type Host = Endpoint['host'];

/** Answers `ctx` for the call `path` (below the host). */
export function makeApi({ corp, endpoints, usage, faults, calls }: ApiOptions) {
  const match = makeMatch(endpoints);
  return async (ctx: Koa.Context, host: Host, path: string): Promise<void> => {
    const started = performance.now();
    const found = match(host, ctx.method, path);
    const name = found?.endpoint.path ?? path;
    const named = `${ctx.method} ${name}`;
    const fault = faults.take(named, name, path);
    const requestId = corp.ids.bytes(16).toString('hex').toUpperCase();
    let body: unknown;
    const log = (errcode: number | string) => {
      const ms = Math.round(performance.now() - started);
      const said = body === undefined ? {} : { body };
      calls.add({ at: corp.now(), method: ctx.method, path: named, errcode, ms, ...said });
    };
    const raw = await readBody(ctx.req, found?.endpoint.takes === 'form' ? MAX_UPLOAD : MAX_JSON);
    if (fault?.delayMs) await sleep(fault.delayMs, undefined, { ref: false });
    if (fault && isCut(ctx, fault)) return log(-2);
    ctx.set({ 'x-acs-request-id': requestId, 'x-acs-trace-id': requestId.slice(0, 16).toLowerCase() });
    const { reply, errcode } = await attempt(host, requestId, async () => {
      if (fault?.code !== undefined) throw new ApiError(fault.http ?? 400, fault.code);
      if (fault?.errcode !== undefined) throw new OapiError(fault.errcode);
      if (!found) throw unknown(host, path);
      const request = readRequest(ctx, found, raw);
      if (found.endpoint.takes === 'json') ({ body } = request);
      const userid = admit(corp, usage, ctx, found.endpoint, named);
      return found.endpoint.run({ ...request, userid });
    });
    log(errcode);
    if (fault?.loseReply) return cut(ctx);
    ctx.status = reply.status;
    ctx.type = 'application/json; charset=utf-8';
    ctx.body = JSON.stringify(reply.body);
  };
}

async function attempt(host: Host, requestId: string, run: () => Promise<object>) {
  try {
    const answer = await run();
    if (isReply(answer)) return { reply: answer, errcode: answer.status < 300 ? 0 : wordOf(answer) };
    const body = host === 'api' ? answer : { errcode: 0, errmsg: 'ok', ...answer, request_id: requestId };
    return { reply: { status: 200, body }, errcode: 0 };
  } catch (error) {
    if (error instanceof ApiError)
      return { reply: { status: error.status, body: newBody(error, requestId) }, errcode: error.code };
    if (error instanceof OapiError)
      return { reply: { status: 200, body: oldBody(error, requestId) }, errcode: error.errcode };
    throw error;
  }
}

const wordOf = ({ status, body }: Reply): string | number =>
  'code' in body && typeof body.code === 'string' ? body.code : status;

const unknown = (host: Host, path: string) => {
  if (host === 'api') return new ApiError(404, 'InvalidAction.NotFound', 'Specified api is not found');
  return path.startsWith('topapi/') ? new OapiError(22) : new ApiError(404, 'NotFound');
};

/** @throws ApiError | OapiError */
function readRequest(ctx: Koa.Context, { endpoint, path }: Matched, raw: Buffer | null): Omit<Request, 'userid'> {
  const query = new URLSearchParams(ctx.querystring);
  if (raw === null) throw endpoint.host === 'api' ? refuse('param.invalid', 'too large') : new OapiError(40006);
  const request = { query, raw, headers: ctx.req.headers, path, body: {} };
  if (endpoint.takes !== 'json' || raw.length === 0) return request;
  const body = readObject(raw);
  if (!body) throw endpoint.host === 'api' ? refuse('InvalidParameter', 'body is not JSON') : new OapiError(40035);
  return { ...request, body };
}

/** @returns whose token it is, where a person's is asked for. @throws ApiError | OapiError */
function admit(corp: DingtalkCorp, usage: Usage, ctx: Koa.Context, endpoint: Endpoint, name: string): string | null {
  const { host, token, scope, counted } = endpoint;
  usage.pace(host, name);
  let userid: string | null = null;
  if (token !== 'none' && host === 'oapi') checkQuery(corp, new URLSearchParams(ctx.querystring).get('access_token'));
  else if (token !== 'none') userid = checkHeader(corp, ctx.get('x-acs-dingtalk-access-token'), token).userid ?? null;
  if (scope !== null && corp.settings().missingScopes.includes(scope))
    throw host === 'api'
      ? new ApiError(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', '应用尚未开通所需的权限', [scope])
      : new OapiError(88, { code: '60011', text: `没有调用该接口的权限：${scope}` });
  if (counted) usage.call(host);
  return userid;
}

/** Faults that end the call before anything is done. */
export function isCut(ctx: Koa.Context, fault: Fault): boolean {
  if (fault.reset) cut(ctx);
  else if (fault.http !== undefined && fault.code === undefined) {
    ctx.status = fault.http;
    ctx.body = `<html><head><title>${fault.http}</title></head></html>`;
  } else if (fault.garbage) {
    ctx.type = 'application/json';
    ctx.body = '{"success":true,"resu';
  } else return false;
  return true;
}

function cut(ctx: Koa.Context): void {
  ctx.respond = false;
  ctx.res.socket?.destroy();
}
