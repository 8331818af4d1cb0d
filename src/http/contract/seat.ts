/**
 * Several people in one browser, as in the sandbox's chat page: each sits at a seat, with a session cookie of its own.
 * A seat only chooses among the browser's own sessions; it is no proof of anything.
 */

/** The page's address names its seat, `/m/t/5?_as=zhangsan`; so does the `to` of a sign-in. */
export const SEAT_PARAMETER = '_as';
/** Requests of the page name it in this header, or (pictures, downloads) in the parameter. */
export const SEAT_HEADER = 'X-Paidan-As';

const SEAT = /^[A-Za-z0-9._-]{1,64}$/;

/** @param seat untrusted; anything that is no seat gives the browser's usual session */
export const sessionCookie = (seat: string | null | undefined): string =>
  seat && SEAT.test(seat) ? `pd_session.${seat}` : 'pd_session';
