/** Calls of the API. Addresses are checked against `http/contract/routes.ts` by the compiler; no schema is shipped. */
import type { Answer, Body, Params, Query, RouteName, Routes } from '../../http/contract/routes.ts';
import type { Problem } from '../../http/contract/problem.ts';
import type { Locale } from '../../lib/locale.ts';
import { SaidNo, Unreached } from './problem.ts';
import { seatHeader } from './seat.ts';
import { leaveToSignIn } from './signIn.ts';

type Address<N extends RouteName> = `${Routes[N]['method']} ${Routes[N]['path']}`;

const ADDRESSES = {
  me: 'GET /api/v1/me',
  templates: 'GET /api/v1/templates',
  templateForm: 'GET /api/v1/templates/{key}/form',
  templateFormState: 'POST /api/v1/templates/{key}/form',
  fileTicket: 'POST /api/v1/tickets',
  tickets: 'GET /api/v1/tickets',
  ticket: 'GET /api/v1/tickets/{id}',
  again: 'GET /api/v1/tickets/{id}/again',
  againFormState: 'POST /api/v1/tickets/{id}/again',
  act: 'POST /api/v1/tickets/{id}/acts',
  taskFormState: 'POST /api/v1/tickets/{id}/tasks/{task}/form',
  tasks: 'GET /api/v1/tasks',
  upload: 'POST /api/v1/attachments',
  substitutes: 'GET /api/v1/substitutes',
  addSubstitute: 'POST /api/v1/substitutes',
  revokeSubstitute: 'POST /api/v1/substitutes/{id}/revoke',
  people: 'GET /api/v1/people',
  departments: 'GET /api/v1/departments',
  draft: 'GET /api/v1/drafts/{id}',
  changeDraft: 'PATCH /api/v1/drafts/{id}',
  submitDraft: 'POST /api/v1/drafts/{id}/submit',
} as const satisfies { readonly [N in RouteName]?: Address<N> };
type Called = keyof typeof ADDRESSES;

interface Ask<N extends RouteName> {
  readonly params?: Params<N>;
  readonly query?: Partial<Query<N>>;
  readonly body?: Body<N>;
  /** The same for every try of one intention, so that it happens once. */
  readonly onceKey?: string;
  readonly signal?: AbortSignal | undefined;
}

const page: { locale: Locale | null } = { locale: null };
/** The language in which problems are told. */
export const speak = (locale: Locale): void => void (page.locale = locale);

export function urlOf(name: Called, params: Readonly<Record<string, unknown>> = {}): string {
  const [, path = ''] = ADDRESSES[name].split(' ');
  return path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key])));
}

/** What every request of the page says about itself. */
export function headersOf(): Record<string, string> {
  return {
    Accept: 'application/json',
    'X-Paidan': '1',
    ...seatHeader,
    ...(page.locale ? { 'Accept-Language': page.locale } : {}),
  };
}

/** @throws SaidNo, Unreached. When sign-in is needed the page is left, and this never settles. */
export async function call<N extends Called>(name: N, ask: Ask<N> = {}): Promise<Answer<N>> {
  const query = Object.entries(ask.query ?? {}).filter(([, value]) => value !== undefined);
  const search = query.length > 0 ? `?${new URLSearchParams(query.map(([key, value]) => [key, String(value)]))}` : '';
  const init: RequestInit = {
    method: ADDRESSES[name].split(' ')[0] ?? 'GET',
    headers: {
      ...headersOf(),
      ...(ask.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(ask.onceKey ? { 'Idempotency-Key': ask.onceKey } : {}),
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    ...(ask.signal ? { signal: ask.signal } : {}),
  };
  const answer = await fetch(urlOf(name, ask.params) + search, init).catch((error: unknown) => {
    throw new Unreached(String(error));
  });
  const text = await answer.text().catch(() => '');
  return read(answer.status, text) as Promise<Answer<N>>;
}

/** The answer's JSON, or the problem that it tells. */
export async function read(status: number, text: string): Promise<unknown> {
  if (status === 204) return undefined;
  const json = jsonIn(text);
  if (status >= 200 && status < 300 && json !== undefined) return json;
  if (!isProblem(json)) throw new Unreached(`HTTP ${status}`);
  if (json.code === 'not_signed_in' && leaveToSignIn(json)) return new Promise(() => undefined);
  throw new SaidNo(json);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isProblem = (json: unknown): json is Problem =>
  typeof json === 'object' && json !== null && 'code' in json && 'detail' in json;
