/** Which page an address means, and the address of a page. Cards link here: /m/t/<id>, /m/d/<id>. */
import { SEAT_PARAMETER } from '../../http/contract/seat.ts';
import { isAct, type Act } from './act/kind.ts';

export type Tab = 'todo' | 'mine';
/** A sheet to be opened with the ticket: `?task=2&act=complete`; `more`: the list of all that can be done. */
export interface Opening {
  readonly task: number | null;
  readonly act: Act | 'more';
}
export type Page =
  | { readonly page: 'home'; readonly tab: Tab }
  | { readonly page: 'away' }
  | { readonly page: 'choose' }
  | { readonly page: 'new'; readonly template: string }
  | { readonly page: 'draft'; readonly id: number }
  | { readonly page: 'again'; readonly id: number }
  | { readonly page: 'ticket'; readonly id: number; readonly opening: Opening | null }
  | { readonly page: 'unknown' };

const numberIn = (text: string | null | undefined): number | null =>
  text && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null;

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** @param path as in `location.pathname` @param search as in `location.search` */
export function pageAt(path: string, search: string): Page {
  const query = new URLSearchParams(search);
  const [root, kind, name, ...rest] = path.split('/').filter(Boolean);
  if (root !== 'm' || rest.length > 0) return { page: 'unknown' };
  if (kind === undefined) return { page: 'home', tab: query.get('tab') === 'mine' ? 'mine' : 'todo' };
  if (kind === 'away' && name === undefined) return { page: 'away' };
  if (kind === 'new' && name === undefined) return { page: 'choose' };
  if (kind === 'new' && name !== undefined) {
    const template = decoded(name);
    return template ? { page: 'new', template } : { page: 'unknown' };
  }
  const id = numberIn(name);
  if (kind === 'd' && id !== null) return { page: 'draft', id };
  if (kind === 'again' && id !== null) return { page: 'again', id };
  if (kind === 't' && id !== null) return { page: 'ticket', id, opening: openingIn(query) };
  return { page: 'unknown' };
}

function openingIn(query: URLSearchParams): Opening | null {
  const act = query.get('act');
  return isAct(act) || act === 'more' ? { act, task: numberIn(query.get('task')) } : null;
}

function pathOf(page: Page): string {
  switch (page.page) {
    case 'away':
      return '/m/away';
    case 'choose':
      return '/m/new';
    case 'new':
      return `/m/new/${encodeURIComponent(page.template)}`;
    case 'draft':
      return `/m/d/${page.id}`;
    case 'again':
      return `/m/again/${page.id}`;
    case 'ticket':
      return `/m/t/${page.id}`;
    default:
      return '/m/';
  }
}

/** The address of a page, staying at the same seat. */
export function addressOf(page: Page, seat: string | null): string {
  const query = new URLSearchParams();
  if (page.page === 'home' && page.tab === 'mine') query.set('tab', 'mine');
  if (seat) query.set(SEAT_PARAMETER, seat);
  const text = query.toString();
  return text ? `${pathOf(page)}?${text}` : pathOf(page);
}
