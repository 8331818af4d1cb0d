/** "Also every night, not only when publishing" (`template-language.md`, "What the check finds"), on both databases. */
import { expect, it } from '@jest/globals';
import { makeNightlyCheck } from '../../src/automation/nightlyCheck.ts';
import { checkText } from '../../src/card/checkText.ts';
import { syncDirectory } from '../../src/people/sync.ts';
import { keptFindings } from '../../src/ticket/findings.ts';
import { CheckPayload } from '../../src/ticket/outboxRow.ts';
import { box, theSandbox } from '../people/build.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';

const TEMPLATE = `template: errand
name: 跑腿
form: [ { id: title, type: text, label: 标题, required: true } ]
flow:
  - { id: go, handle: 去办, assignee: { user: chenwei } }
  - { id: check, approve: 核对, approver: { user: zhaolei } }
`;

async function begin(open: Parameters<typeof anOffice>[0], admins: readonly string[] = ['sandbox/wugang']) {
  const office = await anOffice(open, { admins });
  const { db, clock, log, templates, people } = office;
  let woken = 0;
  await templates.publish(TEMPLATE, null, 'test');
  return {
    ...office,
    woken: () => woken,
    check: makeNightlyCheck({ db, clock, log, templates, directory: people.current, wake: () => void (woken += 1) }),
    async leave(...accounts: string[]) {
      const all = theSandbox();
      const left = { ...all, people: all.people.filter(({ account }) => !accounts.includes(account)) };
      await db.write((tx) => syncDirectory(tx, left, { workspaceId: 'sandbox', box, now: clock() }));
      await people.refresh();
    },
    codes: () => db.read(async (reader) => (await keptFindings(reader, 'errand')).map(({ code }) => code)),
    told: () =>
      db.read(async (reader) => {
        const sql = "SELECT payload FROM outbox WHERE kind = 'text' ORDER BY id";
        const rows = await reader.rows<{ payload: string }>(sql);
        return rows.flatMap(({ payload }) => CheckPayload.safeParse(JSON.parse(payload)).data ?? []);
      }),
  };
}

eachDatabase('the nightly check', (open) => {
  it('S48: says nothing while all is as it was when it was published', async () => {
    const office = await begin(open);
    expect((await office.codes()).length).toBeGreaterThan(0);
    expect(await office.check()).toBe(0);
    expect(await office.told()).toEqual([]);
    expect(office.woken()).toBe(0);
  });

  it('S48: tells those who may publish, once, when somebody whom a template names has left', async () => {
    const office = await begin(open);
    expect(await office.codes()).not.toContain('person_left');
    await office.leave('zhaolei');
    expect(await office.check()).toBeGreaterThan(0);
    expect(office.woken()).toBe(1);
    const told = await office.told();
    expect(told.map(({ personId }) => personId)).toEqual([office.id('wugang')]);
    const text = told.map(({ check }) => checkText(check, 'zh-CN')).join('');
    expect(text).toContain('夜间检查发现流程「跑腿」（errand v1）有新的问题：');
    expect(text).toMatch(/· 第 6 行：.*zhaolei/);
    expect(told.map(({ check }) => checkText(check, 'en')).join('')).toMatch(/· line 6: .*zhaolei/);
    expect(await office.codes()).toContain('person_left');
    // The same on the next night is no news, and one more is.
    expect(await office.check()).toBe(0);
    await office.leave('zhaolei', 'chenwei');
    await office.check();
    expect((await office.told()).length).toBe(2);
  });

  it('forgets what is in order again, so that it is news when it comes back', async () => {
    const office = await begin(open);
    await office.leave('zhaolei');
    await office.check();
    await office.leave();
    expect(await office.check()).toBe(0);
    expect(await office.codes()).not.toContain('person_left');
    await office.leave('zhaolei');
    expect(await office.check()).toBeGreaterThan(0);
    expect(await office.codes()).toContain('person_left');
  });

  it('keeps what it found where nobody is there yet to be told', async () => {
    const office = await begin(open, []);
    await office.leave('zhaolei');
    expect(await office.check()).toBeGreaterThan(0);
    expect([await office.told(), await office.codes()]).toEqual([[], expect.arrayContaining(['person_left'])]);
  });
});
