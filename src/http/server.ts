/** The service's HTTP side, from the first middleware to the last. Builds, does not listen. */
import Koa, { type Context, type Middleware } from 'koa';
import { makeApiTokens } from '../people/apiToken.ts';
import { makeSessions } from '../people/session.ts';
import { api, type Handlers } from './api.ts';
import { auth } from './auth/auth.ts';
import { makeCookies } from './auth/cookie.ts';
import { EdgeError } from './edge/apiError.ts';
import { callbacks } from './edge/callbacks.ts';
import { makeClientIp } from './edge/clientIp.ts';
import { makeTurns } from './edge/rate.ts';
import { aroundRequests } from './edge/request.ts';
import { pages } from './pages.ts';
import type { Http, HttpParts } from './parts.ts';
import { attachmentHandlers } from './route/attachment.ts';
import { againHandlers } from './route/again.ts';
import { draftHandlers } from './route/draft.ts';
import { awayHandlers } from './route/away.ts';
import { linkHandlers } from './route/link.ts';
import { otherHandlers } from './route/other.ts';
import { templateHandlers } from './route/template.ts';
import { ticketHandlers } from './route/ticket.ts';

export function makeServer(parts: HttpParts): Koa {
  const http: Http = {
    ...parts,
    sessions: parts.sessions ?? makeSessions(parts),
    tokens: parts.tokens ?? makeApiTokens(parts),
    sandbox: (parts.adopt ?? []).length > 0,
  };
  const cookies = makeCookies(parts.publicUrl.startsWith('https:'));
  const ip = makeClientIp(parts.trustedProxies ?? []);
  const takeTurn = makeTurns(http);
  const koa = new Koa();
  koa.on('error', (error: NodeJS.ErrnoException) => logLate(http, error));
  koa.use(aroundRequests(http));
  koa.use(callbacks(http));
  for (const adopted of parts.adopt ?? []) koa.use(adopted);
  koa.use(health(http));
  koa.use(auth({ ...http, cookies, ip, takeTurn }));
  koa.use(api({ http, handlers: handlersOf(http), cookies, ip, takeTurn }));
  koa.use(pages({ ...http, cookies }));
  koa.use(nothingHere);
  return koa;
}

const handlersOf = (http: Http): Handlers => ({
  ...ticketHandlers(http),
  ...templateHandlers(http),
  ...againHandlers(http),
  ...draftHandlers(http),
  ...attachmentHandlers(http),
  ...otherHandlers(http),
  ...linkHandlers(http),
  ...awayHandlers(http),
});

/** `healthz`: the process lives. `readyz`: it can work; a platform or Redis that is away does not matter. */
function health({ readiness }: Pick<Http, 'readiness'>): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/healthz') ctx.body = { ok: true };
    else if (ctx.path === '/readyz') {
      const ready = await readiness();
      ctx.status = ready.ok ? 200 : 503;
      ctx.body = ready;
    } else await next();
  };
}

function nothingHere(ctx: Context): void {
  if (ctx.accepts('html', 'json') === 'json') throw new EdgeError('no_route');
  ctx.status = 404;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = '没有这个页面。请从聊天里的卡片打开。\nThere is no such page. Open it from a card in the chat.\n';
}

/** What happens after the answer began: somebody who leaves in the middle of it is everyday life. */
function logLate({ log }: Http, error: NodeJS.ErrnoException): void {
  if (/^(ECONN|EPIPE$|ERR_STREAM_PREMATURE_CLOSE$|HPE_)/.test(error.code ?? '')) return;
  log.error('an answer broke off', { error });
}
