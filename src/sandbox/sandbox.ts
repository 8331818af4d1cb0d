/**
 * A local WeCom and a local DingTalk, each with a corp of its own: their APIs under `/sandbox/wecom` and `/sandbox/dingtalk`,
 * the chat page under `/sandbox/`, and what the page and the tests do as people under `/sandbox/api`. The service is
 * connected to them like to the real ones.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import Router from '@koa/router';
import type Koa from 'koa';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { makeAccount, type WecomAccount } from './account.ts';
import { addClientApi } from './clientApi.ts';
import { Rejected } from './clientBody.ts';
import { addControls } from './controls.ts';
import { makeDingtalkAccount, type DingtalkAccount } from './dingtalk/account.ts';
import { addDingtalkRoutes } from './dingtalk/clientRoutes.ts';
import { addDingtalkControls } from './dingtalk/controls.ts';
import { makeDingtalk } from './dingtalk/dingtalk.ts';
import { makeDingtalkSide } from './dingtalk/side.ts';
import { makeCalls, makeFaults } from './faults.ts';
import { makeLive } from './live.ts';
import { DINGTALK_ORGANISATION, SANDBOX_ORGANISATION, type Organisation } from './organisation.ts';
import { servePage } from './pageFiles.ts';
import { failInterrupted, makeActs } from './wecom/acts.ts';
import { makeApi } from './wecom/api.ts';
import { makeCaller } from './wecom/callback.ts';
import { makeCorp, type Corp } from './wecom/corp.ts';
import { makeMediaShelf } from './wecom/media.ts';
import { authorize } from './wecom/oauth.ts';
import { makeWecomSide } from './wecom/side.ts';

export interface SandboxOptions {
  /** Where the state is kept; null: memory only, for tests. */
  folder: string | null;
  /** Address at which `/sandbox` is reached, as http://127.0.0.1:3000 */
  publicUrl: string;
  /** Address at which the app reaches it: where DingTalk has its API, its Stream and its files. Default: the public one. */
  insideUrl?: string;
  clock: Clock;
  log: Log;
  /** The same seed gives the same ids again. */
  seed?: number;
  /** WeCom's. */
  organisation?: Organisation;
  dingtalkOrganisation?: Organisation;
}

export interface Sandbox {
  /** Serves everything below `/sandbox`, and leaves the rest to the next. The request's body must be unread. */
  middleware(): Koa.Middleware;
  /** What the service's workspace needs to be configured with. */
  readonly wecom: WecomAccount;
  readonly dingtalk: DingtalkAccount;
  /** What the console does on saving: verify the address with GET, then use it for callbacks. Kept over a restart. */
  configureCallback(url: string): Promise<{ ok: boolean; problem?: string }>;
  /**
   * The same for DingTalk: how robot messages and events travel, and over HTTP where to; the event address is probed first.
   * Kept over a restart. Cards say it themselves, with the address registered by the API.
   */
  configureDingtalk(settings: DingtalkConsole): Promise<{ ok: boolean; problem?: string }>;
  /** An HTTP server's 'upgrade' event: DingTalk's Stream. @returns false when the path is not ours, and the socket untouched */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends retries, connections and live streams, and closes the files. */
  close(): Promise<void>;
}

export interface DingtalkConsole {
  readonly transport: 'http' | 'stream';
  readonly robotUrl: string | null;
  readonly eventUrl: string | null;
}

const AUTHORIZE = ['connect/oauth2/authorize', 'wwlogin/sso/login'];

export async function makeSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { organisation = SANDBOX_ORGANISATION, dingtalkOrganisation = DINGTALK_ORGANISATION, publicUrl } = options;
  const insideUrl = options.insideUrl ?? publicUrl;
  const account = makeAccount(publicUrl);
  const corp = makeCorp({ ...options, account, organisation });
  failInterrupted(corp);
  const media = makeMediaShelf(corp);
  const caller = makeCaller(corp, media);
  const faults = makeFaults();
  const calls = makeCalls();
  const dingtalk = makeDingtalk({
    ...options,
    publicUrl: insideUrl,
    account: makeDingtalkAccount(publicUrl, insideUrl),
    organisation: dingtalkOrganisation,
    virtualClock: () => corp.now(),
  });
  const live = makeLive(corp.listen, dingtalk.corp.listen);
  const api = makeApi({ corp, media, faults, calls });
  const router = new Router({ prefix: '/sandbox/api' });
  const acts = makeActs(corp, media, caller, publicUrl.replace(/\/+$/, ''));
  addClientApi(router, [makeWecomSide(corp, media, acts), makeDingtalkSide(dingtalk)], live);
  addDingtalkRoutes(router, dingtalk);
  addDingtalkControls(router, dingtalk);
  addControls(router, { corp, caller, faults, calls });
  const people = router.routes() as unknown as Koa.Middleware;

  return {
    wecom: account,
    dingtalk: dingtalk.corp.account,
    configureDingtalk: (settings) => dingtalk.configure({ ...dingtalk.push.settings(), ...settings }),
    upgrade: (request, socket, head) => dingtalk.push.upgrade(request, socket, head),
    configureCallback: (url) => caller.configure(url),
    async close() {
      caller.close();
      dingtalk.close();
      live.close();
      corp.close();
    },
    middleware: () => async (ctx, next) => {
      const { path } = ctx;
      if (path === '/sandbox') return ctx.redirect('/sandbox/');
      if (!path.startsWith('/sandbox/')) return void (await next());
      const below = path.slice('/sandbox/'.length);
      const call = /^wecom\/cgi-bin\/(.+)$/.exec(below)?.[1];
      if (call !== undefined) return api(ctx, call);
      if (AUTHORIZE.some((page) => below === `wecom/${page}`)) return signIn(corp, ctx);
      if (below.startsWith('api/')) return asPeople(ctx, people);
      if (below.startsWith('dingtalk/') && (await dingtalk.serve(ctx, below.slice('dingtalk/'.length)))) return;
      if ((ctx.method === 'GET' || ctx.method === 'HEAD') && servePage(ctx, below)) return;
      ctx.status = 404;
    },
  };
}

function signIn(corp: Corp, ctx: Koa.Context): void {
  const step = authorize(corp, new URLSearchParams(ctx.querystring), ctx.host, ctx.cookies.get('sandbox_as'));
  ctx.set('cache-control', 'no-store');
  if ('redirect' in step) return ctx.redirect(step.redirect);
  ctx.status = step.status;
  ctx.type = 'html';
  ctx.body = step.page;
}

/** One can be anybody here, but only from here: a page of another origin must not click for people. */
async function asPeople(ctx: Koa.Context, routes: Koa.Middleware): Promise<void> {
  try {
    const origin = ctx.get('origin');
    if (origin !== '' && (!URL.canParse(origin) || new URL(origin).host !== ctx.host))
      throw new Rejected(403, 'The sandbox answers its own page only.');
    await routes(ctx, async () => undefined);
    if (ctx.status === 404 && ctx.body === undefined) throw new Rejected(404, `There is no ${ctx.method} ${ctx.path}.`);
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    ctx.status = error.status;
    ctx.body = { problem: error.message };
  }
}
