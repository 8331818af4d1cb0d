/** Everything under `/auth/`. */
import type { Context, Middleware } from 'koa';
import { EdgeError } from '../edge/apiError.ts';
import type { ClientIp } from '../edge/clientIp.ts';
import type { TakeTurn } from '../edge/rate.ts';
import type { Http } from '../parts.ts';
import type { Cookies } from './cookie.ts';
import { makeFirstAdmin } from './firstAdmin.ts';
import { seatOf } from './seat.ts';
import { makeSignIn } from './signIn.ts';

interface Parts extends Http {
  readonly cookies: Cookies;
  readonly ip: ClientIp;
  readonly takeTurn: TakeTurn;
}

export function auth(parts: Parts): Middleware {
  const signIn = makeSignIn(parts);
  const firstAdmin = makeFirstAdmin(parts);
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/auth/')) return void (await next());
    await parts.takeTurn(ctx, `auth:${parts.ip(ctx)}`);
    if (ctx.path === '/auth/logout' && ctx.method === 'POST') return signOut(ctx, parts);
    if (await firstAdmin.handle(ctx)) return;
    if (await signIn.handle(ctx)) return;
    await next();
  };
}

async function signOut(ctx: Context, parts: Parts): Promise<void> {
  const { cookies, sessions } = parts;
  if (ctx.get('x-paidan') !== '1') throw new EdgeError('csrf');
  const seat = seatOf(ctx, parts);
  const cookie = cookies.session(ctx, seat);
  if (cookie !== undefined) await sessions.close(cookie);
  cookies.clearSession(ctx, seat);
  ctx.status = 204;
}
