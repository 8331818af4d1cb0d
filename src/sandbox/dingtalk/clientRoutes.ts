/** What only DingTalk's people do, below `/sandbox/api`: cards with forms, files, groups, to-dos. Shapes: `../client.ts`. */
import type Router from '@koa/router';
import type { InteractiveClick } from '../client.ts';
import { SHOWN, wordsOf } from '../clientApi.ts';
import { deliveryOf, fileOf, json, possible, Rejected } from '../clientBody.ts';
import type { Employee, GroupChat } from '../organisation.ts';
import type { Dingtalk } from './dingtalk.ts';
import { TAMPERS } from './push.ts';
import { pictureOf } from './side.ts';
import { todosOf } from './todoView.ts';

const MAX_FILE = 100 * 1024 * 1024; // bytes

type Params = { params: Record<string, string | undefined> };

export function addDingtalkRoutes(router: Router, { corp, acts }: Dingtalk): void {
  const personOf = ({ params }: Params): Employee => {
    const found = corp.directory.find(params['userid'] ?? '');
    if (!found)
      throw new Rejected(404, `没有这个人，或者不在钉钉。Nobody at DingTalk is called "${params['userid'] ?? ''}".`);
    return found;
  };
  const groupOf = (ctx: Params, person: Employee): GroupChat => {
    const id = ctx.params['id'] ?? '';
    if (corp.settings().disbanded.includes(id)) throw new Rejected(409, '群已解散。This group is disbanded.');
    const found = corp.group(id, person.userid);
    if (!found) throw new Rejected(404, '没有这个群，或者不在群里。There is no such group with this person in it.');
    return found;
  };

  router.post('/chats/:userid/file', async (ctx) => {
    const person = personOf(ctx);
    ctx.body = await acts.file(person, await fileOf(ctx, MAX_FILE, 'file'), deliveryOf(ctx, TAMPERS));
  });
  router.post('/chats/:userid/act', async (ctx) => {
    const person = personOf(ctx);
    ctx.body = possible(await acts.act(person, readAct(await json(ctx)), deliveryOf(ctx, TAMPERS)));
  });
  router.get('/chats/:userid/todos', (ctx) => {
    ctx.body = todosOf(corp.rows.all('todo'), corp.unionIdOf(personOf(ctx).userid));
  });
  router.get('/chats/:userid/groups/:id', (ctx) => {
    const person = personOf(ctx);
    const chat = corp.chat(person.userid, groupOf(ctx, person).id);
    ctx.body = { messages: chat.slice(-SHOWN).map((stored) => stored.message) };
  });
  router.post('/chats/:userid/groups/:id/text', async (ctx) => {
    const person = personOf(ctx);
    const said = await json(ctx);
    const body = { content: wordsOf(said), mention: said['mention'] === true };
    ctx.body = await acts.groupText(person, groupOf(ctx, person), body, deliveryOf(ctx, TAMPERS));
  });
  router.post('/chats/:userid/groups/:id/image', async (ctx) => {
    const person = personOf(ctx);
    const words = new URLSearchParams(ctx.querystring).get('text') ?? '';
    const upload = await pictureOf(ctx);
    ctx.body = await acts.groupImage(person, groupOf(ctx, person), upload, words, deliveryOf(ctx, TAMPERS));
  });
}

function readAct(body: Record<string, unknown>): InteractiveClick {
  const { messageId, actionId, params = {} } = body;
  if (typeof messageId !== 'string' || typeof actionId !== 'string' || typeof params !== 'object' || params === null)
    throw new Rejected(400, 'An act is { messageId, actionId, params? }.');
  return { messageId, actionId, params: params as Record<string, unknown> };
}
