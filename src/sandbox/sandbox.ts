/**
 * A local WeCom with a corp of its own: the platform's API under `/sandbox/wecom`, the chat page under `/sandbox/`, and
 * what the page and the tests do as people under `/sandbox/api`. The service is connected to it like to the real one.
 */
import Router from '@koa/router';
import type Koa from 'koa';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { makeAccount, type WecomAccount } from './account.ts';
import { addClientApi, Rejected } from './clientApi.ts';
import { addControls } from './controls.ts';
import { makeCalls, makeFaults } from './faults.ts';
import { makeLive } from './live.ts';
import { SANDBOX_ORGANISATION, type Organisation } from './organisation.ts';
import { servePage } from './pageFiles.ts';
import { failInterrupted, makeActs } from './wecom/acts.ts';
import { makeApi } from './wecom/api.ts';
import { makeCaller } from './wecom/callback.ts';
import { makeCorp, type Corp } from './wecom/corp.ts';
import { makeMediaShelf } from './wecom/media.ts';
import { authorize } from './wecom/oauth.ts';

export interface SandboxOptions {
  /** Where the state is kept; null: memory only, for tests. */
  folder: string | null;
  /** Address at which `/sandbox` is reached, as http://127.0.0.1:3000 */
  publicUrl: string;
  clock: Clock;
  log: Log;
  /** The same seed gives the same ids again. */
  seed?: number;
  organisation?: Organisation;
}

export interface Sandbox {
  /** Serves everything below `/sandbox`, and leaves the rest to the next. The request's body must be unread. */
  middleware(): Koa.Middleware;
  /** What the service's workspace needs to be configured with. */
  readonly wecom: WecomAccount;
  /** What the console does on saving: verify the address with GET, then use it for callbacks. Kept over a restart. */
  configureCallback(url: string): Promise<{ ok: boolean; problem?: string }>;
  /** Ends retries and live streams, and closes the file. */
  close(): Promise<void>;
}

const AUTHORIZE = ['connect/oauth2/authorize', 'wwlogin/sso/login'];

export async function makeSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { organisation = SANDBOX_ORGANISATION, publicUrl } = options;
  const account = makeAccount(publicUrl);
  const corp = makeCorp({ ...options, account, organisation });
  failInterrupted(corp);
  const media = makeMediaShelf(corp);
  const caller = makeCaller(corp, media);
  const faults = makeFaults();
  const calls = makeCalls();
  const live = makeLive((listener) => corp.listen(listener));
  const api = makeApi({ corp, media, faults, calls });
  const router = new Router({ prefix: '/sandbox/api' });
  const acts = makeActs(corp, media, caller, publicUrl.replace(/\/+$/, ''));
  addClientApi(router, { corp, media, acts, live });
  addControls(router, { corp, caller, faults, calls });
  const people = router.routes() as unknown as Koa.Middleware;

  return {
    wecom: account,
    configureCallback: (url) => caller.configure(url),
    async close() {
      caller.close();
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
