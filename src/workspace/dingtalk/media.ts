/** Fetches what people sent: a code becomes a temporary address, the address a file. Source: reference/dingtalk.md, 3.2. */
import { Readable } from 'node:stream';
import axios, { type AxiosResponse } from 'axios';
import { z } from 'zod';
import type { Workspace } from '../port.ts';
import type { Api } from './api.ts';
import { DingtalkError, failureOf } from './failure.ts';
import { mimeOf } from './mime.ts';

type Media = Awaited<ReturnType<Workspace['media']>>;

/** Wrong, or expired. */
const CODE_IS_OVER = 'invalidParameter.robotCode.downloadCode';
/** Real codes are some hundreds. */
const MOST_CODE = 4096;

/** The platform has forgotten it, or it never was. */
class MediaGone extends Error {
  override readonly name = 'MediaGone';
  readonly gone = true;
}

const Address = z.object({ downloadUrl: z.string() });

export interface MediaParts {
  readonly api: Api;
  readonly robotCode: string;
  readonly timeoutMs: number;
}

/** @param id  the downloadCode. @throws DingtalkError | MediaGone */
export async function fetchMedia({ api, robotCode, timeoutMs }: MediaParts, id: string): Promise<Media> {
  if (id === '' || id.length > MOST_CODE) throw new MediaGone('DingTalk: no such file');
  const body = { downloadCode: id, robotCode };
  const outcome = await api.attempt({ host: 'api', path: 'v1.0/robot/messageFiles/download', body }, Address);
  if ('failure' in outcome) {
    const error = new DingtalkError('v1.0/robot/messageFiles/download', outcome.failure);
    throw outcome.failure.kind === 'refused' && outcome.failure.code === CODE_IS_OVER
      ? new MediaGone(error.message)
      : error;
  }
  return download(outcome.answer.downloadUrl, timeoutMs);
}

async function download(address: string, timeoutMs: number): Promise<Media> {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw new DingtalkError('file', { kind: 'unanswered', code: 'an address that is none' });
  let response: AxiosResponse<Readable>;
  try {
    response = await axios.get<Readable>(address, {
      responseType: 'stream',
      timeout: timeoutMs,
      // The address comes from the platform itself; where it points on to is anybody's. Not `maxRedirects: 0`: without the
      // follower a body that stalls would never time out.
      beforeRedirect: () => {
        throw new Error('the file points elsewhere');
      },
      // Whoever keeps it stops reading where it is too large.
      maxContentLength: Infinity,
      validateStatus: (status) => status === 200,
    });
  } catch (error) {
    throw new DingtalkError('file', failureOf(error));
  }
  const size = Number(headerOf(response, 'content-length') || Number.NaN);
  const { stream, mime } = await withMime(response.data, headerOf(response, 'content-type'));
  // Stored names end in `.file`: the message's own name is the better one.
  return { stream, name: null, mime, size: Number.isSafeInteger(size) ? size : null };
}

function headerOf(response: AxiosResponse, name: string): string {
  const value: unknown = response.headers[name];
  return typeof value === 'string' ? value : '';
}

/** The storage says "bytes" of everything: what it is stands in the first of them. */
async function withMime(stream: Readable, told: string): Promise<{ stream: Readable; mime: string }> {
  const said = told.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (said !== '' && said !== 'application/octet-stream') return { stream, mime: said };
  const bytes = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await bytes.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  return { stream: Readable.from(again(head, bytes, stream)), mime: mimeOf(head) };
}

async function* again(head: Buffer, rest: AsyncIterator<Buffer>, source: Readable): AsyncGenerator<Buffer> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops early must not keep the connection.
    source.destroy();
  }
}
