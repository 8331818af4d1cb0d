/** Reference, section 12 "General" and "Auth", section 9: tokens, envelopes, scopes, throttling, contacts, sign-in. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../support.ts';
import { aDingtalk, type DingBench } from './support.ts';

let bench: DingBench;
beforeEach(async () => {
  bench = await aDingtalk();
});
afterEach(() => bench.close());

const set = (change: Json) => bench.api('PUT', 'dingtalk/settings', change);
const user = async (header: string) =>
  bench.ding('POST v1.0/robot/groupMessages/send', {}, { 'x-acs-dingtalk-access-token': header });
const result = async (path: string, body: Json) => (await bench.oapi(`topapi/${path}`, body))['result'] as Json;

describe('tokens (reference, 1.1)', () => {
  it('three calls give the same one, which slides, and ends after 7200 s', async () => {
    const { clientId, clientSecret, corpId } = bench.account;
    const fresh = await bench.ding('POST v1.0/oauth2/accessToken', { appKey: clientId, appSecret: clientSecret }, {});
    const unified = await bench.ding(
      `POST v1.0/oauth2/${corpId}/token`,
      { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' },
      {},
    );
    const first = await bench.dingToken();
    expect(fresh.body).toEqual({ accessToken: first, expireIn: 7200 });
    expect(unified.body).toEqual({ access_token: first, expires_in: 7200 });
    bench.time.now += 7_000_000;
    expect(await bench.dingToken()).toBe(first);
    bench.time.now += 7_000_000;
    expect(await bench.dingToken()).toBe(first);
    bench.time.now += 7_200_000;
    expect(await bench.dingToken()).not.toBe(first);
    expect((await user(first)).body['code']).toBe('InvalidAuthentication');
  });
  it('credentials that are wrong are told in each way', async () => {
    const wrong = { appKey: bench.account.clientId, appSecret: 'x' };
    const fresh = await bench.ding('POST v1.0/oauth2/accessToken', wrong, {});
    expect([fresh.status, fresh.body['code']]).toEqual([400, 'invalidClientIdOrSecret']);
    const old: unknown = await (await fetch(`${bench.account.oapiBase}/gettoken?appkey=x&appsecret=y`)).json();
    expect(old).toMatchObject({ errcode: 40089 });
  });
  it('only the header opens the new API, without quotes; only the query the old one', async () => {
    const token = await bench.dingToken();
    expect((await user(token)).body['code']).toBe('invalidParameter.robotCode.empty');
    expect((await user(`"${token}"`)).body['code']).toBe('InvalidAuthentication');
    const bearer = await bench.ding('POST v1.0/card/instances', {}, { authorization: `Bearer ${token}` });
    expect([bearer.status, bearer.body['code']]).toEqual([400, 'InvalidAuthentication']);
    const url = `${bench.account.oapiBase}/topapi/v2/user/get`;
    const inBody = await fetch(url, { method: 'POST', body: JSON.stringify({ access_token: token, userid: 'x' }) });
    expect(await inBody.json()).toMatchObject({ errcode: 41001 });
    expect(await (await fetch(`${url}?access_token=other`, { method: 'POST' })).json()).toMatchObject({
      errcode: 40014,
    });
  });
  it('can be revoked', async () => {
    const token = await bench.dingToken();
    await bench.api('POST', 'dingtalk/tokens/revoke');
    expect((await user(token)).body['code']).toBe('InvalidAuthentication');
  });
});

describe('the envelopes (reference, 0.2)', () => {
  it('the new API: status, requestid and headers; unknown calls are 404', async () => {
    const { status, headers, body } = await bench.ding('POST v1.0/nothing');
    expect(status).toBe(404);
    expect(body).toEqual({
      code: expect.any(String),
      requestid: headers.get('x-acs-request-id'),
      message: expect.any(String),
    });
    expect(headers.get('x-acs-trace-id')).toBeTruthy();
  });
  it('the old API: always 200; unknown calls are 22', async () => {
    expect(await bench.oapi('topapi/nothing', {})).toMatchObject({ errcode: 22, errmsg: 'Invalid method' });
    expect(await bench.oapi('topapi/user/listid', { dept_id: 1 })).toMatchObject({
      errcode: 0,
      errmsg: 'ok',
      request_id: expect.any(String),
    });
  });
  it('a scope that is missing is named', async () => {
    await set({ missingScopes: ['Card.Instance.Write', 'qyapi_get_member'] });
    const { status, body } = await bench.ding('POST v1.0/card/instances', {});
    expect(status).toBe(403);
    expect(body).toMatchObject({
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      accessdenieddetail: { requiredScopes: ['Card.Instance.Write'] },
    });
    expect(await bench.oapi('topapi/v2/user/get', { userid: 'x' })).toMatchObject({ errcode: 88, sub_code: '60011' });
  });
});

describe('what is counted (reference, 10)', () => {
  const usage = async () => (await bench.api('GET', 'dingtalk/usage')).body;
  const send = () => bench.ding('POST v1.0/robot/groupMessages/send', {});

  it('calls of a month; tokens and contacts are free', async () => {
    await bench.oapi('topapi/user/listid', { dept_id: 1 });
    expect(await usage()).toEqual({ month: '2026-03', calls: 0, pushes: 0 });
    await send();
    expect(await usage()).toMatchObject({ calls: 1 });
    bench.time.now += 40 * 86_400_000;
    expect(await usage()).toEqual({ month: '2026-04', calls: 0, pushes: 0 });
  });
  it('a month that is used up, in both APIs', async () => {
    await set({ enforceQuota: true, monthlyCalls: 1 });
    await send();
    const { status, body } = await send();
    expect([status, body['code']]).toEqual([403, 'Forbidden.AccessDenied.ApiCountLimitForOrg']);
    expect(await bench.oapi('topapi/message/corpconversation/asyncsend_v2', {})).toMatchObject({ errcode: 90020 });
    expect(await bench.oapi('topapi/user/listid', { dept_id: 1 })).toMatchObject({ errcode: 0 });
  });
  it('more than 20 calls of one API in a second', async () => {
    const codes = await Promise.all(Array.from({ length: 25 }, async () => (await send()).body['code']));
    expect(codes.filter((code) => code === 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi').length).toBeGreaterThan(0);
  });
});

describe('faults', () => {
  it('of both APIs, by path and method; calls are recorded with their bodies', async () => {
    const path = 'v1.0/card/instances';
    await bench.api('POST', 'dingtalk/faults', { path: `PUT ${path}`, code: 'system.busy', http: 500 });
    await bench.api('POST', 'dingtalk/faults', { path: 'topapi/user/listid', errcode: -1 });
    expect((await bench.ding(`POST ${path}`, { outTrackId: 'x' })).body['code']).toBe('param.cardTemplateIdEmpty');
    const busy = await bench.ding(`PUT ${path}`, { outTrackId: 'x' });
    expect([busy.status, busy.body['code']]).toEqual([500, 'system.busy']);
    expect(await bench.oapi('topapi/user/listid', { dept_id: 1 })).toMatchObject({ errcode: -1 });
    const { body } = await bench.api('GET', 'dingtalk/calls');
    expect(body['counts']).toMatchObject({ [`POST ${path}`]: 1, [`PUT ${path}`]: 1 });
    expect(body['errors']).toMatchObject({ 'system.busy': 1, 'param.cardTemplateIdEmpty': 1, '-1': 1 });
    const calls = body['calls'] as Json[];
    expect(calls.find((call) => call['path'] === `POST ${path}`)).toMatchObject({ body: { outTrackId: 'x' } });
  });
  it('a lost reply: done, and not said', async () => {
    await bench.api('POST', 'dingtalk/faults', { path: 'v1.0/robot/groupMessages/send', loseReply: true });
    await bench.dingToken();
    await expect(bench.ding('POST v1.0/robot/groupMessages/send', {})).rejects.toThrow();
    expect((await bench.api('GET', 'dingtalk/usage')).body).toMatchObject({ calls: 1 });
  });
});

describe('the contacts (reference, 9)', () => {
  it('the whole plant can be walked', async () => {
    const found: string[] = [];
    const walk = async (dept_id: number): Promise<void> => {
      const { list, has_more } = await result('v2/user/list', { dept_id, cursor: 0, size: 100 });
      expect(has_more).toBe(false);
      found.push(...(list as Json[]).map((one) => String(one['userid'])));
      const below = (await bench.oapi('topapi/v2/department/listsub', { dept_id }))['result'] as Json[];
      for (const one of below) await walk(Number(one['dept_id']));
    };
    await walk(1);
    expect(found).toHaveLength(9);
    expect(new Set(found).size).toBe(9);
  });
  it('pages follow the cursor', async () => {
    const first = await result('user/listsimple', { dept_id: 4, cursor: 0, size: 2 });
    expect(first).toMatchObject({ has_more: true, next_cursor: 2 });
    expect(await result('user/listsimple', { dept_id: 4, cursor: 2, size: 2 })).toEqual({
      has_more: false,
      list: [{ userid: 'ding-luhao', name: '陆浩' }],
    });
  });
  it('a person: unionId is not the userid, the manager only where set, mobile only where given', async () => {
    const songjie = await result('v2/user/get', { userid: 'ding-songjie' });
    expect(songjie).toMatchObject({ manager_userid: 'ding-luhao', dept_id_list: [4], title: '网络工程师' });
    expect(songjie).not.toHaveProperty('mobile');
    expect(songjie['unionid']).not.toBe('ding-songjie');
    expect(await result('user/getbyunionid', { unionid: songjie['unionid'] })).toEqual({
      contact_type: 0,
      userid: 'ding-songjie',
    });
    const head = await result('v2/user/get', { userid: 'ding-guoqiang' });
    expect(head).not.toHaveProperty('manager_userid');
    expect(head).toMatchObject({ leader_in_dept: [{ dept_id: 1, leader: true }] });
    expect(await bench.oapi('topapi/v2/user/get', { userid: 'ghost' })).toMatchObject({ errcode: 60121 });
  });
  it('two people are in both corps: by the same mobile, by the same mail', async () => {
    const { mobile } = await result('v2/user/get', { userid: 'ding-zhouming' });
    expect(await result('v2/user/getbymobile', { mobile: mobile })).toEqual({ userid: 'ding-zhouming' });
    const wecom = (userid: string) => bench.call(`user/get?userid=${userid}`);
    expect((await wecom('zhouming'))['mobile']).toBe(mobile);
    const { org_email: mail } = await result('v2/user/get', { userid: 'ding-xiaofang' });
    expect((await wecom('xiaofang'))['biz_mail']).toBe(mail);
    const people = (await bench.api('GET', 'people')).body as unknown as Json[];
    const shown = (userid: string) => people.find((one) => one['userid'] === userid);
    expect(shown('zhouming')).toMatchObject({ platform: 'wecom', elsewhere: 'ding-zhouming', groups: [] });
    expect(shown('ding-xiaofang')).toMatchObject({ platform: 'dingtalk', elsewhere: 'xiaofang' });
    expect(shown('ding-fangmin')?.['groups']).toHaveLength(2);
    expect(shown('chenwei')).toMatchObject({ elsewhere: null });
  });
});

describe('sign-in (reference, 1.2–1.4)', () => {
  const login = (query: Record<string, string>) =>
    fetch(
      `${bench.account.loginBase}/oauth2/auth?${new URLSearchParams({
        redirect_uri: 'http://127.0.0.1:3000/auth/back',
        response_type: 'code',
        client_id: bench.account.clientId,
        scope: 'openid',
        prompt: 'consent',
        state: 's 1',
        ...query,
      }).toString()}`,
      { redirect: 'manual' },
    );
  const exchange = (body: Json) => bench.ding('POST v1.0/oauth2/userAccessToken', body, {});

  it('in a browser: code and authCode, a personal token, and who it is', async () => {
    const { clientId, clientSecret } = bench.account;
    const back = new URL((await login({ _as: 'ding-zhouming' })).headers.get('location') ?? '').searchParams;
    expect([back.get('state'), back.get('authCode')]).toEqual(['s 1', back.get('code')]);
    const grant = { clientId, clientSecret, grantType: 'authorization_code', code: back.get('code') };
    const { body } = await exchange(grant);
    expect(body).toMatchObject({ expireIn: 7200, corpId: bench.account.corpId });
    expect((await exchange(grant)).status).toBe(400);
    const me = (token: unknown) =>
      bench.ding('GET v1.0/contact/users/me', undefined, { 'x-acs-dingtalk-access-token': String(token) });
    const { unionid } = await result('v2/user/get', { userid: 'ding-zhouming' });
    expect((await me(body['accessToken'])).body).toMatchObject({
      nick: '周明',
      unionId: unionid,
      mobile: '13800138001',
    });
    expect((await me(await bench.dingToken())).status).toBe(400);
  });
  it('not for another app, nor back to a strange host', async () => {
    expect((await login({ client_id: 'other' })).status).toBe(400);
    expect((await login({ redirect_uri: 'https://evil.example/', _as: 'ding-fangmin' })).status).toBe(400);
    expect(await (await login({})).text()).toContain('方敏');
  });
  it('inside the client: the script has codes for the reader, each good once, for five minutes', async () => {
    const script = await (
      await fetch(bench.account.jsapiUrl, { headers: { cookie: 'sandbox_as=ding-fangmin' } })
    ).text();
    const codes = JSON.parse(/var codes = (\[.*?\]);/.exec(script)?.[1] ?? '[]') as string[];
    const who = (code: unknown) => bench.oapi('topapi/v2/user/getuserinfo', { code });
    expect(await who(codes[0])).toMatchObject({ errcode: 0, result: { userid: 'ding-fangmin', name: '方敏' } });
    expect(await who(codes[0])).toMatchObject({ errcode: 40078 });
    bench.time.now += 300_000;
    expect(await who(codes[1])).toMatchObject({ errcode: 40078 });
  });
  it('outside the client the script has no codes, nor for people of WeCom', async () => {
    for (const headers of [{}, { cookie: 'sandbox_as=chenwei' }]) {
      const script = await (await fetch(bench.account.jsapiUrl, { headers })).text();
      expect(script).toContain("platform: 'notInDingTalk'");
    }
  });
  it('the ticket for pages is the same for two hours after each call, and a day at most', async () => {
    await set({ callsPerSecond: 0 });
    const ticket = async () => (await bench.ding('POST v1.0/oauth2/jsapiTickets', {})).body;
    const first = await ticket();
    for (let hour = 1; hour < 24; hour += 1) {
      bench.time.now += 3_600_000;
      expect((await ticket())['jsapiTicket']).toBe(first['jsapiTicket']);
    }
    bench.time.now += 3_600_000;
    expect((await ticket())['jsapiTicket']).not.toBe(first['jsapiTicket']);
  });
});
