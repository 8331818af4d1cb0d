/** The calls that the local WeCom knows. Any other path is HTTP 404, so that nobody builds on what does not exist. */
import type { IncomingHttpHeaders } from 'node:http';
import { readUpload } from '../multipart.ts';
import { makeContacts } from './contacts.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import type { MediaShelf } from './media.ts';
import { makeGetUserInfo } from './oauth.ts';
import { makeQuota } from './quota.ts';
import type { Media } from './rows.ts';
import { makeRecall, makeSend } from './send.ts';
import { makeGetToken } from './tokens.ts';
import { makeUpdate } from './update.ts';

export interface Request {
  readonly query: URLSearchParams;
  /** {} for a GET, and for a POST whose call takes no JSON. */
  readonly body: Record<string, unknown>;
  readonly raw: Buffer;
  readonly headers: IncomingHttpHeaders;
}
export type Answer = Record<string, unknown> | File;
interface File {
  readonly file: Media;
  readonly bytes: Buffer;
}
export const isFile = (answer: Answer): answer is File => 'file' in answer && 'bytes' in answer;

export interface Endpoint {
  readonly takes: 'query' | 'json' | 'form';
  /** Whose token opens it. */
  readonly token: 'none' | 'app' | 'contacts' | 'either';
  /** What the other kind of token gets. */
  readonly otherwise?: number;
  /** Not counted in the base frequency. */
  readonly uncounted?: boolean;
  run(request: Request): Answer | Promise<Answer>;
}

export function makeEndpoints(corp: Corp, media: MediaShelf): ReadonlyMap<string, Endpoint> {
  const contacts = makeContacts(corp);
  const getToken = makeGetToken(corp);
  const getUserInfo = makeGetUserInfo(corp);
  const send = makeSend(corp, media, makeQuota(corp));
  const recall = makeRecall(corp);
  const update = makeUpdate(corp, media);

  type Query = (query: URLSearchParams) => Answer;
  const get = (run: Query, more: Partial<Endpoint> = {}): Endpoint => ({
    takes: 'query',
    token: 'app',
    otherwise: 48002,
    run: ({ query }) => run(query),
    ...more,
  });
  // Since 2022 a contacts-sync token reads no details from a new address. Source: reference/wecom.md, 9.
  const details = (run: Query) => get(run, { otherwise: 48009 });
  const post = (run: (body: Record<string, unknown>) => Answer, more: Partial<Endpoint> = {}): Endpoint => ({
    takes: 'json',
    token: 'app',
    otherwise: 48002,
    run: ({ body }) => run(body),
    ...more,
  });
  return new Map<string, Endpoint>([
    ['gettoken', get(getToken, { token: 'none' })],
    ['message/send', post(send, { uncounted: true })],
    ['message/recall', post(recall)],
    ['message/update_template_card', post(update)],
    ['media/upload', { takes: 'form', token: 'app', otherwise: 48002, run: (request) => upload(media, request) }],
    ['media/get', get((query) => download(media, query))],
    ['auth/getuserinfo', get(getUserInfo)],
    ['user/get', details(contacts.user)],
    ['user/list', details(contacts.users)],
    ['user/simplelist', details(contacts.simpleUsers)],
    ['user/list_id', post(contacts.listIds, { token: 'contacts' })],
    ['department/list', details(contacts.departments)],
    ['department/get', details(contacts.department)],
    ['department/simplelist', get(contacts.simpleDepartments, { token: 'either' })],
    ['agent/get', get(contacts.agent)],
  ]);
}

async function upload(media: MediaShelf, { query, raw, headers }: Request): Promise<Answer> {
  const file = await readUpload(headers, raw, 'media');
  if (!file) throw new WecomError(44001);
  const { id, media: kept } = media.upload(query.get('type'), file);
  return { type: kept.type, media_id: id, created_at: String(Math.floor(kept.at / 1000)) };
}

function download(media: MediaShelf, query: URLSearchParams): Answer {
  const id = query.get('media_id');
  if (!id) throw new WecomError(41006);
  const { media: file, bytes } = media.read(id);
  return { file, bytes };
}
