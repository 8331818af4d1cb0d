/** The HTTP side on a real port over an office, with people who call it by token, by session, or as nobody. */
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { makeDeadLetters } from '../../src/delivery/deadLetters.ts';
import { type Answer, type RouteName, ROUTES } from '../../src/http/contract/routes.ts';
import type { Route } from '../../src/http/contract/route.ts';
import type { HttpParts } from '../../src/http/parts.ts';
import { makeServer } from '../../src/http/server.ts';
import { makeApiTokens, type Scope } from '../../src/people/apiToken.ts';
import { makeSessions } from '../../src/people/session.ts';
import { openFiles } from '../../src/store/files.ts';
import { eachDatabase, type Open } from './database.ts';
import { anOffice, type Office } from './office.ts';

export interface Answered<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}
export interface Ask {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
/** Somebody who calls the API. A successful answer is held against the contract. */
export type Person = <N extends RouteName>(name: N, ask?: Ask) => Promise<Answered<Answer<N>>>;

export type Site = Awaited<ReturnType<typeof aSite>>;
export type StartSite = (more?: Partial<HttpParts>) => Promise<Site>;

/** The suite on each engine; its sites are closed after it. */
export function eachSite(name: string, suite: (start: StartSite) => void): void {
  eachDatabase(name, (open) => {
    const sites: Site[] = [];
    afterAll(() => Promise.all(sites.map((site) => site.close())));
    suite(async (more) => {
      const site = await aSite(open, more);
      sites.push(site);
      return site;
    });
  });
}

async function aSite(open: Open, more: Partial<HttpParts> = {}) {
  const office = await anOffice(open, { admins: ['sandbox/wugang'] });
  const folder = await mkdtemp(join(tmpdir(), 'paidan-http-'));
  const { db, clock, log, people } = office;
  const sessions = makeSessions({ db, directory: people.current, clock, log });
  const tokens = makeApiTokens({ db, directory: people.current, clock });
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const koa = makeServer({
    ...partsOf(office),
    ...{ sessions, tokens, publicUrl: url, pageFolder: folder, verifyFolder: folder },
    files: openFiles(`file:${folder}/files`),
    ...more,
  });
  const handle = koa.callback();
  server.on('request', (request, response) => void handle(request, response));
  const kept = new Map<string, Promise<string>>();
  const tokenOf = (account: string, scopes: readonly Scope[] = ['admin']): Promise<string> => {
    const key = `${account} ${scopes.join()}`;
    const made =
      kept.get(key) ?? tokens.make({ personId: office.id(account), scopes, until: null }).then(({ token }) => token);
    kept.set(key, made);
    return made;
  };
  const as =
    (account: string | null): Person =>
    async (name, ask = {}) =>
      call(url, name, ask, account === null ? {} : { authorization: `Bearer ${await tokenOf(account)}` });
  return {
    ...{ office, url, folder, sessions, tokens, tokenOf, as },
    nobody: as(null),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
    /** By a session cookie, as a page does; the header against forged requests is up to the test. */
    async page(account: string): Promise<string> {
      const { token } = await sessions.open({ personId: office.id(account), workspaceId: 'sandbox' });
      return `pd_session=${token}`;
    },
  };
}

function partsOf(office: Office): Omit<HttpParts, 'files' | 'publicUrl' | 'pageFolder'> {
  const { db, cache, tickets, templates, once, commands, people, clock, log } = office;
  return {
    ...{ db, cache, tickets, templates, once, commands, clock, log, offsetMinutes: 480 },
    directory: people.current,
    refreshDirectory: people.refresh,
    deadLetters: makeDeadLetters({ db, clock, wake: () => undefined }),
    workspaces: new Map(),
    receive: async () => ({}),
    readiness: async () => ({ ok: true, problems: [] }),
  };
}

export const pathOf = (name: RouteName, { params = {}, query = {} }: Ask = {}): string => {
  const path = ROUTES[name].path.replace(/\{(\w+)\}/g, (_whole, key: string) =>
    encodeURIComponent(String(params[key])),
  );
  const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString();
  return search ? `${path}?${search}` : path;
};

async function call<N extends RouteName>(
  url: string,
  name: N,
  ask: Ask,
  headers: Record<string, string>,
): Promise<Answered<Answer<N>>> {
  const route: Route = ROUTES[name];
  const form = ask.body instanceof FormData ? ask.body : undefined;
  const json = ask.body === undefined || form ? undefined : JSON.stringify(ask.body);
  const body = form ?? json;
  const response = await fetch(url + pathOf(name, ask), {
    method: route.method,
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers, ...ask.headers },
    ...(body === undefined ? {} : { body }),
  });
  const type = response.headers.get('content-type') ?? '';
  const answer: unknown = type.includes('json') ? await response.json() : await response.text();
  const ok = response.status === route.status;
  const held = ok && route.answer !== null && route.answer !== 'bytes' ? route.answer.parse(answer) : answer;
  return { status: response.status, headers: response.headers, body: held as Answer<N> };
}
