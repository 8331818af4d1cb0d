/** Reading what the chat page sends, and saying no to it in words. */
import type Koa from 'koa';
import { readBody, readObject } from './body.ts';
import { readUpload, type Upload } from './multipart.ts';

const MAX_JSON = 1024 * 1024; // bytes
const MAX_REPEAT = 100;

/** An answer other than 200, in words. */
export class Rejected extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @returns what it is. @throws Rejected when it is a text: why it could not be done */
export function possible<T extends object>(done: T | string): T {
  if (typeof done === 'string') throw new Rejected(409, done);
  return done;
}

export async function json(ctx: Koa.Context): Promise<Record<string, unknown>> {
  const raw = await readBody(ctx.req, MAX_JSON);
  const body = raw && (raw.length === 0 ? {} : readObject(raw));
  if (!body) throw new Rejected(400, 'The body must be a JSON object of at most 1 MiB.');
  return body;
}

/** The body as a file: raw, with `?name=`, or the `media` of a form. @param max bytes */
export async function fileOf(ctx: Koa.Context, max: number, name: string): Promise<Upload> {
  const bytes = await readBody(ctx.req, max);
  const mb = Math.floor(max / 1024 / 1024);
  if (!bytes) throw new Rejected(413, `不能超过 ${mb} MB。It may have ${mb} MB.`);
  const form = ctx.req.headers['content-type']?.startsWith('multipart/form-data')
    ? await readUpload(ctx.req.headers, bytes, 'media')
    : { name: ctx.query['name']?.toString() ?? name, contentType: ctx.get('content-type'), bytes };
  if (!form || form.bytes.length === 0) throw new Rejected(400, '文件是空的。The file is empty.');
  return form;
}

/** `?repeat=3&concurrent=1&tamper=signature` */
export function deliveryOf<T extends string>(ctx: Koa.Context, tampers: readonly T[]) {
  const query = new URLSearchParams(ctx.querystring);
  const repeat = Number(query.get('repeat') ?? 1);
  if (!Number.isInteger(repeat) || repeat < 1 || repeat > MAX_REPEAT)
    throw new Rejected(400, `"repeat" is a whole number from 1 to ${MAX_REPEAT}.`);
  const tamper = query.get('tamper');
  const known = tampers.find((one) => one === tamper);
  if (tamper !== null && known === undefined) throw new Rejected(400, `"tamper" is one of ${tampers.join(', ')}.`);
  const concurrent = query.get('concurrent') === '1';
  return known === undefined ? { repeat, concurrent } : { repeat, concurrent, tamper: known };
}
