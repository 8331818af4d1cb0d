/** Who calls the API: a program by its token, or a person by their session. */
import type { Context } from 'koa';
import type { PersonId } from '../../flow/directory.ts';
import { Refused, refuse } from '../../lib/refusal.ts';
import type { Scope } from '../../people/apiToken.ts';
import type { Http } from '../parts.ts';
import { EdgeError } from '../edge/apiError.ts';
import type { Cookies } from './cookie.ts';
import { seatOf } from './seat.ts';

export interface Caller {
  readonly personId: PersonId;
  /** Names the caller as the source of commands: `token:7`, `web:3`. */
  readonly source: string;
  /** Widest scope; a session has them all, within the person's rights. */
  readonly scope: Scope;
}

const WIDTH: Readonly<Record<Scope, number>> = { read: 1, write: 2, admin: 3 };

interface Parts extends Pick<Http, 'tokens' | 'sessions' | 'sandbox'> {
  readonly cookies: Cookies;
}

/** @throws Refused `not_signed_in`, `not_allowed` (scope); EdgeError `csrf` */
export async function callerOf(ctx: Context, parts: Parts, needs: Scope): Promise<Caller> {
  const bearer = /^bearer +(\S{1,200})$/i.exec(ctx.get('authorization'))?.[1];
  const caller = bearer === undefined ? await byCookie(ctx, parts) : await byToken(bearer, parts.tokens);
  if (!caller) {
    ctx.set('www-authenticate', 'Bearer');
    throw new Refused(refuse('not_signed_in'));
  }
  if (WIDTH[caller.scope] < WIDTH[needs]) throw new Refused(refuse('not_allowed', { scope: needs }));
  return caller;
}

async function byToken(bearer: string, tokens: Http['tokens']): Promise<Caller | null> {
  const token = await tokens.check(bearer);
  if (!token) return null;
  const [scope] = [...token.scopes].sort((a, b) => WIDTH[b] - WIDTH[a]);
  return scope ? { personId: token.personId, source: `token:${token.id}`, scope } : null;
}

async function byCookie(ctx: Context, parts: Parts): Promise<Caller | null> {
  const { sessions, cookies } = parts;
  const cookie = cookies.session(ctx, seatOf(ctx, parts));
  const session = cookie === undefined ? null : await sessions.check(cookie);
  if (!session) return null;
  // Another site can make a browser send our cookie, but not this header.
  const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
  if (!isRead && ctx.get('x-paidan') !== '1') throw new EdgeError('csrf');
  return { personId: session.personId, source: `web:${session.personId}`, scope: 'admin' };
}
