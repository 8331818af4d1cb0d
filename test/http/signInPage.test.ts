/** Inside a client that gives codes to scripts only, signing in begins on a page of ours (reference/dingtalk.md, section 1). */
import { beforeAll, expect, it } from '@jest/globals';
import type { Workspace } from '../../src/workspace/port.ts';
import { aBrowser } from '../support/browser.ts';
import { eachSite, type Site } from '../support/site.ts';

const INSIDE = { headers: { 'user-agent': 'Mozilla/5.0 AliApp(DingTalk/7.6.36) Language/zh-CN' } };
const WECOM = { headers: { 'user-agent': 'Mozilla/5.0 wxwork/4.1.20 MicroMessenger/7.0.1' } };
const ORIGIN = 'http://paidan.test';

/** A platform whose script says `in:<account>` for a code. */
const aPlatform = (id: string): [string, Workspace] => {
  const signIn: Workspace['signIn'] = {
    url: (redirect, state, inside) =>
      `https://login.test/?inside=${inside}&state=${state}&redirect=${encodeURIComponent(redirect)}`,
    page: (redirect, state) => ({
      html: `<script src="${ORIGIN}/sandbox/api.js"></script><a href="${redirect}?state=${state}">go</a>`,
      csp: `default-src 'none'; script-src ${ORIGIN}/sandbox/api.js`,
    }),
    account: async (code) => (code.startsWith('in:') ? code.slice(3) : null),
  };
  return [id, { id, kind: 'dingtalk', signIn } as unknown as Workspace];
};

eachSite('a sign-in that begins on a page', (start) => {
  let site: Site;
  let sandbox: Site;
  beforeAll(async () => {
    // The office's people are of `sandbox`; to this platform they are DingTalk's.
    const workspaces = new Map([aPlatform('sandbox')]);
    site = await start({ workspaces });
    sandbox = await start({ workspaces, publicUrl: ORIGIN, adopt: [(_ctx, next) => next()] });
  });
  const stateIn = (html: string) => /state=([A-Za-z0-9]{32})/.exec(html)?.[1] ?? '';

  it('the page with its policy, then the code, then where it was meant to lead', async () => {
    const browser = aBrowser(site.url);
    const page = await browser.visit('/auth/sandbox/start?to=/m/t/5', INSIDE);
    expect([page.status, page.way.length]).toEqual([200, 1]);
    expect(page.headers.get('content-security-policy')).toBe(`default-src 'none'; script-src ${ORIGIN}/sandbox/api.js`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const done = await browser.step(`/auth/sandbox/done?code=in:wugang&state=${stateIn(page.text)}`);
    expect(done.headers.get('location')).toBe('/m/t/5');
    expect(await browser.me()).toEqual({ status: 200, name: '吴刚' });
  });

  it.each([
    ['a browser', {}],
    ['the client of another platform', WECOM],
  ])('%s is sent to the login page', async (_who, init) => {
    const response = await aBrowser(site.url).step('/auth/sandbox/start?to=/m/', init);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toMatch(/^https:\/\/login\.test\/\?inside=false&state=/);
  });

  it('a code that came without this browser’s page signs nobody in', async () => {
    const page = await aBrowser(site.url).visit('/auth/sandbox/start?to=/m/', INSIDE);
    const victim = aBrowser(site.url);
    await victim.step(`/auth/sandbox/done?code=in:wugang&state=${stateIn(page.text)}`);
    expect((await victim.me()).status).toBe(401);
  });

  it('in the sandbox the page stands on the host that has the cookies, and says in its address who is looking', async () => {
    const browser = aBrowser(sandbox.url);
    const start = `/auth/sandbox/start?to=${encodeURIComponent('/m/t/5?_as=wugang')}`;
    const again = await browser.step(start, INSIDE);
    expect(again.headers.get('location')).toBe(`${start}&_as=wugang`);
    const shown = await (await browser.step(`${start}&_as=wugang`, INSIDE)).text();
    expect(shown).toContain(`<script src="${sandbox.url}/sandbox/api.js">`);
    expect(shown).not.toContain(ORIGIN);
  });
});
