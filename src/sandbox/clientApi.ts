/** `/sandbox/api/…`: what the chat page and the tests do as people of either corp. No sign-in: one can be anybody here. Shapes: `client.ts`. */
import type Router from '@koa/router';
import type { ClickBody } from './client.ts';
import { json, possible, Rejected } from './clientBody.ts';
import { sendFile } from './fileAnswer.ts';
import type { Live } from './live.ts';
import type { Employee } from './organisation.ts';
import { peopleOf, type Side } from './side.ts';

/** Messages of a chat. */
export const SHOWN = 200;

export function addClientApi(router: Router, sides: readonly Side[], live: Live): void {
  /** Accounts of the corps never clash. */
  const whose = (ctx: { params: Record<string, string | undefined> }): { side: Side; person: Employee } => {
    const userid = ctx.params['userid'] ?? '';
    for (const side of sides) {
      const person = side.directory.find(userid);
      if (person) return { side, person };
    }
    throw new Rejected(404, `Nobody is called "${userid}".`);
  };

  router.get('/people', (ctx) => {
    ctx.body = peopleOf(sides);
  });
  router.get('/chats/:userid', (ctx) => {
    const { side, person } = whose(ctx);
    ctx.body = { messages: side.chat(person.userid).slice(-SHOWN) };
  });
  router.post('/chats/:userid/text', async (ctx) => {
    const { side, person } = whose(ctx);
    ctx.body = await side.text(person, wordsOf(await json(ctx)), ctx);
  });
  router.post('/chats/:userid/image', async (ctx) => {
    const { side, person } = whose(ctx);
    ctx.body = await side.image(person, ctx);
  });
  router.post('/chats/:userid/click', async (ctx) => {
    const { side, person } = whose(ctx);
    ctx.body = possible(await side.click(person, readClick(await json(ctx)), ctx));
  });
  router.post('/chats/:userid/enter', async (ctx) => {
    const { side, person } = whose(ctx);
    ctx.body = await side.enter(person, ctx);
  });
  router.post('/chats/:userid/retry', async (ctx) => {
    const { side, person } = whose(ctx);
    const { messageId } = await json(ctx);
    ctx.body = possible(await side.retry(person, String(messageId), ctx));
  });
  router.get('/media/:id', (ctx) => {
    for (const side of sides) {
      const found = side.file(ctx.params['id'] ?? '');
      if (!found) continue;
      sendFile(ctx, found.media, found.bytes);
      // A picture is looked at; anything else is downloaded, so that no uploaded page runs here.
      if (/^image\/(png|jpeg|gif|webp)$/.test(found.media.contentType)) ctx.set('content-disposition', 'inline');
      ctx.set({ 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' });
      return;
    }
    throw new Rejected(404, 'This file is unknown or older than three days.');
  });
  router.get('/events', (ctx) => live.open(ctx));
}

/** @throws Rejected when it says nothing */
export function wordsOf({ content }: Record<string, unknown>): string {
  if (typeof content !== 'string' || content.trim() === '') throw new Rejected(400, '"content" must say something.');
  return content;
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
