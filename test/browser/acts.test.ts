/** Every act of `approval-semantics.md`, done in the sandbox's chat page by clicking: one row each. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import { type Act, ACT_NAMES } from '../../src/flow/acts.ts';
import type { Ticket } from '../../src/flow/ticket.ts';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { onSqlite, type Running } from '../support/service.ts';
import { type Desk, type Seat, withBrowser } from './desk.ts';

const openDesk = withBrowser();
const start = onSqlite();
const ADMIN = 'WuGang';
const FORM = `form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: urgency, type: radio, label: 紧急程度, options: [一般, 紧急], default: 一般 }
  - { id: category, type: radio, label: 分类, options: [硬件, 网络], default: 硬件 }`;

/** What each row's ticket runs through. Roles: 硬件工程师 chenwei, liuyang; 软件工程师 zhaolei, sunli; IT主管 WuGang; 印章管理员 linxia. */
const FLOWS = {
  pool: `
  - { id: work, handle: 处理, assignee: { role: 硬件工程师 }, strategy: claim, acts: { transfer: anyone } }
  - { id: confirm, confirm: 确认 }`,
  soft: `
  - { id: work, handle: 处理, assignee: { role: 软件工程师 }, strategy: claim }`,
  check: `
  - { id: work, handle: 处理, assignee: { role: 印章管理员 } }
  - { id: check, approve: 审批, approver: { role: IT主管 }, mode: all, acts: { transfer: anyone } }`,
} as const;

interface Row {
  readonly act: Act;
  readonly flow: keyof typeof FLOWS;
  /** What happened before: who did which act on their task. */
  readonly before?: readonly (readonly [who: string, body: Readonly<Record<string, unknown>>])[];
  readonly who: string;
  /** What they click and say. */
  readonly by: (seat: Seat, number: string) => Promise<void>;
  readonly then: (ticket: Ticket, running: Running) => void;
}

/** A few, in turn: no platform lets one person be told everything within a minute. */
const REQUESTERS = ['wangxiao', 'luoyi', 'zhangwei'] as const;
const REQUESTER = 'requester';
const claimed = [['chenwei', { act: 'claim' }]] as const;
const taken = [['zhaolei', { act: 'claim' }]] as const;
const done = [...claimed, ['chenwei', { act: 'complete' }]] as const;
const toCheck = [['linxia', { act: 'complete' }]] as const;
const isStatus = (status: Ticket['status']) => (ticket: Ticket) => expect(ticket.status).toBe(status);
const held = (userid: string) => (ticket: Ticket, running: Running) =>
  expect(ticket.assigneeId).toBe(running.id(userid));

/** Button, then what is asked. */
const press =
  (button: string, ...answers: readonly string[]): Row['by'] =>
  (seat, number) =>
    asked(seat, () => seat.press(button, number), answers);
/** The card's "…", then what is asked. */
const fromMenu =
  (item: string, ...answers: readonly string[]): Row['by'] =>
  (seat, number) =>
    asked(seat, () => seat.menu(item, number), answers);
/** Said in the chat, `#` the ticket's number. */
const saying =
  (...texts: readonly string[]): Row['by'] =>
  async (seat, number) => {
    for (const text of texts) await seat.untilTold(() => seat.say(text.replace('#', number)));
  };
/** On the page, behind 更多 of the card. */
const onPage =
  (act: Act, fill: (page: FrameLocator) => Promise<void>): Row['by'] =>
  async (seat, number) => {
    const page = await seat.openPage(number);
    const direct = page.getByTestId(`act-${act}`);
    await direct.or(page.getByTestId('act-more')).first().waitFor();
    if (!(await direct.isVisible())) await page.getByTestId('act-more').click();
    await direct.click();
    await fill(page);
    await page.getByTestId('submit').click();
    await page.getByText('已提交').waitFor();
    await seat.closePage();
  };
/** Nothing is answered before it is asked. */
async function asked(seat: Seat, begin: () => Promise<void>, answers: readonly string[]): Promise<void> {
  await (answers.length > 0 ? seat.untilTold(begin) : begin());
  for (const answer of answers) await seat.untilTold(() => seat.say(answer));
}
async function pick(page: FrameLocator, part: string, name: string): Promise<void> {
  await page.getByTestId(`field-${part}`).click();
  await page.getByTestId('search').fill(name);
  await page
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .last()
    .click();
}

