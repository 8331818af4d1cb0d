/** The built H5 pages under `/m/`, and the few other files that are asked for by name. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context, Middleware } from 'koa';
import type { Cookies } from './auth/cookie.ts';
import { placesToSignIn } from './auth/places.ts';
import { accountAt, answersFor, seatOf } from './auth/seat.ts';
import { startUrl } from './auth/signIn.ts';
import type { Http } from './parts.ts';

const YEAR = 'public, max-age=31536000, immutable';

interface Parts extends Pick<
  Http,
  'pageFolder' | 'verifyFolder' | 'sandbox' | 'sessions' | 'workspaces' | 'directory' | 'publicUrl'
> {
  readonly cookies: Cookies;
}

export function pages(parts: Parts): Middleware {
  const root = join(parts.pageFolder, 'm');
  return async (ctx, next) => {
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (isRead && ctx.path === '/') return ctx.redirect(parts.sandbox ? '/sandbox/' : '/m/');
    if (isRead && ctx.path === '/m') return ctx.redirect('/m/');
    if (isRead && (await verifyFile(ctx, parts.verifyFolder ?? 'data/verify'))) return;
    if (!isRead || !ctx.path.startsWith('/m/')) return void (await next());
    const below = ctx.path.slice('/m/'.length);
    if (await sendFile(ctx, root, below)) return;
    // A picture or script that is not there is not a page.
    if (/\.\w{1,5}$/.test(below)) return void (await next());
    if (await mustSignIn(ctx, parts)) return;
    protect(ctx, parts.sandbox);
    if (!(await sendFile(ctx, root, 'index.html'))) notBuilt(ctx);
  };
}

/** In the sandbox: the session at this seat is another person's, so they sign in anew. */
async function mustSignIn(ctx: Context, parts: Parts): Promise<boolean> {
  const seat = seatOf(ctx, parts);
  const account = accountAt(ctx, seat, parts);
  const [meant] = placesToSignIn(ctx, parts);
  if (account === null || meant === undefined) return false;
  const cookie = parts.cookies.session(ctx, seat);
  const session = cookie === undefined ? null : await parts.sessions.check(cookie);
  if (!session || answersFor(session.personId, meant.id, account, parts.directory)) return false;
  ctx.set('cache-control', 'no-store');
  ctx.redirect(startUrl(meant.id, ctx.url));
  return true;
}

/** Only what comes from here runs, and only the sandbox's own pages may frame it. */
function protect(ctx: Context, sandbox: boolean): void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${sandbox ? "'self'" : "'none'"}`,
  ];
  ctx.set({
    'content-security-policy': policy.join('; '),
    'x-frame-options': sandbox ? 'SAMEORIGIN' : 'DENY',
    'referrer-policy': 'same-origin',
  });
}

/** @returns false when there is no such file */
async function sendFile(ctx: Context, root: string, path: string): Promise<boolean> {
  const file = normalize(join(root, decode(path)));
  if (path === '' || !file.startsWith(root + sep)) return false;
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  ctx.type = extname(file);
  ctx.length = found.size;
  ctx.set('x-content-type-options', 'nosniff');
  // Names below assets/ carry a digest of their content.
  ctx.set('cache-control', path.startsWith('assets/') ? YEAR : 'no-cache');
  ctx.body = createReadStream(file);
  return true;
}

function decode(path: string): string {
  try {
    const plain = decodeURIComponent(path);
    return plain.includes('\0') ? '' : plain;
  } catch {
    return '';
  }
}

/** WeCom proves that a domain is ours by a file that the admin console gives out. */
async function verifyFile(ctx: Context, folder: string): Promise<boolean> {
  const name = /^\/(WW_verify_[A-Za-z0-9]{1,64}\.txt)$/.exec(ctx.path)?.[1];
  const text = name === undefined ? null : await readFile(join(folder, name), 'utf8').catch(() => null);
  if (text === null) return false;
  ctx.type = 'text/plain';
  ctx.body = text;
  return true;
}

function notBuilt(ctx: Context): void {
  ctx.status = 503;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = '页面还没有构建：先运行 npm run build。\nThe pages are not built yet: run npm run build first.\n';
}
