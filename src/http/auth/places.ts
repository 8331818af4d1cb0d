/**
 * Where somebody without a session can sign in. Inside a platform's client only that platform will do; in the sandbox only
 * the corp in which the person who is looking has an account.
 */
import type { Context } from 'koa';
import type { Workspace } from '../../workspace/port.ts';
import type { Http } from '../parts.ts';
import { accountAt, seatOf } from './seat.ts';

const CLIENTS: readonly (readonly [kind: Workspace['kind'], RegExp])[] = [
  ['dingtalk', /dingtalk/i],
  ['wecom', /wxwork|micromessenger/i],
];

/** The platform whose client shows the page; undefined: a browser. */
export const clientOf = (ctx: Context): Workspace['kind'] | undefined =>
  CLIENTS.find(([, agent]) => agent.test(ctx.get('user-agent')))?.[0];

/** @returns all of them when nothing tells which one is meant */
export function placesToSignIn(ctx: Context, parts: Pick<Http, 'workspaces' | 'directory' | 'sandbox'>): Workspace[] {
  const all = [...parts.workspaces.values()];
  const account = accountAt(ctx, seatOf(ctx, parts), parts);
  const { accounts } = parts.directory();
  const theirs = all.filter(({ id }) => account !== null && accounts.has(`${id}/${account}`));
  if (theirs.length > 0) return theirs;
  const client = clientOf(ctx);
  const ofClient = all.filter(({ kind }) => kind === client);
  return ofClient.length > 0 ? ofClient : all;
}
