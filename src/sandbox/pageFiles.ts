/** The built chat page, `dist/page/sandbox/`, served below `/sandbox/`. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Koa from 'koa';

const YEAR = 'public, max-age=31536000, immutable';

/** @returns false when there is no such file */
export function servePage(ctx: Koa.Context, path: string): boolean {
  const root = join(packageRoot(), 'dist', 'page', 'sandbox');
  const file = normalize(join(root, path === '' ? 'index.html' : path));
  if (!file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile())
    return path === '' && notBuilt(ctx);
  ctx.type = extname(file);
  // Names below assets/ carry a digest of their content.
  ctx.set('cache-control', path.startsWith('assets/') ? YEAR : 'no-cache');
  ctx.length = statSync(file).size;
  ctx.body = createReadStream(file);
  return true;
}

function notBuilt(ctx: Koa.Context): boolean {
  ctx.status = 503;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = '聊天页面还没有构建：先运行 npm run build。\nThe chat page is not built yet: run npm run build first.\n';
  return true;
}

/** The nearest folder with a package.json: the same from `src/` and from `dist/src/`. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
