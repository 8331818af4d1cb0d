/** Our cookies: the session, and one per sign-in under way, so that two tabs don't lose each other's. */
import type { Context } from 'koa';
import { sessionCookie } from '../contract/seat.ts';
import type { Seat } from './seat.ts';

const SIGN_IN_MS = 10 * 60_000;

export interface Cookies {
  session(ctx: Context, seat: Seat): string | undefined;
  setSession(ctx: Context, seat: Seat, token: string, until: number): void;
  clearSession(ctx: Context, seat: Seat): void;
  /** Remembers where a sign-in leads. @param state letters and digits */
  begin(ctx: Context, state: string, to: string): void;
  /** Where the sign-in led, once. @returns null when this browser never began it */
  end(ctx: Context, state: string): string | null;
}

/** @param secure the service is reached by https */
export function makeCookies(secure: boolean): Cookies {
  const common = { httpOnly: true, sameSite: 'lax', secure, overwrite: true } as const;
  const write = (ctx: Context, name: string, value: string, more: { path: string; expires: Date }) => {
    // Koa refuses secure cookies over a connection that a proxy has already decrypted; the public address decides.
    ctx.cookies.secure = secure;
    ctx.cookies.set(name, value, { ...common, ...more });
  };
  const past = new Date(0);
  return {
    session: (ctx, seat) => ctx.cookies.get(sessionCookie(seat)),
    setSession: (ctx, seat, token, until) =>
      write(ctx, sessionCookie(seat), token, { path: '/', expires: new Date(until) }),
    clearSession: (ctx, seat) => write(ctx, sessionCookie(seat), '', { path: '/', expires: past }),
    begin: (ctx, state, to) =>
      write(ctx, nameOf(state), encodeURIComponent(to), { path: '/auth/', expires: new Date(Date.now() + SIGN_IN_MS) }),
    end(ctx, state) {
      const value = /^[A-Za-z0-9]{32}$/.test(state) ? ctx.cookies.get(nameOf(state)) : undefined;
      if (value === undefined) return null;
      write(ctx, nameOf(state), '', { path: '/auth/', expires: past });
      return localPath(decode(value));
    },
  };
}

const nameOf = (state: string): string => `pd_in_${state}`;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/**
 * Only a path of our own may be gone to after a sign-in.
 * @returns the path, or `/m/` for anything else: another host, `//host`, a backslash that browsers read as a slash
 */
export function localPath(to: string | undefined): string {
  const isOurs = to !== undefined && to.length <= 1000 && /^\/(?![/\\])[^\\\s\u0000-\u001f\u007f]*$/.test(to);
  return isOurs ? to : '/m/';
}
