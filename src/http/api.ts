/** Mounts the contract's routes: who calls, what they sent, one handler, its answer. No rules live here. */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { Refused, refuse, type RefusalCode } from '../lib/refusal.ts';
import type { Origin } from '../ticket/once.ts';
import { type Caller, callerOf } from './auth/caller.ts';
import type { Cookies } from './auth/cookie.ts';
import { SEAT_PARAMETER } from './contract/seat.ts';
import { type Answer, type Body, type Params, type Query, type RouteName, ROUTES } from './contract/routes.ts';
import type { Route } from './contract/route.ts';
import { EdgeError } from './edge/apiError.ts';
import { readJson } from './edge/body.ts';
import type { ClientIp } from './edge/clientIp.ts';
import { parse } from './edge/parse.ts';
import type { TakeTurn } from './edge/rate.ts';
import { openApi } from './openApi.ts';
import type { Http } from './parts.ts';
import { type Reader, readerOf } from './present/reader.ts';

export interface Call<N extends RouteName> {
  readonly params: Params<N>;
  readonly query: Query<N>;
  readonly body: Body<N>;
  readonly caller: Caller;
  readonly reader: Reader;
  /** Names the command, where the route takes an Idempotency-Key and one was sent. */
  readonly origin: Origin | null;
  /** For what is no JSON: uploads and downloads. */
  readonly ctx: Context;
}

/** One for every route of the contract: a forgotten one does not compile. */
export type Handlers = { readonly [N in RouteName]: (call: Call<N>) => Promise<Answer<N>> };

interface Parts {
  readonly http: Http;
  readonly handlers: Handlers;
  readonly cookies: Cookies;
  readonly ip: ClientIp;
  readonly takeTurn: TakeTurn;
}

export function api(parts: Parts): Middleware {
  const router = new Router();
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const { method, path } = ROUTES[name];
    router.register(path.replace(/\{(\w+)\}/g, ':$1'), [method], (ctx) => serve(ctx, name, parts));
  }
  const text = JSON.stringify(openApi());
  router.get('/api/v1/openapi.json', (ctx) => {
    ctx.type = 'json';
    ctx.body = text;
  });
  const routes = router.routes() as unknown as Middleware;
  const allowed = router.allowedMethods() as unknown as Middleware;
  const nothing = async () => undefined;
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/api/')) return void (await next());
    ctx.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    await routes(ctx, nothing);
    const answered = ctx.body !== undefined || ctx.status === 204;
    if (answered) return;
    await allowed(ctx, nothing);
    if (ctx.status === 200) return; // The answer to OPTIONS.
    throw new EdgeError(ctx.status === 405 || ctx.status === 501 ? 'method_not_allowed' : 'no_route');
  };
}

async function serve(ctx: Context, name: RouteName, { http, handlers, cookies, ip, takeTurn }: Parts): Promise<void> {
  const route: Route = ROUTES[name];
  let caller: Caller;
  try {
    caller = await callerOf(ctx, { ...http, cookies }, route.scope);
  } catch (error) {
    // People behind one address share it; only those who fail to say who they are are counted by it.
    await takeTurn(ctx, `ip:${ip(ctx)}`);
    throw error;
  }
  await takeTurn(ctx, `person:${caller.personId}`);
  const params = paramsOf(ctx, route);
  const { [SEAT_PARAMETER]: _seat, ...query } = ctx.query;
  const call = {
    params,
    query: route.query ? parse(route.query, query) : undefined,
    body: route.body && route.body !== 'multipart' ? parse(route.body, await readJson(ctx)) : undefined,
    caller,
    reader: readerOf(ctx, caller.personId, http),
    origin: originOf(ctx, name, caller, params),
    ctx,
  };
  const handler = handlers[name] as (call: unknown) => Promise<unknown>;
  const answer = await handler(call);
  if (route.answer === 'bytes') return;
  ctx.status = route.status;
  ctx.body = route.answer === null ? null : answer;
}

/** An address that can't name anything is answered like one that names nothing. */
function paramsOf(ctx: Context, route: Route): unknown {
  if (!route.params) return undefined;
  const found = route.params.safeParse((ctx as unknown as { params: unknown }).params);
  if (found.success) return found.data;
  const missing = route.problems.find((code): code is RefusalCode => code.endsWith('not_found'));
  throw new Refused(refuse(missing ?? 'not_found'));
}

/** @throws Refused `bad_input` for a key that can't be kept */
function originOf(ctx: Context, name: RouteName, caller: Caller, params: unknown): Origin | null {
  const key = ctx.get('idempotency-key');
  const route: Route = ROUTES[name];
  if (!route.once || key === '') return null;
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    const field = 'Idempotency-Key';
    const zh = '「Idempotency-Key」要有 1 到 128 个可见的 ASCII 字符，请改短或换一个';
    const en = '“Idempotency-Key” takes 1 to 128 visible ASCII characters: choose another one';
    throw new Refused(refuse('bad_input', {}, [{ field, label: field, zh, en }]));
  }
  // The same key on another address is another command.
  const id = (params as { id?: number } | undefined)?.id;
  return { source: caller.source, key, part: id === undefined ? name : `${name}:${id}` };
}
