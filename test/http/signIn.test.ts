/** Signing in by the platform's code, over the sandbox's wire: cookies, seats, where it may lead, what can go wrong. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { localPath } from '../../src/http/auth/cookie.ts';
import { aBrowser } from '../support/browser.ts';
import { eachService, type Running } from '../support/service.ts';

describe('where a sign-in may lead', () => {
  it.each(['/m/t/5', '/m/d/1?a=b#c', '/', '/auth/first/x'])('to %s', (to) => expect(localPath(to)).toBe(to));
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/m/\r\nset-cookie: a=b',
    '/m/a\\b',
    '',
    undefined,
    `/${'x'.repeat(2000)}`,
  ])('never to %j', (to) => expect(localPath(to)).toBe('/m/'));
});

eachService('signing in', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });
  const browser = () => aBrowser(running.url);

  it('ends where it was meant to, with a session that scripts can’t read', async () => {
    const wang = browser();
    const before = await wang.step('/api/v1/me');
    expect(await before.json()).toMatchObject({
      code: 'not_signed_in',
      signIn: [
        { workspace: 'sandbox', kind: 'wecom', url: '/auth/sandbox/start' },
        { workspace: 'sandbox-dingtalk', kind: 'dingtalk', url: '/auth/sandbox-dingtalk/start' },
      ],
    });
    const end = await wang.visit('/auth/sandbox/start?to=%2Fm%2Ft%2F5&_as=wangxiao');
    expect(end.way.map((path) => path.split('?')[0])).toEqual([
      '/auth/sandbox/start',
      '/sandbox/wecom/wwlogin/sso/login',
      '/auth/sandbox/done',
      '/m/t/5',
    ]);
    expect(await wang.me('wangxiao')).toEqual({ status: 200, name: '王晓' });
    const again = await wang.visit('/auth/sandbox/start?to=%2Fm%2Ft%2F5&_as=wangxiao');
    expect(again.way).toHaveLength(2);
  });

  it('inside the client it is silent, and remembers who is looking by the chat page’s cookie', async () => {
    const wang = browser();
    wang.jar.set('sandbox_as', { value: 'WuGang', path: '/' });
    const init = { headers: { 'user-agent': 'Mozilla/5.0 MicroMessenger/7.0 wxwork/4.1' } };
    const { way } = await wang.visit('/auth/sandbox/start?to=/m/', init);
    expect(way[1]).toContain('/sandbox/wecom/connect/oauth2/authorize?');
    expect(await wang.me()).toEqual({ status: 200, name: '吴刚' });
    // Another person looks now: the last one's session does not answer for them.
    wang.jar.set('sandbox_as', { value: 'chenwei', path: '/' });
    const next = await wang.visit('/m/t/9');
    expect(next.way.length).toBeGreaterThan(2);
    expect(next.url).toBe(`${running.url}/m/t/9`);
    expect(await wang.me()).toEqual({ status: 200, name: '陈伟' });
  });

  it('the cookie is HttpOnly, Lax and for the whole site', async () => {
    const wang = browser();
    const authorize = (await wang.step('/auth/sandbox/start?to=/m/&_as=luoyi')).headers.get('location') ?? '';
    const done = (await wang.step(authorize)).headers.get('location') ?? '';
    const cookies = (await wang.step(done)).headers.getSetCookie();
    expect(cookies.find((one) => one.startsWith('pd_session.luoyi='))).toMatch(
      /^pd_session\.luoyi=[\w-]{43}; path=\/; expires=[^;]+; samesite=lax; httponly$/i,
    );
  });

  it('two people side by side in one browser keep a session each', async () => {
    const both = browser();
    await both.visit('/auth/sandbox/start?to=%2Fm%2Ft%2F5%3F_as%3Dwangxiao');
    await both.visit('/auth/sandbox/start?to=%2Fm%2Ft%2F5%3F_as%3Dliuyang');
    expect([await both.me('wangxiao'), await both.me('liuyang')].map(({ name }) => name)).toEqual(['王晓', '刘洋']);
    expect((await both.me()).status).toBe(401);
    const out = await both.step('/auth/logout', {
      method: 'POST',
      headers: { 'x-paidan': '1', 'x-paidan-as': 'liuyang' },
    });
    expect(out.status).toBe(204);
    expect([(await both.me('wangxiao')).status, (await both.me('liuyang')).status]).toEqual([200, 401]);
  });

  it('a session that was ended is of no use to who copied it', async () => {
    const wang = browser();
    await wang.visit('/auth/sandbox/start?to=/m/&_as=wangxiao');
    const copy = wang.jar.get('pd_session.wangxiao') ?? { value: '', path: '/' };
    const forged = await wang.step('/auth/logout', { method: 'POST', headers: { 'x-paidan-as': 'wangxiao' } });
    expect(forged.status).toBe(403);
    await wang.step('/auth/logout', { method: 'POST', headers: { 'x-paidan': '1', 'x-paidan-as': 'wangxiao' } });
    wang.jar.set('pd_session.wangxiao', copy);
    expect((await wang.me('wangxiao')).status).toBe(401);
  });

  describe('what can go wrong', () => {
    it('a code that is used already: the session that it brought goes on', async () => {
      const wang = browser();
      const { way } = await wang.visit('/auth/sandbox/start?to=/m/&_as=zhuting');
      const back = await wang.visit(way[2] ?? '');
      // The state was used with the code, and this browser's usual seat is empty.
      expect(back.status).toBe(400);
      expect(back.text).toContain('登录没有完成');
      const usual = browser();
      usual.jar.set('sandbox_as', { value: 'zhuting', path: '/' });
      const first = await usual.visit('/auth/sandbox/start?to=/m/');
      expect((await usual.visit(first.way[2] ?? '')).url).toBe(`${running.url}/m/`);
    });

    it('a code that this browser did not ask for signs nobody in', async () => {
      const attacker = browser();
      const authorize = (await attacker.step('/auth/sandbox/start?to=/m/&_as=luoyi')).headers.get('location') ?? '';
      const done = (await attacker.step(authorize)).headers.get('location') ?? '';
      const victim = browser();
      const page = await victim.visit(done);
      expect([page.status, victim.jar.size]).toEqual([400, 0]);
      expect(page.text).toContain('Sign in again');
    });

    it('a wrong code, with a page that says what to do', async () => {
      const wang = browser();
      const authorize = (await wang.step('/auth/sandbox/start?to=/m/t/7&_as=luoyi')).headers.get('location') ?? '';
      const state = new URL(authorize).searchParams.get('state') ?? '';
      expect(state).toMatch(/^[A-Za-z0-9]{32}$/);
      const page = await wang.visit(`/auth/sandbox/done?code=nonsense&state=${state}`);
      expect(page.status).toBe(400);
      expect(page.text).toContain('/auth/sandbox/start?to=%2Fm%2Ft%2F7');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    });

    it('a workspace that is none', async () => {
      expect((await browser().visit('/auth/nowhere/start')).status).toBe(404);
    });

    it('no code and no token ends in the log', async () => {
      const wang = browser();
      const { way } = await wang.visit('/auth/sandbox/start?to=/m/&_as=wangxiao');
      const code = new URLSearchParams((way[2] ?? '').split('?')[1]).get('code') ?? '';
      expect(code.length).toBeGreaterThan(20);
      const written = JSON.stringify(running.log.lines);
      expect(written).not.toContain(code);
      expect(written).not.toContain(wang.jar.get('pd_session.wangxiao')?.value ?? '?');
    });
  });

  it('the one-time link makes the first admin, once', async () => {
    const link = running.service.firstAdmin ?? '';
    expect(link).toContain('/auth/first/');
    const someone = browser();
    const page = await someone.visit(`${link}?q=${encodeURIComponent('吴刚')}`);
    expect(page.text).toContain('总公司/IT部');
    const person = /name="person" value="(\d+)"/.exec(page.text)?.[1] ?? '';
    const body = new URLSearchParams({ person });
    expect((await someone.visit(link, { method: 'POST', body })).text).toContain('吴刚 现在是管理员');
    expect((await someone.visit(link, { method: 'POST', body })).status).toBe(410);
    expect((await someone.visit(link)).status).toBe(410);
    await running.service.app.people.refresh();
    const admins = running.service.app.people
      .current()
      .admins.map((id) => running.service.app.people.current().people.get(id)?.name);
    expect(admins).toEqual(['吴刚']);
    expect(JSON.stringify(running.log.lines)).not.toContain(link.split('/').at(-1));
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
