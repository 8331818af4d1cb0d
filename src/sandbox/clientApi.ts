/** `/sandbox/api/…`: what the chat page and the tests do as people. No sign-in: one can be anybody here. Shapes: `client.ts`. */
import type Router from '@koa/router';
import type Koa from 'koa';
import { readBody, readObject } from './body.ts';
import type { ClickBody, Person } from './client.ts';
import { sendFile } from './fileAnswer.ts';
import { readUpload, type Upload } from './multipart.ts';
import type { Employee } from './organisation.ts';
import type { Acts, Delivery } from './wecom/acts.ts';
import type { Tamper } from './wecom/callback.ts';
import type { Corp } from './wecom/corp.ts';
import { WecomError } from './wecom/errors.ts';
import type { MediaShelf } from './wecom/media.ts';
import type { Live } from './live.ts';

const SHOWN = 200;
const MAX_JSON = 1024 * 1024; // bytes
const MAX_PICTURE = 10 * 1024 * 1024; // bytes
const MAX_REPEAT = 100;

export interface ClientApiOptions {
  corp: Corp;
  media: MediaShelf;
  acts: Acts;
  live: Live;
}

/** An answer other than 200, in words. */
export class Rejected extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function addClientApi(router: Router, { corp, media, acts, live }: ClientApiOptions): void {
  const personOf = (ctx: { params: Record<string, string | undefined> }): Employee => {
    const found = corp.directory.find(ctx.params['userid'] ?? '');
    if (!found) throw new Rejected(404, `Nobody is called "${ctx.params['userid'] ?? ''}".`);
    return found;
  };
  const answer = (ctx: Koa.Context, sent: object | string) => {
    if (typeof sent === 'string') throw new Rejected(409, sent);
    ctx.body = sent;
  };

  router.get('/people', (ctx) => {
    ctx.body = corp.directory.employees.map((one) => shown(corp, one));
  });
  router.get('/chats/:userid', (ctx) => {
    ctx.body = {
      messages: corp
        .chat(personOf(ctx).userid)
        .slice(-SHOWN)
        .map((stored) => stored.message),
    };
  });
  router.post('/chats/:userid/text', async (ctx) => {
    const { content } = await json(ctx);
    if (typeof content !== 'string' || content.trim() === '') throw new Rejected(400, '"content" must say something.');
    answer(ctx, await acts.text(personOf(ctx).userid, content, deliveryOf(ctx)));
  });
  router.post('/chats/:userid/image', async (ctx) => {
    answer(ctx, await acts.image(personOf(ctx).userid, await picture(ctx), deliveryOf(ctx)));
  });
  router.post('/chats/:userid/click', async (ctx) => {
    answer(ctx, await acts.click(personOf(ctx).userid, readClick(await json(ctx)), deliveryOf(ctx)));
  });
  router.post('/chats/:userid/enter', async (ctx) => {
    answer(ctx, await acts.enter(personOf(ctx).userid, deliveryOf(ctx)));
  });
  router.post('/chats/:userid/retry', async (ctx) => {
    const { messageId } = await json(ctx);
    answer(ctx, await acts.retry(personOf(ctx).userid, String(messageId), deliveryOf(ctx)));
  });
  router.get('/media/:id', (ctx) => {
    try {
      const { media: file, bytes } = media.read(ctx.params['id'] ?? '');
      sendFile(ctx, file, bytes);
      // A picture is looked at; anything else is downloaded, so that no uploaded page runs here.
      if (/^image\/(png|jpeg|gif|webp)$/.test(file.contentType)) ctx.set('content-disposition', 'inline');
      ctx.set({ 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' });
    } catch (error) {
      if (error instanceof WecomError) throw new Rejected(404, 'This file is unknown or older than three days.');
      throw error;
    }
  });
  router.get('/events', (ctx) => live.open(ctx));
}

export async function json(ctx: Koa.Context): Promise<Record<string, unknown>> {
  const raw = await readBody(ctx.req, MAX_JSON);
  const body = raw && (raw.length === 0 ? {} : readObject(raw));
  if (!body) throw new Rejected(400, 'The body must be a JSON object of at most 1 MiB.');
  return body;
}

async function picture(ctx: Koa.Context): Promise<Upload> {
  const bytes = await readBody(ctx.req, MAX_PICTURE);
  if (!bytes) throw new Rejected(413, '图片不能超过 10 MB。A picture may have 10 MB.');
  const form = ctx.req.headers['content-type']?.startsWith('multipart/form-data')
    ? await readUpload(ctx.req.headers, bytes, 'media')
    : { name: ctx.query['name']?.toString() ?? 'image.png', contentType: ctx.get('content-type'), bytes };
  // A file dropped into the chat does not reach an app at all.
  if (!form || !/^image\//.test(form.contentType) || form.bytes.length === 0)
    throw new Rejected(415, '企业微信只会把图片转给应用。WeCom passes only pictures on to an app.');
  return form;
}

function readClick(body: Record<string, unknown>): ClickBody {
  const { messageId, key, selected } = body;
  const fits =
    typeof selected === 'object' &&
    selected !== null &&
    Object.values(selected).every((ids) => Array.isArray(ids) && ids.every((id) => typeof id === 'string'));
  if (typeof messageId !== 'string' || typeof key !== 'string' || (selected !== undefined && !fits))
    throw new Rejected(400, 'A click is { messageId, key, selected?: { question: [option] } }.');
  return { messageId, key, ...(fits ? { selected: selected as Record<string, string[]> } : {}) };
}

/** `?repeat=3&concurrent=1&tamper=signature` */
function deliveryOf(ctx: Koa.Context): Delivery {
  const query = new URLSearchParams(ctx.querystring);
  const repeat = Number(query.get('repeat') ?? 1);
  if (!Number.isInteger(repeat) || repeat < 1 || repeat > MAX_REPEAT)
    throw new Rejected(400, `"repeat" is a whole number from 1 to ${MAX_REPEAT}.`);
  const tamper = query.get('tamper');
  if (tamper !== null && !['signature', 'receiver', 'truncated'].includes(tamper))
    throw new Rejected(400, '"tamper" is signature, receiver or truncated.');
  const concurrent = query.get('concurrent') === '1';
  return tamper === null ? { repeat, concurrent } : { repeat, concurrent, tamper: tamper as Tamper };
}

function shown(corp: Corp, one: Employee): Person {
  return {
    platform: 'wecom',
    groups: [],
    elsewhere: null,
    userid: one.userid,
    name: one.name,
    departments: one.departments.map((id) => corp.directory.department(id)?.name ?? ''),
    position: one.position,
    isHead: one.departments.some((id) => corp.directory.leads(one, id)),
    manager: one.manager,
  };
}
