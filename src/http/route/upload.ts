/** One file out of a multipart form, straight into storage: it is never whole in memory. */
import busboy from 'busboy';
import type { Context } from 'koa';
import { Refused, refuse } from '../../lib/refusal.ts';
import { type Files, FileTooLarge, type StoredFile } from '../../store/files.ts';

interface Received {
  readonly name: string;
  readonly mime: string;
  readonly stored: StoredFile;
}

/** What a form is bigger than its file. */
const FRAME_BYTES = 64 * 1024;

/** @throws Refused `too_large` above `most` bytes; `bad_input` when there is no file in it, or the form is broken */
export async function receiveFile(ctx: Context, files: Files, most: number): Promise<Received> {
  if (!ctx.is('multipart/form-data')) throw noFile();
  if (Number(ctx.get('content-length') || 0) > most + FRAME_BYTES) throw tooLarge(most);
  const { req } = ctx;
  return new Promise<Received>((resolve, reject) => {
    const form = open(ctx, most);
    if (!form) return reject(noFile());
    let found = false;
    const fail = (error: Error) => {
      req.unpipe(form);
      req.resume();
      reject(error instanceof FileTooLarge ? tooLarge(most) : error);
    };
    form.on('file', (_field, content, { filename, mimeType }) => {
      if (found) return void content.resume();
      found = true;
      files
        .put(content, most)
        .then((stored) => resolve({ name: filename ?? '', mime: mimeOf(mimeType), stored }), fail);
    });
    form.on('close', () => found || fail(noFile()));
    form.on('error', () => fail(noFile()));
    // Who goes away in the middle: the file ends as an error, and nothing of it is kept.
    req.on('close', () => req.complete || form.destroy(new Error('The upload broke off')));
    req.pipe(form);
  });
}

/** @returns null when the header names no boundary */
function open({ req }: Context, most: number) {
  try {
    // One byte more than allowed, so that storage sees that it is too much.
    const limits = { files: 1, fields: 10, fieldSize: 1024, parts: 20, fileSize: most + 1 };
    return busboy({ headers: req.headers, limits, defParamCharset: 'utf8' });
  } catch {
    return null;
  }
}

const mimeOf = (given: string): string =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(given) ? given.toLowerCase() : 'application/octet-stream';

const tooLarge = (most: number): Refused =>
  new Refused(refuse('too_large', { limit: `${Math.round(most / 1024 / 1024)} MiB` }));

const noFile = (): Refused =>
  new Refused(
    refuse('bad_input', {}, [
      {
        field: 'file',
        label: 'file',
        zh: '请用 multipart/form-data 上传一个文件（字段名 file）',
        en: 'Upload one file as multipart/form-data (field “file”)',
      },
    ]),
  );
