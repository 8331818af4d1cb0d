import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aSandbox, aText, NOON, type Bench, type Json } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await aSandbox();
});
afterEach(() => bench.close());

const apiUrl = async (path: string) =>
  `${bench.served.sandbox.wecom.apiBase}/cgi-bin/${path}${path.includes('?') ? '&' : '?'}access_token=${await bench.token()}`;
const chat = async (userid: string) => (await bench.api('GET', `chats/${userid}`)).body['messages'] as Json[];

describe("the API's manners", () => {
  it('unknown paths are 404, so that nobody builds on them', async () => {
    expect((await fetch(await apiUrl('todo/create'))).status).toBe(404);
  });
  it('a call by GET of what takes a body fails as if all were missing', async () => {
    expect(await bench.call('message/send')).toMatchObject({ errcode: 41011 });
  });
  it('broken JSON and broken UTF-8 are told', async () => {
    for (const body of ['{"touser":', Buffer.from([0x7b, 0xff, 0x7d]), '[1]']) {
      const answer = (await (await fetch(await apiUrl('message/send'), { method: 'POST', body })).json()) as Json;
      expect([answer['errcode'], answer['errmsg']]).toEqual([
        40035,
        expect.stringMatching(/^Warning: wrong json format\./),
      ]);
    }
  });
  it('a body over 1 MiB is 40206', async () => {
    expect(await bench.call('message/send', aText('chenwei', 'x'.repeat(1_100_000)))).toMatchObject({ errcode: 40206 });
  });
  it('too many calls a minute are 45009, until the minute is over', async () => {
    const access_token = await bench.token();
    await bench.api('PUT', 'settings', { callsPerMinute: 2 });
    const ask = async () => (await bench.get('department/list', { access_token }))['errcode'];
    expect([await ask(), await ask(), await ask()]).toEqual([0, 0, 45009]);
    bench.time.now += 60_000;
    expect(await ask()).toBe(0);
  });
});

describe('faults', () => {
  const fault = (body: Json) => bench.api('POST', 'faults', body);

  it("the platform's own error, as often as ordered", async () => {
    await fault({ path: 'message/send', errcode: -1, times: 2 });
    const codes = [];
    for (let time = 0; time < 3; time += 1)
      codes.push((await bench.call('message/send', aText('chenwei', 'x')))['errcode']);
    expect(codes).toEqual([-1, -1, 0]);
  });
  it("a gateway's status, and half an answer", async () => {
    await fault({ path: '/cgi-bin/message/send', http: 502 });
    await fault({ path: 'message/send', garbage: true });
    const url = await apiUrl('message/send');
    const send = () => fetch(url, { method: 'POST', body: JSON.stringify(aText('chenwei', 'x')) });
    expect((await send()).status).toBe(502);
    await expect((await send()).json()).rejects.toThrow();
    expect(await chat('chenwei')).toEqual([]);
  });
  it('a cut connection before, and after the work was done', async () => {
    const url = await apiUrl('message/send');
    const send = () => fetch(url, { method: 'POST', body: JSON.stringify(aText('chenwei', 'x')) });
    await fault({ path: 'message/send', reset: true });
    await expect(send()).rejects.toThrow();
    expect(await chat('chenwei')).toEqual([]);
    await fault({ path: 'message/send', loseReply: true });
    await expect(send()).rejects.toThrow();
    expect(await chat('chenwei')).toHaveLength(1);
  });
  it('slowness', async () => {
    await fault({ path: '*', delayMs: 120 });
    const started = performance.now();
    await bench.token();
    expect(performance.now() - started).toBeGreaterThan(110);
  });
  it('are listed, cleared, and checked when ordered', async () => {
    expect((await fault({ path: 'x', errorcode: 5 })).status).toBe(400);
    expect((await fault({ path: 'x', errcode: 5, times: 3 })).body).toEqual({
      faults: [{ path: 'x', errcode: 5, times: 3 }],
    });
    expect((await bench.api('DELETE', 'faults')).body).toEqual({ faults: [] });
  });
});

it('calls are counted by path, with their bodies and errors', async () => {
  await bench.call('message/send', aText('chenwei', 'x'));
  await bench.call('message/send', aText('ghost', 'x'));
  const { body } = await bench.api('GET', 'calls');
  expect(body).toMatchObject({ counts: { 'message/send': 2, gettoken: 2 }, errors: { 81013: 1 } });
  expect((body['calls'] as Json[]).at(-1)).toMatchObject({
    path: 'message/send',
    errcode: 81013,
    at: NOON,
    body: { touser: 'ghost' },
  });
  expect((await bench.api('DELETE', 'calls')).body).toMatchObject({ counts: {}, calls: [] });
});

