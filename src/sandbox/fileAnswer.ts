/** A media file as an HTTP answer, whole or one range of it. */
import type Koa from 'koa';

export function sendFile(ctx: Koa.Context, media: { name: string; contentType: string }, bytes: Buffer): void {
  const ascii = media.name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  ctx.type = media.contentType;
  ctx.set('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(media.name)}`);
  ctx.set('accept-ranges', 'bytes');
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(ctx.get('range')) ?? [];
  if (from === undefined) return void (ctx.body = bytes);
  const start = Number(from);
  const end = Math.min(to ? Number(to) : Infinity, bytes.length - 1);
  if (start > end) {
    ctx.status = 416;
    ctx.set('content-range', `bytes */${bytes.length}`);
    return;
  }
  ctx.status = 206;
  ctx.set('content-range', `bytes ${start}-${end}/${bytes.length}`);
  ctx.body = bytes.subarray(start, end + 1);
}
