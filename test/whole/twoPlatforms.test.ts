/** The service with both simulated platforms: one directory, one person on both, signing in on each (issue 3, Build 6). */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { aBrowser } from '../support/browser.ts';
import { eachService, type Running } from '../support/service.ts';

const INSIDE = { headers: { 'user-agent': 'Mozilla/5.0 AliApp(DingTalk/7.6.36) Language/zh-CN' } };

eachService('both platforms', (start) => {
  describe.each(['stream', 'http'] as const)('DingTalk over %s', (dingtalk) => {
    let running: Running;
    beforeAll(async () => {
      running = await start({ dingtalk });
    });
    const accountsOf = (userid: string) => {
      const { people } = running.service.app.people.current();
      return people.get(running.id(userid))?.places.map(({ workspace, account }) => `${workspace}/${account}`);
    };

    it('whoever has the same mobile or mail in both is one person, at home where they were known first', () => {
      expect(accountsOf('ding-zhouming')).toEqual(['sandbox/zhouming', 'sandbox-dingtalk/ding-zhouming']);
      expect(accountsOf('ding-xiaofang')).toEqual(['sandbox/xiaofang', 'sandbox-dingtalk/ding-xiaofang']);
      expect(accountsOf('ding-songjie')).toEqual(['sandbox-dingtalk/ding-songjie']);
      const { people, accounts } = running.service.app.people.current();
      expect(accounts.size - people.size).toBe(2);
    });

    it('a role of one platform’s flow is filled by the other', () => {
      const { roles } = running.service.app.people.current();
      expect(roles.get('网络工程师')?.members).toEqual([running.id('ding-songjie')]);
    });

    it('signing in inside DingTalk: a page whose script is given a code', async () => {
      const song = aBrowser(running.url);
      const start = '/auth/sandbox-dingtalk/start?to=%2Fm%2Ft%2F5%3F_as%3Dding-songjie&_as=ding-songjie';
      const page = await song.visit(start, INSIDE);
      expect([page.status, page.way.length]).toEqual([200, 1]);
      const [, script = ''] = /data-jsapi="([^"]+)"/.exec(page.text) ?? [];
      expect(page.headers.get('content-security-policy')).toContain(new URL(script).origin);
      const codes = (await song.visit(`${script}?_as=ding-songjie`)).text;
      const code = /codes = \["([^"]+)"/.exec(codes)?.[1] ?? '';
      const state = /data-back="[^"]+state=(\w{32})"/.exec(page.text)?.[1] ?? '';
      const done = await song.visit(`/auth/sandbox-dingtalk/done?code=in:${code}&state=${state}`);
      expect(new URL(done.url).pathname).toBe('/m/t/5');
      expect(await song.me('ding-songjie')).toEqual({ status: 200, name: '宋杰' });
    });

    it('signing in by a browser on either platform: one person', async () => {
      for (const [workspace, userid] of [
        ['sandbox', 'zhouming'],
        ['sandbox-dingtalk', 'ding-zhouming'],
      ]) {
        const browser = aBrowser(running.url);
        await browser.visit(`/auth/${workspace}/start?to=%2Fm%2F&_as=${userid}`);
        expect(await browser.me(userid)).toEqual({ status: 200, name: '周明' });
      }
    });

    it('logs nothing wrong', () => {
      expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      expect(running.log.lines.filter(({ message }) => message.includes('roles without members'))).toEqual([]);
    });
  });
});
