/** Where a page tells somebody to sign in, when the service lives on two platforms (S70). */
import { beforeAll, expect, it } from '@jest/globals';
import { SEAT_HEADER } from '../../src/http/contract/seat.ts';
import type { Workspace } from '../../src/workspace/port.ts';
import { eachSite, type Site } from '../support/site.ts';

const aWorkspace = (id: string, kind: Workspace['kind']): [string, Workspace] => [id, { id, kind } as Workspace];

eachSite('where to sign in', (start) => {
  let site: Site;
  let sandbox: Site;
  beforeAll(async () => {
    const workspaces = new Map([aWorkspace('plant', 'dingtalk'), aWorkspace('sandbox', 'wecom')]);
    site = await start({ workspaces });
    sandbox = await start({ workspaces, adopt: [(_ctx, next) => next()] });
  });
  const asked = async ({ nobody }: Site, headers: Record<string, string>) => {
    const { status, body } = await nobody('me', { headers });
    expect(status).toBe(401);
    return (body as unknown as { signIn: { workspace: string }[] }).signIn.map(({ workspace }) => workspace);
  };

  it.each([
    ['Mozilla/5.0 AliApp(DingTalk/7.6.36)', ['plant']],
    ['Mozilla/5.0 wxwork/4.1.20 MicroMessenger/7.0.1', ['sandbox']],
    ['Mozilla/5.0 Firefox/140.0', ['plant', 'sandbox']],
  ])('in %s: %j', async (agent, places) => {
    expect(await asked(site, { 'user-agent': agent })).toEqual(places);
  });

  it('in the sandbox: where the person who looks has an account', async () => {
    expect(await asked(sandbox, { [SEAT_HEADER]: 'wangxiao' })).toEqual(['sandbox']);
    expect(await asked(sandbox, { [SEAT_HEADER]: 'nobody-here' })).toEqual(['plant', 'sandbox']);
  });
});
