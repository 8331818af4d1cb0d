/** Fetches what people sent: a file, or a JSON error under the same address. @source reference/wecom.md, 7 */
import type { Readable } from 'node:stream';
import type { AxiosInstance, AxiosResponse } from 'axios';
import type { Workspace } from '../port.ts';
import type { Api } from './api.ts';
import { WecomError } from './failure.ts';

type Media = Awaited<ReturnType<Workspace['media']>>;

const MEDIA_GONE = 40007;
const MAX_ERROR = 64 * 1024;

/** The platform has forgotten it: three days are over, or it never was. */
class MediaGone extends Error {
  override readonly name = 'MediaGone';
  readonly gone = true;
}

export async function fetchMedia(api: Api, id: string): Promise<Media> {
  try {
    return await api.withToken('media/get', (http, token) => fetchOnce(http, token, id));
  } catch (error) {
    if (error instanceof WecomError && error.failure.kind === 'refused' && error.failure.errcode === MEDIA_GONE)
      throw new MediaGone(error.message);
    throw error;
  }
}

async function fetchOnce(http: AxiosInstance, access_token: string, media_id: string): Promise<Media> {
  const response = await http.get<Readable>('media/get', {
    params: { access_token, media_id },
    responseType: 'stream',
    maxContentLength: Infinity,
  });
  const mime = header(response, 'content-type') ?? 'application/octet-stream';
  const disposition = header(response, 'content-disposition');
  if (disposition === null && /^(application\/json|text\/)/.test(mime)) throw await refusalIn(response.data);
  const size = Number(header(response, 'content-length') ?? Number.NaN);
  return {
    stream: response.data,
    name: disposition && nameIn(disposition),
    mime: mime.split(';', 1)[0]?.trim() ?? mime,
    size: Number.isSafeInteger(size) ? size : null,
  };
}

function header(response: AxiosResponse, name: string): string | null {
  const value: unknown = response.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

async function refusalIn(stream: Readable): Promise<WecomError> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.length > MAX_ERROR) break;
  }
  const [, errcode] = /"errcode"\s*:\s*(-?\d+)/.exec(text) ?? [];
  const [, errmsg] = /"errmsg"\s*:\s*"([^"]*)"/.exec(text) ?? [];
  if (errcode === undefined) return new WecomError('media/get', { kind: 'unanswered', code: 'neither file nor error' });
  return new WecomError('media/get', { kind: 'refused', errcode: Number(errcode), errmsg: errmsg ?? '' });
}

/** The file name; headers reach us as Latin-1, and WeCom writes UTF-8 into them. */
function nameIn(disposition: string): string | null {
  const [, encoded] = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition) ?? [];
  if (encoded !== undefined) return percentDecoded(encoded);
  const [, quoted, bare] = /filename=(?:"([^"]*)"|([^;\s]+))/i.exec(disposition) ?? [];
  const raw = quoted ?? bare;
  return raw ? Buffer.from(raw, 'latin1').toString('utf8') : null;
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
