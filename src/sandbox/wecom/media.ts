/** Temporary media: bytes in a folder (or in memory), their facts in the journal, gone after three days. Source: reference/wecom.md, 7. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Upload } from '../multipart.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import { MEDIA_LIFE, type Media } from './rows.ts';

export interface MediaShelf {
  /** @throws WecomError when the size or format does not fit the type */
  upload(type: string | null, upload: Upload): { readonly id: string; readonly media: Media };
  /** What a person drops into the chat: the client has already fitted it. */
  keep(type: Media['type'], upload: Upload): string;
  /** @throws WecomError 40007 unknown or older than three days */
  read(id: string): { readonly media: Media; readonly bytes: Buffer };
  isUsable(id: string, type?: Media['type']): boolean;
}

const MB = 1024 * 1024;
const MAX: Readonly<Record<Media['type'], readonly [bytes: number, code: number]>> = {
  image: [10 * MB, 40009],
  voice: [2 * MB, 45001],
  video: [10 * MB, 40011],
  file: [20 * MB, 45001],
};
/** Above every type's own limit, so that the right error can be given. */
export const MAX_UPLOAD = 21 * MB;
const MIN_BYTES = 6;

export function makeMediaShelf(corp: Corp): MediaShelf {
  const memory = new Map<string, Buffer>();
  const folder = corp.folder === null ? null : join(corp.folder, 'media');
  if (folder !== null) mkdirSync(folder, { recursive: true });

  const store = (type: Media['type'], { name, contentType, bytes }: Upload) => {
    const id = `3${corp.ids.text(63)}`;
    const media: Media = { type, name, contentType, size: bytes.length, at: corp.now() };
    // Bytes first: a row without bytes would be a promise that nobody can keep.
    if (folder === null) memory.set(id, bytes);
    else writeFileSync(join(folder, id), bytes);
    corp.rows.commit(['media', id, media]);
    return { id, media };
  };
  const find = (id: string) => {
    const media = corp.rows.get('media', id);
    return media && media.at + MEDIA_LIFE > corp.now() ? media : undefined;
  };
  return {
    upload(type, upload) {
      if (type === null || !(type in MAX)) throw new WecomError(40004);
      const known = type as Media['type'];
      const [max, code] = MAX[known];
      if (upload.bytes.length === 0) throw new WecomError(44001);
      if (upload.bytes.length < MIN_BYTES) throw new WecomError(40006);
      if (upload.bytes.length > max) throw new WecomError(code);
      if (known === 'image' && !isPicture(upload.bytes)) throw new WecomError(40005, 'JPG or PNG only');
      return store(known, upload);
    },
    keep: (type, upload) => store(type, upload).id,
    read(id) {
      const media = find(id);
      if (!media) throw new WecomError(40007);
      const bytes = folder === null ? memory.get(id) : readFileSync(join(folder, id));
      if (!bytes) throw new WecomError(40007);
      return { media, bytes };
    },
    isUsable(id, type) {
      const media = find(id);
      return media !== undefined && (type === undefined || media.type === type);
    },
  };
}

const isPicture = (bytes: Buffer) =>
  bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
  bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
