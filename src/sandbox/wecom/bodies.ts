/** The bodies of message/send but for template cards: checked, cut where the platform cuts, and made into what a person sees. Source: reference/wecom.md, 4.1. */
import type { CardBody, Message, MessageKind } from '../client.ts';
import { WecomError } from './errors.ts';

/** What a body comes to, before it is anybody's copy. */
export type Content = Pick<Message, 'kind' | 'text' | 'card' | 'mediaUrl' | 'truncated'>;

/** @param usable is this media id known, not too old, and of this type? */
export type IsUsable = (mediaId: string, type: 'image' | 'voice' | 'video' | 'file') => boolean;

const MAX_TEXT = 2048; // bytes

type Body = Record<string, unknown>;

/** @throws WecomError 40008 for a kind that an app cannot send */
export function readContent(kind: unknown, body: unknown, usable: IsUsable): Content {
  const read = typeof kind === 'string' ? READERS[kind] : undefined;
  if (!read) throw new WecomError(40008);
  if (typeof body !== 'object' || body === null) throw new WecomError(44004);
  return read(body as Body, usable);
}

// markdown_v2 is for robots and webhooks only; miniprogram_notice needs a mini program, and the sandbox's corp has none.
const READERS: Readonly<Record<string, (body: Body, usable: IsUsable) => Content>> = {
  text: (body) => ({ kind: 'text', text: cutBytes(words(body, 'content', 44004), MAX_TEXT) }),
  markdown(body) {
    const text = words(body, 'content', 44004);
    // (assumed) refused rather than cut
    if (Buffer.byteLength(text) > MAX_TEXT) throw new WecomError(45002);
    return { kind: 'markdown', text };
  },
  textcard(body) {
    const title = words(body, 'title', 41016);
    const description = words(body, 'description', 44004);
    link(body, true);
    const card = { ...body, title, description } as CardBody;
    const truncated = [
      ...tooLong('title', title, 128),
      ...tooLong('description', description, 512),
      ...tooLong('btntxt', body['btntxt'], 4),
    ];
    return { kind: 'textcard', text: `${title}\n${description}`, card, ...(truncated.length > 0 ? { truncated } : {}) };
  },
  news: (body) => articles(body, 'news', (article) => link(article, !article['appid'])),
  mpnews: (body, usable) =>
    articles(body, 'mpnews', (article) => {
      words(article, 'content', 44004);
      if (!usable(words(article, 'thumb_media_id', 41006), 'image')) throw new WecomError(40007);
    }),
  image: file('image'),
  voice: file('voice'),
  video: file('video'),
  file: file('file'),
};

function file(kind: 'image' | 'voice' | 'video' | 'file') {
  return (body: Body, usable: IsUsable): Content => {
    const id = words(body, 'media_id', 41006);
    if (!usable(id, kind)) throw new WecomError(40007);
    const title = kind === 'video' && typeof body['title'] === 'string' ? { text: cutBytes(body['title'], 128) } : {};
    return { kind, mediaUrl: mediaUrl(id), ...title };
  };
}

export const mediaUrl = (mediaId: string) => `/sandbox/api/media/${mediaId}`;

function articles(body: Body, kind: MessageKind, check: (article: Body) => void): Content {
  const all: unknown = body['articles'];
  if (!Array.isArray(all) || all.length < 1 || all.length > 8) throw new WecomError(45008);
  for (const article of all as Body[]) {
    words(article, 'title', 41016);
    check(article);
  }
  return {
    kind,
    text: (all as Body[]).map((one) => String(one['title'])).join('\n'),
    card: { articles: all as never },
  };
}

function words(body: Body, field: string, code: number): string {
  const value = body[field];
  if (typeof value !== 'string' || value === '') throw new WecomError(code, field);
  return value;
}

function link(body: Body, required: boolean): void {
  if (!required && !body['url']) return;
  const url = words(body, 'url', 41010);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) throw new WecomError(45034);
  if (Buffer.byteLength(url) > 2048) throw new WecomError(45002, 'url');
}

const tooLong = (field: string, value: unknown, chars: number): string[] =>
  typeof value === 'string' && [...value].length > chars ? [field] : [];

/** The longest beginning that fits, never half a character. */
export function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let length = 0;
  let cut = '';
  for (const char of text) {
    length += Buffer.byteLength(char);
    if (length > bytes) break;
    cut += char;
  }
  return cut;
}
