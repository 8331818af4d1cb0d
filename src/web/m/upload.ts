/** Uploading one file, with its progress (which fetch doesn't tell). */
import type { Attachment } from '../../http/contract/value.ts';
import { headersOf, read, urlOf } from './api.ts';
import { Unreached } from './problem.ts';

/** The service refuses more; known here so that nobody waits for that. */
export const MOST_BYTES = 50 * 1024 * 1024;

/** @param onProgress 0…1 @throws SaidNo, Unreached */
export async function upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Attachment> {
  const request = new XMLHttpRequest();
  const done = new Promise<void>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(loaded / total);
    };
    request.onload = () => resolve();
    request.onerror = request.onabort = request.ontimeout = () => reject(new Unreached('upload'));
  });
  request.open('POST', urlOf('upload'));
  for (const [name, value] of Object.entries(headersOf())) request.setRequestHeader(name, value);
  signal.addEventListener('abort', () => request.abort());
  const form = new FormData();
  form.set('file', file);
  request.send(form);
  await done;
  return (await read(request.status, request.responseText)) as Attachment;
}
