/** The few pages that the service draws itself, around signing in: no script, both languages, what to do next. */
import type { Context } from 'koa';
import type { Words } from '../../lib/locale.ts';

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const STYLE = `body{font:16px/1.7 system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif;color:#1f2329;background:#f5f6f7;margin:0}
main{max-width:30rem;margin:3rem auto;padding:1.5rem;background:#fff;border-radius:12px}h1{font-size:1.25rem;margin:0 0 .5rem}
p{margin:.5rem 0}p[lang=en]{color:#646a73;font-size:.9rem}a,button{color:#245bdb}button,.button{display:inline-block;font:inherit;padding:.5rem 1rem;border:1px solid #d0d3d6;
border-radius:8px;background:#fff;text-decoration:none;cursor:pointer;min-height:44px;box-sizing:border-box}input{font:inherit;padding:.5rem;border:1px solid #d0d3d6;border-radius:8px;min-width:0}
ul{list-style:none;padding:0}li{display:flex;justify-content:space-between;gap:1rem;align-items:center;padding:.4rem 0;border-top:1px solid #eee}form{display:flex;gap:.5rem;margin:0}`;

interface Page {
  readonly status: number;
  readonly title: Words;
  readonly text: readonly Words[];
  /** HTML, already escaped. */
  readonly more?: string;
}

export function sendPage(ctx: Context, { status, title, text, more = '' }: Page): void {
  const lines = text.map(({ zh, en }) => `<p>${escapeHtml(zh)}</p><p lang="en">${escapeHtml(en)}</p>`);
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('cache-control', 'no-store');
  ctx.set(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
  );
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('referrer-policy', 'no-referrer');
  ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title.zh)} · ${escapeHtml(title.en)}</title><style>${STYLE}</style><main><h1>${escapeHtml(title.zh)}</h1>${lines.join('')}${more}</main></html>`;
}

/**
 * A platform's own page, which asks its client for a code.
 * @param swap  in the sandbox: our public origin, and the one under which the browser has its cookies
 */
export function sendScripted(
  ctx: Context,
  { html, csp }: { readonly html: string; readonly csp: string },
  swap: readonly [from: string, to: string] | null,
): void {
  const here = (text: string) => (swap ? text.replaceAll(...swap) : text);
  ctx.status = 200;
  ctx.type = 'html';
  ctx.set('cache-control', 'no-store');
  ctx.set('content-security-policy', here(csp));
  ctx.set('x-content-type-options', 'nosniff');
  ctx.set('referrer-policy', 'no-referrer');
  ctx.body = here(html);
}

export const link = (href: string, { zh, en }: Words): string =>
  `<p><a class="button" href="${escapeHtml(href)}">${escapeHtml(zh)} · ${escapeHtml(en)}</a></p>`;
