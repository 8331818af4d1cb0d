/** Userids are one person's only as DingTalk spells them (reference/dingtalk.md, 0.3); our accounts are in small letters. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Card } from '../../../src/card/card.ts';
import { spellingOf } from '../../../src/people/spelling.ts';
import { groupChat } from '../../../src/lib/chat.ts';
import type { Workspace } from '../../../src/workspace/port.ts';
import { eachDatabase } from '../../support/database.ts';
import { anOffice } from '../../support/office.ts';
import { aDingtalkSubject, GROUP } from '../support/dingtalkSubject.ts';

const CARD: Card = {
  ...{
    kind: 'task',
    source: '派单',
    title: '打印机卡纸',
    subtitle: '',
    emphasis: '待受理',
    body: '',
    facts: [],
    quote: null,
  },
  ...{ inputs: [], buttons: [], menu: [], url: '/m/t/7', over: null, notice: null },
};
let subject: Awaited<ReturnType<typeof aDingtalkSubject>>;
let asked: string[];
let workspace: Workspace;
beforeAll(async () => void (subject = await aDingtalkSubject({ transport: 'http' })));
afterAll(() => subject.close());
beforeEach(async () => {
  await subject.api('DELETE', 'dingtalk/calls');
  asked = [];
  // A process that has not read the directory itself: after a start, or beside another one.
  const spelling = async (account: string) => (asked.push(account), account.toUpperCase());
  workspace = subject.another({ spelling });
});

const bodies = async () => {
  const { calls } = await subject.api<{ calls: { body: Readonly<Record<string, unknown>> }[] }>(
    'GET',
    'dingtalk/calls',
  );
  return calls.map(({ body }) => body);
};

it('cards, messages and to-dos go to the userid as it is spelled, looked up once', async () => {
  const { ann } = subject.cast;
  const url = 'http://paidan.test/m/1';
  const shown = { to: ann, platformKey: 'spelled-1', card: CARD };
  await workspace.send({ kind: 'card', ...shown });
  await workspace.update({ ...shown, code: null });
  await workspace.send({ kind: 'text', to: ann, text: 'hi', dedupeKey: 'k' });
  await workspace.todos?.create({ platformKey: 'spelled-2', account: ann, subject: 'work', url, dueAt: null });
  const UPPER = ann.toUpperCase();
  const all = await bodies();
  expect(all.find((body) => 'openSpaceId' in body)).toMatchObject({
    openSpaceId: `dtv1.card//IM_ROBOT.${UPPER}`,
    privateData: { [UPPER]: {} },
  });
  expect(all.find((body) => 'cardUpdateOptions' in body)).toMatchObject({ privateData: { [UPPER]: {} } });
  expect(all.find((body) => 'userIds' in body)).toMatchObject({ userIds: [UPPER] });
  expect(all.find((body) => 'userid' in body)).toMatchObject({ userid: UPPER });
  expect(asked).toEqual([ann.toLowerCase()]);
});

it('a group is nobody’s account', async () => {
  await workspace.send({ kind: 'text', to: groupChat(GROUP), text: 'hi', dedupeKey: 'k' });
  expect(asked).toEqual([]);
});

eachDatabase('the spelling of an account', (open) => {
  it('is what the last sync told', async () => {
    const { db } = await anOffice(open);
    await db.write((tx) => tx.run("UPDATE identity SET account_verbatim = 'WangXiao' WHERE account = 'wangxiao'"));
    expect(await spellingOf(db, 'sandbox', 'wangxiao')).toBe('WangXiao');
    expect(await spellingOf(db, 'elsewhere', 'wangxiao')).toBeNull();
  });
});