describe('media', () => {
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('rest of it')]);
  const upload = async (type: string, bytes: Buffer, name = '截图.png', field = 'media') => {
    const form = new FormData();
    form.append(field, new Blob([new Uint8Array(bytes)]), name);
    return (await (
      await fetch(await apiUrl(`media/upload?type=${type}`), { method: 'POST', body: form })
    ).json()) as Json;
  };
  const read = async (id: unknown, headers: Record<string, string> = {}) =>
    fetch(await apiUrl(`media/get?media_id=${String(id)}`), { headers });

  it('comes back as it went, whole or in part, for three days', async () => {
    const answer = await upload('image', png);
    expect(answer).toMatchObject({ errcode: 0, type: 'image', created_at: String(NOON / 1000) });
    const whole = await read(answer['media_id']);
    expect(Buffer.from(await whole.arrayBuffer()).equals(png)).toBe(true);
    expect(whole.headers.get('content-disposition')).toContain(encodeURIComponent('截图.png'));
    const part = await read(answer['media_id'], { range: 'bytes=8-11' });
    expect([part.status, await part.text()]).toEqual([206, 'rest']);
    bench.time.now += 72 * 3_600_000;
    expect(await (await read(answer['media_id'])).json()).toMatchObject({ errcode: 40007 });
  });
  it('can be sent, as what it is', async () => {
    const { media_id } = await upload('image', png);
    const send = (msgtype: string) =>
      bench.call('message/send', { touser: 'chenwei', agentid: 1000002, msgtype, [msgtype]: { media_id } });
    expect(await send('file')).toMatchObject({ errcode: 40007 });
    expect(await send('image')).toMatchObject({ errcode: 0 });
    expect(await chat('chenwei')).toMatchObject([
      { kind: 'image', mediaUrl: `/sandbox/api/media/${String(media_id)}` },
    ]);
  });
  it.each<[string, string, Buffer, number]>([
    ['unknown type', 'picture', png, 40004],
    ['too small', 'file', Buffer.from('12345'), 40006],
    ['no picture', 'image', Buffer.from('GIF89a...'), 40005],
    ['picture over 10 MB', 'image', Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)]), 40009],
    ['file over 20 MB', 'file', Buffer.alloc(20 * 1024 * 1024 + 1), 45001],
    ['beyond all limits', 'file', Buffer.alloc(22 * 1024 * 1024), 45001],
  ])('refuses: %s', async (_because, type, bytes, code) =>
    expect(await upload(type, bytes)).toMatchObject({ errcode: code }),
  );
  it('needs the field "media"', async () => {
    expect(await upload('file', png, 'a.png', 'file')).toMatchObject({ errcode: 44001 });
  });
});

describe('contacts', () => {
  it('tell what a new app may know: no phone, no mail', async () => {
    const user = await bench.call('user/get?userid=WUGANG');
    expect(user).toMatchObject({
      userid: 'WuGang',
      name: '吴刚',
      department: [2],
      is_leader_in_dept: [1],
      direct_leader: ['zhouming'],
      main_department: 2,
      status: 1,
    });
    for (const field of ['mobile', 'email', 'biz_mail', 'gender', 'avatar']) expect(user).not.toHaveProperty(field);
    expect(await bench.call('user/get?userid=hanmei')).toMatchObject({ direct_leader: [] });
    expect(await bench.call('user/get?userid=xiebin')).toMatchObject({ department: [9, 7], is_leader_in_dept: [1, 0] });
  });
  it.each([
    ['user/get?userid=ghost', 60111],
    ['user/get', 41009],
    ['user/get?userid=a%20b', 40003],
    ['user/list?department_id=99', 60003],
    ['department/get?id=99', 60003],
    ['department/list?id=99', 60003],
    ['agent/get?agentid=1000003', 301002],
  ])('%s → %i', async (path, code) => expect(await bench.call(path)).toMatchObject({ errcode: code }));

  it('list members of a department alone, and departments with all below', async () => {
    const names = async (path: string, key: string) =>
      ((await bench.call(path))[key] as Json[]).map((one) => one['name'] ?? one['id']);
    expect(await names('user/list?department_id=7', 'userlist')).toEqual(['李强', '谢斌']);
    expect(await names('user/simplelist?department_id=4', 'userlist')).toEqual(['何静', '高峰']);
    expect(await names('department/list?id=7', 'department')).toEqual(['研发部', '前端组', '后端组']);
    expect(await names('department/list', 'department')).toHaveLength(10);
    expect(await names('department/simplelist?id=8', 'department_id')).toEqual([8]);
    expect(await bench.call('department/get?id=2')).toMatchObject({
      department: { parentid: 1, department_leader: ['WuGang'] },
    });
  });
  it('every head and manager is one of the people, and the chart ends at the top', async () => {
    const people = (await (await fetch(`${bench.served.url}/sandbox/api/people`)).json()) as {
      userid: string;
      manager: string | null;
      isHead: boolean;
    }[];
    const byId = new Map(people.map((one) => [one.userid, one]));
    expect(people.length).toBeGreaterThanOrEqual(20);
    for (const one of people) {
      let steps = 0;
      for (let at = one; at.manager !== null; steps += 1) {
        at = byId.get(at.manager) as typeof one;
        expect([at, steps < 10]).toEqual([expect.anything(), true]);
      }
    }
    const top = people.filter((one) => one.manager === null).map((one) => one.userid);
    expect(top).toEqual(['hanmei', 'zhouming', 'ding-guoqiang', 'ding-zhouming']);
    expect(people.filter((one) => one.isHead)).toHaveLength(12);
  });
});

