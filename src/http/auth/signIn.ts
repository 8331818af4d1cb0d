/** Signing in by the platform's code: silently inside its client, by its page in a browser. */
import { randomInt } from 'node:crypto';
import type { Context } from 'koa';
import type { Directory, PersonId } from '../../flow/directory.ts';
import type { Log } from '../../lib/log.ts';
import type { Workspace } from '../../workspace/port.ts';
import type { Http } from '../parts.ts';
import { requestIdOf } from '../edge/request.ts';
import { type Cookies, localPath } from './cookie.ts';
import { link, sendPage, sendScripted } from './page.ts';
import { clientOf } from './places.ts';
import { accountAt, answersFor, type Seat, seatIn, seatOf, withSeat } from './seat.ts';

export interface SignInParts extends Pick<
  Http,
  'sessions' | 'workspaces' | 'directory' | 'publicUrl' | 'sandbox' | 'clock'
> {
  readonly cookies: Cookies;
  readonly log: Log;
}

export function makeSignIn(parts: SignInParts) {
  const { sessions, workspaces, directory, cookies } = parts;

  const present = async (ctx: Context, seat: Seat) => {
    const cookie = cookies.session(ctx, seat);
    return cookie === undefined ? null : sessions.check(cookie);
  };

  const start = async (ctx: Context, workspace: Workspace): Promise<void> => {
    const path = localPath(single(ctx.query['to']));
    const seat = parts.sandbox ? (seatOf(ctx, parts) ?? seatIn(path)) : null;
    const to = withSeat(path, seat);
    const account = accountAt(ctx, seat, parts);
    const session = await present(ctx, seat);
    if (session && answersFor(session.personId, workspace.id, account, directory)) return ctx.redirect(to);
    // Another platform's client can't ask for this one's code: there it goes the way of a browser.
    const inside = clientOf(ctx) === workspace.kind;
    const swap = parts.sandbox ? sandboxHost(ctx, parts.publicUrl) : null;
    const here = swap?.[1] ?? parts.publicUrl;
    const redirect = `${here}/auth/${workspace.id}/done`;
    const state = makeState();
    const page = inside ? workspace.signIn.page?.(redirect, state) : null;
    // The page's script asks for a code as whoever the page's own address names.
    if (page && account !== null && single(ctx.query['_as'])?.toLowerCase() !== account)
      return ctx.redirect(`${startUrl(workspace.id, to)}&_as=${encodeURIComponent(account)}`);
    cookies.begin(ctx, state, to);
    if (page) return sendScripted(ctx, page, swap);
    const url = new URL(workspace.signIn.url(redirect, state, inside));
    if (account !== null) url.searchParams.set('_as', account);
    ctx.redirect(url.origin === swap?.[0] ? here + url.href.slice(url.origin.length) : url.href);
  };

  const done = async (ctx: Context, workspace: Workspace): Promise<void> => {
    const to = cookies.end(ctx, single(ctx.query['state']) ?? '');
    // A prefetch, or the back button: the code is used, but it has done its work.
    if (to === null) return (await present(ctx, null)) ? ctx.redirect('/m/') : lost(ctx, workspace);
    const seat = parts.sandbox ? seatIn(to) : null;
    let personId: PersonId | 'stranger' | null;
    try {
      personId = await personOf(workspace, single(ctx.query['code']) ?? '', directory());
    } catch (error) {
      const requestId = requestIdOf(ctx);
      parts.log.warn('sign-in: the platform did not answer', { requestId, workspace: workspace.id, error });
      return away(ctx, workspace, to);
    }
    if (personId === 'stranger') return stranger(ctx);
    if (personId === null) return (await present(ctx, seat)) ? ctx.redirect(to) : lost(ctx, workspace, to);
    const before = cookies.session(ctx, seat);
    const { token, until } = await sessions.open({ personId, workspaceId: workspace.id });
    if (before !== undefined) await sessions.close(before);
    cookies.setSession(ctx, seat, token, until);
    ctx.redirect(to);
  };

  return {
    /** `GET /auth/:workspace/start` and `…/done`. @returns false for another address */
    async handle(ctx: Context): Promise<boolean> {
      const [, id = '', step] = /^\/auth\/([a-z][a-z0-9_-]{0,31})\/(start|done)$/.exec(ctx.path) ?? [];
      const workspace = workspaces.get(id);
      if (!workspace || ctx.method !== 'GET') return false;
      ctx.set('cache-control', 'no-store');
      ctx.set('referrer-policy', 'no-referrer');
      await (step === 'start' ? start : done)(ctx, workspace);
      return true;
    },
    present,
  };
}

/** The sandbox is opened as `localhost` as well as `127.0.0.1`: the browser stays on the host that has its cookies. */
function sandboxHost(ctx: Context, publicUrl: string): [from: string, to: string] {
  const { protocol, origin } = new URL(publicUrl);
  return [origin, `${protocol}//${ctx.host}`];
}

/** The person behind the code; null when the code is no good, `stranger` when nobody here has that account. */
async function personOf(
  workspace: Workspace,
  code: string,
  { accounts, people }: Directory,
): Promise<PersonId | 'stranger' | null> {
  const account = await workspace.signIn.account(code);
  if (account === null) return null;
  const personId = accounts.get(`${workspace.id}/${account}`);
  return personId !== undefined && people.get(personId)?.active ? personId : 'stranger';
}

const CHARS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 32 letters and digits: WeCom takes no other characters. */
const makeState = (): string => Array.from({ length: 32 }, () => CHARS[randomInt(CHARS.length)]).join('');

const single = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export const startUrl = (workspace: string, to: string): string =>
  `/auth/${workspace}/start?to=${encodeURIComponent(to)}`;

const AGAIN = { zh: '重新登录', en: 'Sign in again' };

function lost(ctx: Context, workspace: Workspace, to = '/m/'): void {
  sendPage(ctx, {
    status: 400,
    title: { zh: '登录没有完成', en: 'Sign-in did not finish' },
    text: [
      {
        zh: '这次登录已经过期或用过了。请点下面的按钮再试一次，或从聊天里的卡片重新打开。',
        en: 'This sign-in is used or too old. Try again with the button, or open the page again from the card in the chat.',
      },
    ],
    more: link(startUrl(workspace.id, to), AGAIN),
  });
}

function away(ctx: Context, workspace: Workspace, to: string): void {
  sendPage(ctx, {
    status: 503,
    title: { zh: '暂时无法登录', en: 'Can’t sign in at the moment' },
    text: [
      {
        zh: '聊天平台没有回应。请稍等片刻，再点下面的按钮。',
        en: 'The chat platform did not answer. Wait a moment, then use the button.',
      },
    ],
    more: link(startUrl(workspace.id, to), AGAIN),
  });
}

function stranger(ctx: Context): void {
  sendPage(ctx, {
    status: 403,
    title: { zh: '还不能使用', en: 'Not available to you yet' },
    text: [
      {
        zh: '您的账号不在应用的可见范围内，或刚加入、通讯录还没有同步。请十分钟后再试；仍然不行，请联系管理员。',
        en: 'Your account is not within the app’s visible range, or the directory has not been synced since you joined. Try again in ten minutes; if it still fails, ask an admin.',
      },
    ],
  });
}
