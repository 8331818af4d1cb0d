/** The one file of a multipart upload. */
import busboy from 'busboy';
import type { IncomingHttpHeaders } from 'node:http';

export interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** @param field name of the form's file. @returns null when there is no such file with a name */
export async function readUpload(headers: IncomingHttpHeaders, body: Buffer, field: string): Promise<Upload | null> {
  // The platforms read `filename` only; what libraries put into `filename*` alone is lost on it.
  if (!/filename="/.test(body.subarray(0, 4096).toString('latin1'))) return null;
  return new Promise<Upload | null>((resolve, reject) => {
    let upload: Upload | null = null;
    const form = busboy({ headers, defParamCharset: 'utf8', limits: { files: 1 } });
    form.on('file', (name, stream, { filename, mimeType }) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (name === field && filename) upload = { name: filename, contentType: mimeType, bytes: Buffer.concat(parts) };
      });
    });
    form.on('error', reject);
    form.on('close', () => resolve(upload));
    form.end(body);
  }).catch(() => null);
}
