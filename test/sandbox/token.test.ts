import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aSandbox, aText, type Bench } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await aSandbox();
});
afterEach(() => bench.close());

const ask = (change: Record<string, string>) => {
  const { corpId, secret } = bench.served.sandbox.wecom;
  return bench.get('gettoken', { corpid: corpId, corpsecret: secret, ...change });
};

describe('gettoken', () => {
  it.each([
    [{ corpid: '' }, 41002],
    [{ corpsecret: '' }, 41004],
    [{ corpid: 'ww0000000000000000' }, 40013],
    [{ corpsecret: 'x'.repeat(43) }, 40001],
    [{ corpsecret: 'short' }, 40091],
  ])('%j → %i', async (change, code) => expect(await ask(change)).toMatchObject({ errcode: code }));

  it('gives a token of up to 512 characters for two hours, the same while it is valid', async () => {
    const first = await ask({});
    expect(first).toMatchObject({ errcode: 0, expires_in: 7200 });
    expect(String(first['access_token']).length).toBeLessThanOrEqual(512);
    bench.time.now += 60_000;
    expect(await ask({})).toMatchObject({ access_token: first['access_token'], expires_in: 7140 });
    bench.time.now += 7_140_000;
    expect((await ask({}))['access_token']).not.toBe(first['access_token']);
  });

  it('gives a new one each time when set so, the old one staying valid', async () => {
    await bench.api('PUT', 'settings', { tokens: 'fresh' });
    const [one, two] = [(await ask({}))['access_token'], (await ask({}))['access_token']];
    expect(one).not.toBe(two);
    for (const token of [one, two])
      expect(await bench.get('agent/get', { access_token: String(token), agentid: '1000002' })).toMatchObject({
        errcode: 0,
      });
  });

  it('shuts out who guesses', async () => {
    for (let time = 0; time < 2000; time += 100)
      await Promise.all(Array.from({ length: 100 }, () => ask({ corpsecret: 'short' })));
    expect(await ask({})).toMatchObject({ errcode: 45009 });
    bench.time.now += 3_600_000;
    expect(await ask({})).toMatchObject({ errcode: 0 });
  });
});

describe('a token', () => {
  it('is missing, unknown or expired', async () => {
    const token = await bench.token();
    expect(await bench.get('department/list')).toMatchObject({ errcode: 41001 });
    expect(await bench.get('department/list', { access_token: 'x' })).toMatchObject({ errcode: 40014 });
    expect(await bench.get('department/list', { access_token: token })).toMatchObject({ errcode: 0 });
    await bench.api('POST', 'clock', { advanceMs: 7_200_000 });
    expect(await bench.get('department/list', { access_token: token })).toMatchObject({ errcode: 42001 });
  });

  it('of the contacts sync sends nothing and reads no details', async () => {
    const { access_token } = await ask({ corpsecret: bench.served.sandbox.wecom.contactSecret });
    const url = `${bench.served.sandbox.wecom.apiBase}/cgi-bin/message/send?access_token=${String(access_token)}`;
    const send = await fetch(url, { method: 'POST', body: JSON.stringify(aText('chenwei', 'x')) });
    expect(await send.json()).toMatchObject({ errcode: 48002 });
    const query = { access_token: String(access_token) };
    expect(await bench.get('user/get', { ...query, userid: 'chenwei' })).toMatchObject({ errcode: 48009 });
    expect(await bench.get('department/simplelist', query)).toMatchObject({ errcode: 0 });
    expect(await bench.call('user/list_id', {})).toMatchObject({ errcode: 48002 });
    const list = `${bench.served.sandbox.wecom.apiBase}/cgi-bin/user/list_id?access_token=${String(access_token)}`;
    const page: unknown = await (await fetch(list, { method: 'POST', body: '{"cursor":"20","limit":2}' })).json();
    expect(page).toMatchObject({
      errcode: 0,
      next_cursor: '22',
      dept_user: [{ userid: 'fengxue', department: 9 }, {}],
    });
  });
});
