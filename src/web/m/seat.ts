/** Whose session this page uses, where one browser is several people; null: the browser's usual one. */
import { SEAT_HEADER, SEAT_PARAMETER } from '../../http/contract/seat.ts';

export const seat: string | null = new URLSearchParams(location.search).get(SEAT_PARAMETER);

export const seatHeader: Readonly<Record<string, string>> = seat ? { [SEAT_HEADER]: seat } : {};

/** An address that the browser itself asks for (a picture, a download), at this page's seat. */
export const atSeat = (url: string): string =>
  seat ? `${url}${url.includes('?') ? '&' : '?'}${SEAT_PARAMETER}=${encodeURIComponent(seat)}` : url;