const ROWS: readonly Row[] = [
  { act: 'claim', flow: 'pool', who: 'chenwei', by: press('受理'), then: held('chenwei') },
  {
    act: 'complete',
    flow: 'pool',
    who: 'chenwei',
    by: async (seat, number) => {
      await seat.press('受理', number);
      await seat.press('完成', number);
    },
    then: isStatus('confirming'),
  },
  { act: 'agree', flow: 'pool', before: done, who: REQUESTER, by: press('已解决'), then: isStatus('closed') },
  {
    act: 'refuse',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: press('拒绝', '预算不够'),
    then: isStatus('refused'),
  },
  { act: 'accept', flow: 'check', who: 'linxia', by: press('受理'), then: isStatus('processing') },
  {
    act: 'return',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: press('退回', '1', '请补充金额'),
    then: isStatus('returned'),
  },
  {
    act: 'submit',
    flow: 'check',
    before: [['linxia', { act: 'return', to: 'filing', comment: '写清楚' }]],
    who: REQUESTER,
    by: onPage('submit', (page) => page.getByTestId('field-title').fill('写清楚了')),
    then: ({ title, status }) => expect([title, status]).toEqual(['写清楚了', 'pending']),
  },
  {
    act: 'transfer',
    flow: 'pool',
    before: claimed,
    who: 'chenwei',
    by: onPage('transfer', async (page) => {
      await pick(page, 'person', '刘洋');
      await page.getByTestId('field-comment').fill('我在外地');
    }),
    then: held('liuyang'),
  },
  {
    act: 'release',
    flow: 'pool',
    before: claimed,
    who: 'chenwei',
    by: saying('放回 #'),
    then: ({ tasks }) => expect(tasks.at(-1)?.assigneeId).toBeNull(),
  },
  {
    act: 'comment',
    flow: 'pool',
    who: REQUESTER,
    by: fromMenu('补充说明', '三楼也一样'),
    then: ({ version }) => expect(version).toBe(2),
  },
  { act: 'withdraw', flow: 'pool', who: REQUESTER, by: saying('撤回 #', '好了'), then: isStatus('withdrawn') },
  {
    act: 'add_sign',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: saying('加签 # 何静', '1'),
    then: ({ tasks }, running) =>
      expect(tasks.at(-1)).toMatchObject({ assigneeId: running.id('hejing'), via: 'before' }),
  },
  {
    act: 'delegate',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: fromMenu('委托', '何静 价格合适吗？'),
    then: ({ tasks }, running) => expect(tasks.at(-1)?.assigneeId).toBe(running.id('hejing')),
  },
  {
    act: 'advise',
    flow: 'check',
    before: [...toCheck, [ADMIN, { act: 'delegate', person: 'hejing', comment: '合适吗？' }]],
    who: 'hejing',
    by: press('答复', '合适'),
    then: ({ tasks }) => expect(tasks.at(-1)?.state).toBe('done:advise'),
  },
  {
    act: 'remove_sign',
    flow: 'check',
    before: [...toCheck, [ADMIN, { act: 'delegate', person: 'hejing', comment: '合适吗？' }]],
    who: ADMIN,
    by: saying('减签 # 何静'),
    then: ({ status, tasks }) => expect([status, tasks.at(-2)?.state]).toEqual(['approving', 'open']),
  },
  {
    act: 'urge',
    flow: 'pool',
    before: claimed,
    who: REQUESTER,
    by: fromMenu('催办'),
    then: ({ tasks }) => expect(tasks.at(-1)?.urged?.count).toBe(1),
  },
  {
    act: 'cc',
    flow: 'soft',
    before: taken,
    who: 'zhaolei',
    by: saying('抄送 # 何静、林霞'),
    then: ({ cc }) => expect(cc).toHaveLength(2),
  },
  {
    act: 'take_back',
    flow: 'check',
    before: toCheck,
    who: 'linxia',
    by: saying('拿回 #'),
    then: ({ tasks }) => expect(tasks.find(({ state }) => state === 'open')?.node).toBe('work'),
  },
  {
    act: 'pause',
    flow: 'pool',
    before: claimed,
    who: 'chenwei',
    by: saying('挂起 #', '等供应商'),
    then: isStatus('suspended'),
  },
  {
    act: 'resume',
    flow: 'pool',
    before: [...claimed, ['chenwei', { act: 'pause', reason: 'scheduled', until: Date.now() + 86_400_000 }]],
    who: 'chenwei',
    by: onPage('resume', async () => undefined),
    then: isStatus('processing'),
  },
  {
    act: 'reopen',
    flow: 'pool',
    before: [...done, [REQUESTER, { act: 'agree' }]],
    who: REQUESTER,
    by: saying('重开 # 又坏了'),
    then: isStatus('processing'),
  },
  {
    act: 'split',
    flow: 'soft',
    before: taken,
    who: 'zhaolei',
    by: async (seat, number) => {
      await onPage('split', (page) => page.getByTestId('field-comment').fill('顺便换一台路由器'))(seat, number);
      const page = await seat.openPage(number);
      await page
        .getByTestId('related')
        .getByText(/^子工单 SOFT-\d{4}（进行中）$/)
        .waitFor();
      await seat.closePage();
    },
    then: ({ children }) => expect(children).toHaveLength(1),
  },
  {
    act: 'merge',
    flow: 'soft',
    before: taken,
    who: 'zhaolei',
    by: onPage('merge', (page) => page.getByTestId('field-other').fill('SOFT-0001')),
    then: ({ outcome }) => expect(outcome).toBe('merged'),
  },
  {
    act: 'duplicate',
    flow: 'soft',
    before: taken,
    who: 'zhaolei',
    by: saying('标记为重复 #', 'SOFT-0001'),
    then: ({ outcome }) => expect(outcome).toBe('duplicate'),
  },
  {
    act: 'recategorize',
    flow: 'soft',
    before: taken,
    who: 'zhaolei',
    by: onPage('recategorize', (page) => page.getByText('网络', { exact: true }).click()),
    then: ({ category }) => expect(category).toBe('网络'),
  },
  {
    act: 'reprioritize',
    flow: 'soft',
    before: taken,
    who: 'zhaolei',
    by: saying('改紧急程度 # 紧急'),
    then: ({ urgency }) => expect(urgency).toBe('紧急'),
  },
  {
    act: 'reassign',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: saying('改派 # 何静 出差了'),
    then: held('hejing'),
  },
  {
    act: 're_resolve',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: onPage('re_resolve', (page) => page.getByTestId('field-comment').fill('角色改过了')),
    then: ({ version }) => expect(version).toBe(3),
  },
  {
    act: 'jump',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: onPage('jump', async (page) => {
      await page.getByText('处理', { exact: true }).last().click();
      await page.getByTestId('field-comment').fill('补做一次');
    }),
    then: isStatus('pending'),
  },
  {
    act: 'force_close',
    flow: 'check',
    before: toCheck,
    who: ADMIN,
    by: saying('强制关闭 # 测试单'),
    then: ({ outcome }) => expect(outcome).toBe('forced'),
  },
];

