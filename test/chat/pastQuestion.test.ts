/** What is asked in a chat can lose its reason; and what is said can be long. */
import { beforeAll, expect, it } from '@jest/globals';
import { makeChat } from '../../src/chat/receive.ts';
import { makeRenderer } from '../../src/ticket/render.ts';
import type { Answer, Inbound, Workspace } from '../../src/workspace/port.ts';
import { BY_CODE } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, aRepair, type Office } from '../support/office.ts';

eachDatabase('a chat', (open) => {
  let office: Office;
  let happens: (account: string, what: Inbound) => Promise<Answer>;
  let count = 0;
  beforeAll(async () => {
    office = await anOffice(open);
    const { db, people, clock, templates } = office;
    const publicUrl = 'http://paidan.test';
    const shared = { ...office, directory: people.current, offsetMinutes: 480 };
    const receive = makeChat({
      ...shared,
      renderer: makeRenderer({ db, templates, clock, directory: people.current, offsetMinutes: 480, publicUrl }),
      workspaces: new Map([['sandbox', { capabilities: BY_CODE } as Workspace]]),
      wake: () => {},
      directoryChanged: () => {},
    });
    const from = { workspace: 'sandbox', channel: 'app', stale: false };
    happens = (account, what) =>
      receive({
        ...from,
        key: `k${(count += 1)}`,
        at: clock(),
        account,
        chat: account,
        takes: { text: true, card: true },
        reply: null,
        what,
      });
  });
  const say = async (account: string, text: string) => (await happens(account, { type: 'text', text })).text ?? '';

  it('stops asking about a task that is over, instead of refusing whatever is said next', async () => {
    const by = office.id('wangxiao');
    const input = { by, requesterId: by, templateKey: 'it-repair', values: aRepair };
    const { ticketId } = await office.tickets.file(null, input);
    const { assigneeId, tasks } = await office.ticket(ticketId);
    const handler =
      office.people
        .current()
        .people.get(assigneeId ?? 0)
        ?.account.toLowerCase() ?? '';
    const { n, version } = tasks[0]!;
    const asked = await happens(handler, {
      type: 'click',
      card: 'none',
      key: `t.complete.${ticketId}.${n}.${version}`,
      picked: {},
      code: null,
    });
    expect(asked.text).toContain('处理方案');
    await office.tickets.act(null, ticketId, { type: 'withdraw', by, comment: '好了' });

    expect(await say(handler, '换了硒鼓')).toContain('撤回');
    expect(await say(handler, '报修 我自己的电脑坏了')).toContain('IT 报修');
  });

  it('reads 100,000 digits in no time', async () => {
    const began = performance.now();
    expect(await say('zhouming', '1'.repeat(100_000))).toContain('没有看懂');
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
