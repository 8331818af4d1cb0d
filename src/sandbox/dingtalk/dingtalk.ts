/** The local DingTalk as a whole: its state, its API, its pages, its calls to the app, and what people do in it. */
import type Koa from 'koa';
import { makeCalls, makeFaults, type Calls, type Faults } from '../faults.ts';
import { sendFile } from '../fileAnswer.ts';
import { makeActs, type Acts } from './acts.ts';
import { isCut, makeApi } from './api.ts';
import { makeDingtalkCorp, type CorpOptions, type DingtalkCorp } from './corp.ts';
import { makeEndpoints } from './endpoints.ts';
import { authorize, jsapi } from './loginPage.ts';
import { makeMediaShelf, type MediaShelf } from './media.ts';
import { makePush, type Delivery, type Push, type PushSettings } from './push.ts';
import { makeUsage, type Usage } from './usage.ts';

export interface Dingtalk {
  readonly corp: DingtalkCorp;
  readonly media: MediaShelf;
  readonly acts: Acts;
  readonly push: Push;
  readonly usage: Usage;
  readonly faults: Faults;
  readonly calls: Calls;
  /** Saving the console; kept over a restart. */
  configure(settings: PushSettings): Promise<{ ok: boolean; problem?: string }>;
  /** Counts it, and tells the app. */
  event(type: string, fields: object, how?: Delivery): ReturnType<Push['event']>;
  /** Answers `/sandbox/dingtalk/…`. @returns false when there is nothing at that path */
  serve(ctx: Koa.Context, path: string): Promise<boolean>;
  close(): void;
}

/** Contacts, roles and administrators: not taken from the month's volume. Source: reference/dingtalk.md, 10.1. */
const FREE_EVENT = /^(user|org|label)_/;

export function makeDingtalk(options: CorpOptions & { publicUrl: string }): Dingtalk {
  const corp = makeDingtalkCorp(options);
  const media = makeMediaShelf(corp);
  const { account, log, ids } = corp;
  const kept = corp.meta().push;
  const push = makePush({
    account,
    publicUrl: options.publicUrl,
    clock: corp.realNow,
    log,
    random: () => ids.bytes(4).readUInt32BE() / 2 ** 32,
    ...(kept ? { settings: kept } : {}),
  });
  const usage = makeUsage(corp);
  const faults = makeFaults();
  const calls = makeCalls();
  const api = makeApi({ corp, endpoints: makeEndpoints(corp, media, push), usage, faults, calls });

  return {
    corp,
    media,
    push,
    usage,
    faults,
    calls,
    acts: makeActs({ corp, media, push, usage }),
    async configure(settings) {
      const saved = await push.configure(settings);
      if (saved.ok) corp.changeMeta({ push: settings });
      return saved;
    },
    event(type, fields, how) {
      if (!FREE_EVENT.test(type)) usage.push(1);
      return push.event(type, fields, how);
    },
    async serve(ctx, path) {
      const call = /^(api|oapi)\/(.+)$/.exec(path);
      if (call) await api(ctx, call[1] === 'api' ? 'api' : 'oapi', call[2] ?? '');
      else if (path === 'login/oauth2/auth') signIn(corp, ctx);
      else if (path === 'jsapi.js') script(corp, ctx);
      else if (path.startsWith('file/')) await download({ media, faults }, ctx, path.slice('file/'.length));
      else return false;
      return true;
    },
    close() {
      push.close();
      corp.close();
    },
  };
}

function signIn(corp: DingtalkCorp, ctx: Koa.Context): void {
  const step = authorize(corp, new URLSearchParams(ctx.querystring), ctx.host, readerOf(ctx));
  ctx.set('cache-control', 'no-store');
  if ('redirect' in step) return ctx.redirect(step.redirect);
  ctx.status = step.status;
  ctx.type = 'html';
  ctx.body = step.page;
}

/** Whoever the chat page plays. */
const readerOf = (ctx: Koa.Context): string | undefined => {
  const cookie = ctx.cookies.get('sandbox_as');
  return cookie === undefined ? undefined : decodeURIComponent(cookie);
};

function script(corp: DingtalkCorp, ctx: Koa.Context): void {
  const asked = new URLSearchParams(ctx.querystring).get('_as') || readerOf(ctx);
  ctx.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  ctx.type = 'text/javascript; charset=utf-8';
  ctx.body = jsapi(corp, asked ?? null);
}

/** The temporary address of a file: the name alone opens it, until it is too late. Faults reach it as `file`. */
async function download({ media, faults }: Pick<Dingtalk, 'media' | 'faults'>, ctx: Koa.Context, name: string) {
  const fault = faults.take('file', 'GET file');
  if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs).unref());
  if (fault && isCut(ctx, fault)) return;
  const kept = media.byAddress(name);
  if (kept) return sendFile(ctx, { ...kept.media, name, contentType: 'application/octet-stream' }, kept.bytes);
  ctx.status = 403;
  ctx.type = 'application/xml';
  ctx.body =
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>';
}