let running: Running;

describe('acts in the chat page', () => {
  let desk: Desk;
  beforeAll(async () => {
    running = await start({ admins: [ADMIN] });
    for (const [key, flow] of Object.entries(FLOWS)) {
      const text = `template: ${key}\nname: 演练\nnumber: ${key.toUpperCase()}-{seq:4}\n${FORM}\nflow:${flow}\n`;
      const { status, body } = await running.api(ADMIN, 'POST', '/api/v1/templates', { text });
      expect([status, body]).toEqual([200, expect.anything()]);
    }
    desk = await openDesk(running.url, 'desktop', ['wangxiao', 'chenwei', ADMIN]);
  });
  afterEach(() => desk.shoot('acts-last'));
  afterAll(() => desk.close());

  it.each(ROWS.map((row, i) => [row.act, row.who, row, i] as const))('%s, by %s', async (_act, _who, row, i) => {
    const requester = REQUESTERS[i % REQUESTERS.length] ?? '';
    const named = (who: string) => (who === REQUESTER ? requester : who);
    const values = { title: `演练${row.act}` };
    const filed = await running.api(requester, 'POST', '/api/v1/tickets', { template: row.flow, values });
    const { id, number } = filed.body as { id: number; number: string };
    for (const [one, { person, ...body }] of row.before ?? []) {
      const who = named(one);
      const whom = typeof person === 'string' ? { person: running.id(person) } : {};
      const task = await taskOf(number, who);
      const answer = await running.api(who, 'POST', `/api/v1/tickets/${id}/acts`, { task, ...body, ...whom });
      expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    }
    await running.settled();
    const seat = await desk.as(named(row.who));
    await seat.card(number).waitFor();
    await row.by(seat, number);
    await eventually(async () => row.then(await ticketOf(running, number), running));
  });
});

async function taskOf(number: string, who: string): Promise<number> {
  const { tasks } = await ticketOf(running, number);
  const mine = tasks.find(
    ({ state, people }) => state === 'open' && people.some(({ personId }) => personId === running.id(who)),
  );
  return mine?.n ?? -1;
}

/** By the flow admin when a step that runs by itself failed: `test/flow/engine/automatic.test.ts`. */
const ELSEWHERE: readonly Act[] = ['retry', 'skip', 'dispatch'];
it('has a row for every act', () => {
  const rows = ROWS.map(({ act }) => act);
  expect(ACT_NAMES.filter((act) => !rows.includes(act) && !ELSEWHERE.includes(act))).toEqual([]);
});
