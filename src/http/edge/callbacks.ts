/**
 * The platforms' door. It stands first in the chain and parses nothing: the adapter verifies the signature before anyone
 * looks at the content, so a forged callback costs a hash and no query.
 */
import type { Context, Middleware } from 'koa';
import { Refused } from '../../lib/refusal.ts';
import type { Log } from '../../lib/log.ts';
import type { Receive, Workspace } from '../../workspace/port.ts';
import { readRaw } from './body.ts';
import { requestIdOf } from './request.ts';

const PATH = /^\/callbacks\/(wecom|dingtalk)\/([a-z][a-z0-9_-]{0,31})((?:\/[a-z]+)?)$/;

interface Parts {
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly receive: Receive;
  readonly log: Log;
}

export function callbacks({ workspaces, receive, log }: Parts): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith('/callbacks/')) return void (await next());
    const [, kind, id = '', path = ''] = PATH.exec(ctx.path) ?? [];
    const workspace = workspaces.get(id);
    if (!workspace || workspace.kind !== kind) return answer(ctx, 404, 'text/plain', 'no such workspace\n');
    if (ctx.method !== 'GET' && ctx.method !== 'POST') return answer(ctx, 405, 'text/plain', 'GET or POST\n');
    try {
      const body = ctx.method === 'GET' ? Buffer.alloc(0) : await readRaw(ctx.req);
      const reply = await workspace.callback(
        { method: ctx.method, path, query: single(ctx.query), headers: single(ctx.headers), body },
        receive,
      );
      // A connection that breaks before is closed without having finished.
      if (reply.left) ctx.res.once('finish', reply.left);
      answer(ctx, reply.status, reply.type, reply.body);
    } catch (error) {
      if (error instanceof Refused && error.refusal.refused === 'too_large')
        return answer(ctx, 413, 'text/plain', 'too large\n');
      // The platform sends it again: nothing is acknowledged that is not committed.
      log.error('a callback failed', { requestId: requestIdOf(ctx), workspace: id, error });
      answer(ctx, 503, 'text/plain', 'try again\n');
    }
  };
}

function answer(ctx: Context, status: number, type: string, body: string): void {
  ctx.status = status;
  ctx.type = type;
  ctx.body = body;
}

/** The first of values that were given twice. */
function single(of: NodeJS.Dict<string | string[]>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(of)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) found[name] = first;
  }
  return found;
}
