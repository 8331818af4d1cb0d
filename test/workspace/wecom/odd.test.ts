/** Answers that a real WeCom may give and the sandbox doesn't: a small server that answers as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Workspace } from '../../../src/workspace/port.ts';
import { makeWecom } from '../../../src/workspace/wecom/wecom.ts';
import { aLog } from '../../support/log.ts';
import { aPost, KEYS } from '../support/wecomCalls.ts';
import { aCache } from '../support/door.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const json =
  (body: object): Answer =>
  (response) =>
    void response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...body }));
let answers: Record<string, Answer> = {};
let asked: string[] = [];
const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  asked.push(pathname + search);
  const path = pathname.replace('/cgi-bin/', '');
  (answers[path] ?? ((res) => void res.writeHead(404).end()))(response, request);
});
let workspace: Workspace;
const send = () => workspace.send({ kind: 'text', to: 'ann', text: 'hi', dedupeKey: 'k' });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  workspace = makeWecom({
    id: 'hq',
    ...KEYS,
    agentId: 1,
    secret: 's',
    apiBase,
    publicUrl: 'https://paidan.example.com',
    settings: { timeoutMs: 1000 },
    cache: aCache(),
    clock: () => Date.now(),
    log: aLog(),
  });
});
beforeEach(() => {
  answers = { gettoken: json({ access_token: 'T0KEN', expires_in: 7200 }) };
  asked = [];
});
afterAll(() => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()));

describe('a call', () => {
  it('is not carried on to where a redirect points', async () => {
    answers['message/send'] = (response) => void response.writeHead(307, { location: '/elsewhere' }).end();
    expect((await send()).result).toBe('unknown');
    expect(asked.filter((path) => path.startsWith('/elsewhere'))).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['HTML', (response) => void response.end('<html>proxy login</html>')],
    ['nothing', (response) => void response.end()],
    ['JSON without errcode', (response) => void response.end('{}')],
    ['a JSON text', (response) => void response.end('"ok"')],
    ['half an answer', (response) => void response.writeHead(200, { 'content-length': 99 }).end('{"errcode":0')],
    ['fields of other types', json({ msgid: 7, invaliduser: [] })],
  ])('answered by %s is of unknown result, not an exception', async (_what, answer) => {
    answers['message/send'] = answer;
    expect((await send()).result).toBe('unknown');
  });

  it('answered by 429 waits as long as it is told, an hour at most', async () => {
    const told = async (after: string) => {
      answers['message/send'] = (response) => void response.writeHead(429, { 'retry-after': after }).end();
      return send();
    };
    expect(await told('7')).toMatchObject({ result: 'later', waitMs: 7000 });
    expect(await told('86400')).toMatchObject({ result: 'later', waitMs: 3_600_000 });
    expect(await told('soon')).not.toHaveProperty('waitMs');
  });

  it('with the only receiver in invaliduser was not delivered, in whatever case', async () => {
    answers['message/send'] = json({ invaliduser: 'bob|ann', msgid: 'm' });
    const sent = await workspace.send({ kind: 'text', to: 'Ann', text: 'hi', dedupeKey: 'k' });
    expect(sent).toMatchObject({ result: 'dead', platformCode: 'invaliduser' });
  });
});

describe('a callback', () => {
  it('of the platform itself gets no words for an answer, a person does', async () => {
    const answered = async (sender: string) => {
      const xml =
        `<xml><FromUserName>${sender}</FromUserName><CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime>` +
        '<MsgType>event</MsgType><Event>change_contact</Event></xml>';
      const request = aPost(xml, { timestamp: Math.floor(Date.now() / 1000) });
      return (await workspace.callback(request, async () => ({ text: 'hi' }))).body !== '';
    };
    expect([await answered('sys'), await answered('ann')]).toEqual([false, true]);
  });
});

describe('the directory', () => {
  it('takes heads from where they stand, and lives with missing fields', async () => {
    answers['department/list'] = json({
      department: [
        { id: 3, name: '客服部', parentid: 1, department_leader: ['Bob'] },
        { id: 4, parentid: 3 },
      ],
    });
    const members: Record<string, object[]> = {
      3: [
        { userid: 'Bob' },
        { userid: 'eve', name: 'Eve', department: [9, 3], main_department: 3, is_leader_in_dept: [0, 1] },
      ],
      4: [
        { userid: 'old', name: '老王', department: [4], status: 1, mobile: '138', email: 'a@b.c', biz_mail: 'w@b.c' },
        { userid: 'gone', name: '小李', department: [4], status: 5, email: 'g@b.c', mobile: '' },
      ],
    };
    answers['user/list'] = (response, request) => {
      const department = new URL(request.url ?? '/', 'http://localhost').searchParams.get('department_id') ?? '';
      json({ userlist: members[department] ?? [] })(response, request);
    };
    const { departments, people } = await workspace.directory();
    expect(departments).toEqual([
      { key: '3', name: '客服部', parent: null, heads: ['bob', 'eve'] },
      { key: '4', name: '4', parent: '3', heads: [] },
    ]);
    const nobody = { active: true, departments: [], managers: [], mail: null, mobile: null, unionId: null };
    expect(people).toEqual([
      { ...nobody, account: 'bob', accountVerbatim: 'Bob', name: 'Bob' },
      { ...nobody, account: 'eve', accountVerbatim: 'eve', name: 'Eve', departments: ['3'] },
      {
        ...nobody,
        account: 'old',
        accountVerbatim: 'old',
        name: '老王',
        departments: ['4'],
        mail: 'w@b.c',
        mobile: '138',
      },
      {
        ...nobody,
        account: 'gone',
        accountVerbatim: 'gone',
        name: '小李',
        departments: ['4'],
        active: false,
        // A personal address, which people may enter themselves, says nothing about who they are.
        mail: null,
      },
    ]);
  });
});

describe('a media file', () => {
  const file =
    (headers: Record<string, string>): Answer =>
    (response) =>
      void response.writeHead(200, headers).end('bytes');

  it.each([
    ['attachment; filename="a.png"', 'a.png'],
    [Buffer.from('attachment; filename="打印机.jpg"').toString('latin1'), '打印机.jpg'],
    ["attachment; filename=x; filename*=UTF-8''%E6%89%93.jpg", '打.jpg'],
    ['attachment', null],
  ])('is named by %s', async (disposition, name) => {
    answers['media/get'] = file({ 'content-disposition': disposition, 'content-type': 'image/jpeg; x=y' });
    const media = await workspace.media('m');
    media.stream.resume();
    expect(media).toMatchObject({ name, mime: 'image/jpeg' });
  });

  it('that is JSON itself is a file, when it is sent as one', async () => {
    answers['media/get'] = file({
      'content-disposition': 'attachment; filename="a.json"',
      'content-type': 'application/json',
    });
    const media = await workspace.media('m');
    media.stream.resume();
    expect(media.name).toBe('a.json');
  });

  it('fetched with an old token is fetched again with a new one', async () => {
    let times = 0;
    answers['media/get'] = (response, request) => {
      times += 1;
      if (times > 1)
        return file({ 'content-type': 'image/png', 'content-disposition': 'attachment' })(response, request);
      response.setHeader('content-type', 'application/json; charset=UTF-8');
      json({ errcode: 42001, errmsg: 'expired' })(response, request);
    };
    (await workspace.media('m')).stream.resume();
    expect(times).toBe(2);
  });
});

describe('sign-in', () => {
  it.each<[string, object, string | null]>([
    ['a member', { userid: 'Ann' }, 'ann'],
    ['a member, in the old words', { UserId: 'Ann' }, 'ann'],
    ['somebody outside the corp', { openid: 'o', external_userid: 'e' }, null],
  ])('of %s', async (_who, answer, account) => {
    answers['auth/getuserinfo'] = json(answer);
    expect(await workspace.signIn.account('code')).toBe(account);
  });

  it('makes the addresses of the reference, and takes no state that WeCom would not', () => {
    const { signIn } = workspace;
    expect(signIn.url('https://paidan.example.com/auth/hq/back', 'abc', true)).toBe(
      'https://open.weixin.qq.com/connect/oauth2/authorize?appid=ww0123456789abcdef' +
        '&redirect_uri=https%3A%2F%2Fpaidan.example.com%2Fauth%2Fhq%2Fback' +
        '&response_type=code&scope=snsapi_base&state=abc&agentid=1#wechat_redirect',
    );
    expect(signIn.url('https://paidan.example.com/auth/hq/back', 'abc', false)).toBe(
      'https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=ww0123456789abcdef' +
        '&redirect_uri=https%3A%2F%2Fpaidan.example.com%2Fauth%2Fhq%2Fback&agentid=1&state=abc',
    );
    expect(() => signIn.url('https://x', 'a-b', true)).toThrow('state');
  });
});
