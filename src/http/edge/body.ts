/** Reading a request's body, never more of it than is allowed. */
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { Refused, refuse } from '../../lib/refusal.ts';
import { EdgeError } from './apiError.ts';

export const MOST_BODY_BYTES = 1024 * 1024;

/** @throws Refused `too_large`; what is left of the body is then thrown away by Node as it comes */
export async function readRaw(request: IncomingMessage, most = MOST_BODY_BYTES): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onError);
      settle();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) return void chunks.push(chunk);
      request.resume();
      end(() => reject(tooLarge(most)));
    };
    const onEnd = () => end(() => resolve(Buffer.concat(chunks, size)));
    const onError = () => end(() => reject(new EdgeError('bad_json')));
    request.on('data', onData).on('end', onEnd).on('error', onError).on('close', onError);
  });
}

/** @throws EdgeError `bad_json`, Refused `too_large` */
export async function readJson(ctx: Context): Promise<unknown> {
  if (!ctx.is('json', '+json')) throw new EdgeError('bad_json');
  const raw = await readRaw(ctx.req);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) as unknown;
  } catch {
    throw new EdgeError('bad_json');
  }
}

const tooLarge = (most: number): Refused =>
  new Refused(refuse('too_large', { limit: `${Math.round(most / 1024 / 1024)} MiB` }));
