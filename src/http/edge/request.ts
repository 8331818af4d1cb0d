/** Around every request: its id, one line in the log, and an answer for whatever is thrown. */
import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import { placesToSignIn } from '../auth/places.ts';
import type { Http } from '../parts.ts';
import { localeOf } from './locale.ts';
import { problemOf, sendProblem } from './problem.ts';

/** Letters, digits and a few marks: what is safe in a log and in a header. */
const SANE = /^[A-Za-z0-9._-]{8,64}$/;

export const requestIdOf = (ctx: Context): string => String((ctx.state as { requestId?: string }).requestId ?? '');

type Parts = Pick<Http, 'log' | 'clock' | 'workspaces' | 'directory' | 'sandbox'>;

export function aroundRequests(parts: Parts): Middleware {
  const { log, clock } = parts;
  return async (ctx, next) => {
    const began = clock();
    const given = ctx.get('x-request-id');
    const requestId = SANE.test(given) ? given : randomUUID();
    ctx.state['requestId'] = requestId;
    ctx.set('x-request-id', requestId);
    try {
      await next();
    } catch (error) {
      const locale = localeOf(ctx.get('accept-language'));
      const answer = problemOf(error, locale, requestId);
      if (answer.unexpected) log.error('request failed', { requestId, method: ctx.method, path: safePath(ctx), error });
      const { problem, status } = answer;
      const signIn = () =>
        placesToSignIn(ctx, parts).map(({ id, kind }) => ({ workspace: id, kind, url: `/auth/${id}/start` }));
      sendProblem(ctx, { status, problem: status === 401 ? { ...problem, signIn: signIn() } : problem });
    }
    if (ctx.path === '/healthz' || ctx.path === '/readyz') return;
    log.info('request', {
      requestId,
      method: ctx.method,
      path: safePath(ctx),
      status: ctx.status,
      ms: clock() - began,
    });
  };
}

/** Without the query, which may hold codes; without the token of a one-time link. */
const safePath = (ctx: Context): string => ctx.path.replace(/^(\/auth\/first\/).*/, '$1…').slice(0, 200);
