/** Files: uploaded by the app, or sent by people and fetched by a code. Bytes in a folder (or in memory), their facts in the journal. Source: reference/dingtalk.md, 3.2 and 5.7. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { readUpload, type Upload } from '../multipart.ts';
import type { DingtalkCorp } from './corp.ts';
import type { Request } from './endpoint.ts';
import { OapiError, refuse } from './errors.ts';
import type { Media } from './rows.ts';

type Body = Record<string, unknown>;

export interface Kept {
  readonly media: Media;
  readonly bytes: Buffer;
}

export interface MediaShelf {
  /** `media/upload`. @throws OapiError */
  upload(request: Request): Promise<Record<string, unknown>>;
  /** What a person sends. @returns its media id */
  keep(type: Media['type'], upload: Upload): string;
  /** @returns null when there is no such file */
  read(id: string): Kept | null;
  isUsable(id: unknown, type?: Media['type']): id is string;
  /** The code by which the app may fetch what a person sent. */
  code(mediaId: string): string;
  /** `messageFiles/download`: a code for a temporary address. @throws ApiError */
  exchange(body: Body): { downloadUrl: string };
  /** Behind that address. @returns null: unknown or too late */
  byAddress(name: string): Kept | null;
}

const MB = 1024 * 1024;
const MAX: Readonly<Record<Media['type'], number>> = { image: 20 * MB, voice: 2 * MB, video: 20 * MB, file: 20 * MB };
const FORMATS: Readonly<Record<Media['type'], RegExp>> = {
  image: /^\.(jpe?g|gif|png|bmp)$/i,
  voice: /^\.(amr|mp3|wav)$/i,
  video: /^\.mp4$/i,
  file: /^\.(docx?|xlsx?|pptx?|zip|pdf|rar)$/i,
};
/** Above every type's own limit, so that the right error can be given. */
export const MAX_UPLOAD = 21 * MB;

/** Where the chat page loads it. */
export const mediaUrl = (mediaId: string) => `/sandbox/api/media/${encodeURIComponent(mediaId)}`;

export function makeMediaShelf(corp: DingtalkCorp): MediaShelf {
  const memory = new Map<string, Buffer>();
  const folder = corp.folder === null ? null : join(corp.folder, 'media');
  if (folder !== null) mkdirSync(folder, { recursive: true });

  const store = (type: Media['type'], { name, contentType, bytes }: Upload): string => {
    const id = `@lA${corp.ids.text(40)}`;
    // Bytes first: a row without bytes would be a promise that nobody can keep.
    if (folder === null) memory.set(id, bytes);
    else writeFileSync(join(folder, id), bytes);
    corp.rows.commit(['media', id, { type, name, contentType, size: bytes.length, at: corp.now() }]);
    return id;
  };
  const read = (id: string): Kept | null => {
    const media = corp.rows.get('media', id);
    const bytes = media && (folder === null ? memory.get(id) : readFileSync(join(folder, id)));
    return media && bytes ? { media, bytes } : null;
  };
  return {
    keep: store,
    read,
    ...makeDownloads(corp, read),
    isUsable: (id, type): id is string => {
      const media = typeof id === 'string' ? corp.rows.get('media', id) : undefined;
      return media !== undefined && (type === undefined || media.type === type);
    },
    async upload({ query, headers, raw }) {
      const type = query.get('type') ?? '';
      if (!(type in MAX)) throw new OapiError(40004);
      const known = type as Media['type'];
      const file = await readUpload(headers, raw, 'media');
      if (!file || file.bytes.length === 0) throw new OapiError(41005);
      if (file.bytes.length > MAX[known]) throw new OapiError(40006);
      if (!FORMATS[known].test(extname(file.name))) throw new OapiError(40004);
      return { type, media_id: store(known, file), created_at: corp.now() };
    },
  };
}

function makeDownloads(
  corp: DingtalkCorp,
  read: MediaShelf['read'],
): Pick<MediaShelf, 'code' | 'exchange' | 'byAddress'> {
  const { robotCode, apiBase } = corp.account;
  const alive = (name: string, kind: 'code' | 'url') => {
    const row = corp.rows.get('download', name);
    return row?.kind === kind && row.until > corp.now() ? row : null;
  };
  return {
    code(mediaId) {
      const code = `dl${corp.ids.text(60)}`;
      corp.rows.commit([
        'download',
        code,
        { kind: 'code', mediaId, until: corp.now() + corp.settings().downloadCodeMs },
      ]);
      return code;
    },
    exchange(body) {
      const code = body['downloadCode'];
      if (!body['robotCode']) throw refuse('invalidParameter.robotCode.empty');
      if (body['robotCode'] !== robotCode) throw refuse('invalidParameter.robotCode.auth');
      const row = typeof code === 'string' ? alive(code, 'code') : null;
      if (!row) throw refuse('invalidParameter.robotCode.downloadCode');
      const name = `${corp.ids.text(40)}.file`;
      const life = corp.settings().downloadUrlMs;
      corp.rows.commit(['download', name, { kind: 'url', mediaId: row.mediaId, until: corp.now() + life }]);
      const expires = Math.floor((corp.realNow() + life) / 1000);
      return { downloadUrl: `${apiBase.replace(/\/api$/, '')}/file/${name}?Expires=${expires}` };
    },
    byAddress(name) {
      const row = alive(name, 'url');
      return row && read(row.mediaId);
    },
  };
}
