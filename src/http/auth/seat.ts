/**
 * In the sandbox one browser is several people. The page's address names its seat (`contract/seat.ts`), the chat page's
 * cookie says who is looking where it doesn't; and a session of somebody else must not answer for them.
 */
import type { Context } from 'koa';
import type { PersonId } from '../../flow/directory.ts';
import { SEAT_HEADER, SEAT_PARAMETER } from '../contract/seat.ts';
import type { Http } from '../parts.ts';

/** Which of the browser's sessions is meant; null: its usual one, the only one outside the sandbox. */
export type Seat = string | null;

const SEAT = /^[A-Za-z0-9._-]{1,64}$/;

export function seatOf(ctx: Context, { sandbox }: Pick<Http, 'sandbox'>): Seat {
  if (!sandbox) return null;
  const asked = ctx.get(SEAT_HEADER) || ctx.query[SEAT_PARAMETER];
  return typeof asked === 'string' && SEAT.test(asked) ? asked : null;
}

/** The seat that a path of ours leads to. */
export function seatIn(path: string): Seat {
  const asked = new URL(path, 'http://localhost').searchParams.get(SEAT_PARAMETER);
  return asked !== null && SEAT.test(asked) ? asked : null;
}

export function withSeat(path: string, seat: Seat): string {
  if (seat === null || seatIn(path) === seat) return path;
  const url = new URL(path, 'http://localhost');
  url.searchParams.set(SEAT_PARAMETER, seat);
  // `/.//evil.com` becomes `//evil.com`: what comes out must be a path of ours, too.
  return url.pathname.replace(/^\/+/, '/') + url.search + url.hash;
}

/** The account that the sandbox says is looking, lower-cased; null: it doesn't say, or there is no sandbox. */
export function accountAt(ctx: Context, seat: Seat, { sandbox }: Pick<Http, 'sandbox'>): string | null {
  if (!sandbox) return null;
  const account = seat ?? ctx.cookies.get('sandbox_as');
  return account !== undefined && SEAT.test(account) ? account.toLowerCase() : null;
}

/** Is this person's session good for that account? An account that nobody has says nothing. */
export function answersFor(
  personId: PersonId,
  workspace: string,
  account: string | null,
  directory: Http['directory'],
): boolean {
  if (account === null) return true;
  const meant = directory().accounts.get(`${workspace}/${account}`);
  return meant === undefined || meant === personId;
}