describe('sign-in', () => {
  const authorize = (change: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const query = {
      appid: bench.served.sandbox.wecom.corpId,
      redirect_uri: `${bench.served.url}/m/t/1?a=b`,
      response_type: 'code',
      scope: 'snsapi_base',
      state: 'abc',
      _as: 'CHENWEI',
      ...change,
    };
    return fetch(
      `${bench.served.sandbox.wecom.oauthBase}/connect/oauth2/authorize?${new URLSearchParams(query).toString()}`,
      { redirect: 'manual', headers },
    );
  };
  const whoIs = (response: Response) => {
    const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
    return { code, ask: () => bench.call(`auth/getuserinfo?code=${code}`) };
  };

  it('sends back with a code that tells once who it is', async () => {
    const response = await authorize();
    expect(response.headers.get('location')).toMatch(/\/m\/t\/1\?a=b&code=\w{43}&state=abc$/);
    const { ask } = whoIs(response);
    expect(await ask()).toMatchObject({ errcode: 0, userid: 'chenwei' });
    expect(await ask()).toMatchObject({ errcode: 42022 });
  });
  it('the code lives five minutes', async () => {
    const { ask } = whoIs(await authorize());
    bench.time.now += 5 * 60_000;
    expect(await ask()).toMatchObject({ errcode: 40029 });
    expect(await bench.call('auth/getuserinfo?code=x')).toMatchObject({ errcode: 40029 });
  });
  it("takes the person from the chat page's cookie", async () => {
    const response = await authorize({ _as: '' }, { cookie: 'sandbox_as=linxia' });
    expect(await whoIs(response).ask()).toMatchObject({ userid: 'linxia' });
  });
  it.each<[string, Record<string, string>]>([
    ['a strange corp', { appid: 'ww1' }],
    ['an untrusted host', { redirect_uri: 'https://evil.example.com/' }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
    ['a state of other characters', { state: 'a-b' }],
    ['an unknown scope', { scope: 'all' }],
  ])('refuses %s', async (_what, change) => expect((await authorize(change)).status).toBe(400));
  it('asks who it is when nobody is signed in', async () => {
    const page = await (await authorize({ _as: 'ghost' })).text();
    expect(page).toContain('吴刚');
  });
});

describe("the chat page's API", () => {
  it('answers its own page only', async () => {
    const url = `${bench.served.url}/sandbox/api/chats/chenwei/text`;
    const strange = await fetch(url, {
      method: 'POST',
      headers: { origin: 'https://evil.example.com' },
      body: '{"content":"x"}',
    });
    expect(strange.status).toBe(403);
  });
  it.each([
    ['GET', 'chats/ghost', undefined, 404],
    ['GET', 'nothing', undefined, 404],
    ['GET', 'media/x', undefined, 404],
    ['POST', 'chats/chenwei/text', { content: ' ' }, 400],
    ['POST', 'chats/chenwei/text?repeat=0', { content: 'x' }, 400],
    ['POST', 'chats/chenwei/click', { messageId: 'm1' }, 400],
    ['POST', 'chats/chenwei/click', { messageId: 'm1', key: 'k' }, 409],
    ['POST', 'clock', { advanceMs: -1 }, 400],
    ['PUT', 'settings', { strict: true }, 400],
    ['PUT', 'settings', { accounts: 'many' }, 400],
  ] as const)('%s %s %j → %i, with words', async (method, path, body, status) => {
    const answer = await bench.api(method, path, body);
    expect([answer.status, answer.body['problem']]).toEqual([status, expect.any(String)]);
  });
  it("never serves a file from outside the page's folder", async () => {
    expect((await fetch(`${bench.served.url}/sandbox/..%2f..%2fpackage.json`)).status).toBe(404);
    expect((await fetch(`${bench.served.url}/sandbox/%2e%2e/%2e%2e/package.json`)).status).toBe(404);
  });
  it('leaves other paths alone', async () => {
    expect((await fetch(`${bench.served.url}/healthz`)).status).toBe(404);
  });
});
