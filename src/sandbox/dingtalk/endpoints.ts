/** The calls that the local DingTalk knows. Any other path is refused, so that nobody builds on what does not exist. */
import { makeCardCalls } from './cardCalls.ts';
import { makeContacts } from './contacts.ts';
import type { DingtalkCorp } from './corp.ts';
import type { Endpoint, Request } from './endpoint.ts';
import type { MediaShelf } from './media.ts';
import { makeNotifications } from './notifications.ts';
import type { Push } from './push.ts';
import { makeRobot } from './robot.ts';
import { makeSignIn } from './signIn.ts';
import { makeTodos } from './todos.ts';
import { makeTokens } from './tokens.ts';

type Run = Endpoint['run'];
type More = Partial<Pick<Endpoint, 'takes' | 'token' | 'scope' | 'counted'>>;
type Line = (path: string, run: Run, more?: More) => Endpoint;

const line =
  (host: Endpoint['host'], method: Endpoint['method'], usual: More): Line =>
  (path, run, more = {}) => ({
    host,
    method,
    path,
    run,
    takes: method === 'GET' || method === 'DELETE' ? 'query' : 'json',
    token: 'app',
    scope: null,
    counted: true,
    ...usual,
    ...more,
  });

const [post, put, get, remove] = (['POST', 'PUT', 'GET', 'DELETE'] as const).map((method) =>
  line('api', method, {}),
) as [Line, Line, Line, Line];
const old = line('oapi', 'POST', {});
const oldGet = line('oapi', 'GET', {});
const FREE: More = { counted: false };
const OPEN: More = { counted: false, token: 'none' };

export function makeEndpoints(corp: DingtalkCorp, media: MediaShelf, push: Push): readonly Endpoint[] {
  return [...entrance(corp, push), ...contacts(corp), ...messages(corp, media), ...cards(corp), ...todos(corp)];
}

function entrance(corp: DingtalkCorp, push: Push): Endpoint[] {
  const tokens = makeTokens(corp);
  const signIn = makeSignIn(corp);
  return [
    post('v1.0/oauth2/accessToken', ({ body }) => tokens.fresh(body), OPEN),
    post('v1.0/oauth2/userAccessToken', ({ body }) => signIn.userToken(body), OPEN),
    post('v1.0/oauth2/jsapiTickets', () => signIn.ticket(), FREE),
    post('v1.0/oauth2/{corpId}/token', ({ body, path }) => tokens.unified(body, path['corpId'] ?? ''), OPEN),
    oldGet('gettoken', ({ query }) => tokens.old(query), OPEN),
    get('v1.0/contact/users/me', ({ userid }) => signIn.me(userid), {
      ...FREE,
      token: 'user',
      scope: 'Contact.User.Read',
    }),
    old('topapi/v2/user/getuserinfo', ({ body }) => signIn.inside(body), FREE),
    post('v1.0/gateway/connections/open', ({ body }) => push.open(body), OPEN),
    oldGet('call_back/get_call_back_failed_result', () => {
      const all = push.failed();
      return { has_more: all.length > 200, failed_list: all.slice(0, 200) };
    }),
  ];
}

function contacts(corp: DingtalkCorp): Endpoint[] {
  const run = makeContacts(corp);
  const call = (path: string, scope: string | null, one: (body: Request['body']) => object) =>
    old(`topapi/${path}`, ({ body }) => ({ result: one(body) }), { ...FREE, scope });
  return [
    call('v2/user/get', 'qyapi_get_member', run.user),
    call('v2/user/list', 'qyapi_get_department_member', run.users),
    call('user/listsimple', 'qyapi_get_department_member', run.simpleUsers),
    call('user/listid', null, run.userIds),
    call('v2/user/getbymobile', 'qyapi_get_member_by_mobile', run.byMobile),
    call('user/getbyunionid', null, run.byUnionId),
    call('v2/department/get', 'qyapi_get_department_list', run.department),
    call('v2/department/listsub', 'qyapi_get_department_list', run.below),
    call('v2/department/listsubid', null, run.idsBelow),
    oldGet('auth/scopes', () => run.scopes(), FREE),
  ];
}

function messages(corp: DingtalkCorp, media: MediaShelf): Endpoint[] {
  const robot = makeRobot(corp, media);
  const notifications = makeNotifications(corp, media);
  const scope = { scope: 'qyapi_robot_sendmsg' };
  const base = 'topapi/message/corpconversation';
  return [
    post('v1.0/robot/oToMessages/batchSend', ({ body }) => robot.toPeople(body), scope),
    post('v1.0/robot/otoMessages/batchRecall', ({ body }) => robot.recall(body, false), scope),
    post('v1.0/robot/groupMessages/send', ({ body }) => robot.toGroup(body), scope),
    post('v1.0/robot/groupMessages/recall', ({ body }) => robot.recall(body, true), scope),
    post('v1.0/robot/messageFiles/download', ({ body }) => media.exchange(body), scope),
    old('robot/sendBySession', ({ query, raw }) => robot.bySession(query.get('session') ?? '', raw), OPEN),
    old('media/upload', (request) => media.upload(request), { takes: 'form' }),
    old(`${base}/asyncsend_v2`, ({ body }) => notifications.send(body)),
    old(`${base}/getsendresult`, ({ body }) => notifications.result(body)),
    old(`${base}/getsendprogress`, ({ body }) => notifications.progress(body)),
  ];
}

function cards(corp: DingtalkCorp): Endpoint[] {
  const run = makeCardCalls(corp);
  const scope = { scope: 'Card.Instance.Write' };
  return [
    post('v1.0/card/instances/createAndDeliver', ({ body }) => run.createAndDeliver(body), scope),
    post('v1.0/card/instances/deliver', ({ body }) => run.deliver(body), scope),
    post('v1.0/card/instances', ({ body }) => run.create(body), scope),
    put('v1.0/card/instances', ({ body }) => run.update(body), scope),
    post('v1.0/card/callbacks/register', ({ body }) => run.register(body), scope),
  ];
}

function todos(corp: DingtalkCorp): Endpoint[] {
  const run = makeTodos(corp);
  const write = { scope: 'Todo.Todo.Write' };
  const read = { scope: 'Todo.Todo.Read' };
  const base = 'v1.0/todo/users/{unionId}';
  return [
    post(`${base}/tasks`, run.create, write),
    put(`${base}/tasks/{taskId}`, run.update, write),
    put(`${base}/tasks/{taskId}/executorStatus`, run.executorStatus, write),
    remove(`${base}/tasks/{taskId}`, run.remove, write),
    get(`${base}/tasks/{taskId}`, run.get, read),
    get(`${base}/tasks/sources/{sourceId}`, run.bySource, read),
    post(`${base}/org/tasks/query`, run.query, read),
  ];
}
