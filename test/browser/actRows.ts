/** One row for each act: what its ticket runs through, what went before, and what somebody clicks and says. */
import { expect } from '@jest/globals';
import type { FrameLocator } from 'playwright-core';
import type { Act } from '../../src/flow/acts.ts';
import type { Ticket } from '../../src/flow/ticket.ts';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import type { Running } from '../support/service.ts';
import type { Part } from './cast.ts';
import type { Seat } from './desk.ts';

/** People of the flow, as the template names them. */
type People = Readonly<Record<Part, string>>;

export const FLOWS = {
  pool: ({ handler, colleague }: People) => `
  - { id: work, handle: 处理, assignee: { users: [${handler}, ${colleague}] }, strategy: claim, acts: { transfer: anyone } }
  - { id: confirm, confirm: 确认 }`,
  soft: ({ sorter, another }: People) => `
  - { id: work, handle: 处理, assignee: { users: [${sorter}, ${another}] }, strategy: claim }`,
  check: ({ worker, head }: People) => `
  - { id: work, handle: 处理, assignee: { user: ${worker} } }
  - { id: check, approve: 审批, approver: { user: ${head} }, mode: all, acts: { transfer: anyone } }`,
  /** Nobody is there to be asked for the rate, so the flow admin is. */
  rate: ({ worker }: People) => `
  - { id: rate, call: 查汇率, url: 'https://127.0.0.1/rate', retries: 0 }
  - { id: work, handle: 处理, assignee: { user: ${worker} } }`,
  picked: ({ worker, helper }: People) => `
  - { id: work, handle: 处理, assignee: { users: [${worker}, ${helper}] }, strategy: dispatcher }`,
} as const;
export type Flow = keyof typeof FLOWS;

/** Where a row is played. */
export interface Stage {
  readonly running: Running;
  readonly seat: Seat;
  readonly number: string;
  /** Of another ticket of this kind. */
  readonly other: string;
  readonly name: (part: Part) => string;
  readonly id: (part: Part) => number;
}

export interface Row {
  readonly act: Act;
  readonly flow: Flow;
  /** What happened before: who did which act on their task. `person`: a part. */
  readonly before?: readonly (readonly [who: Part, body: Readonly<Record<string, unknown>>])[];
  readonly who: Part;
  readonly by: (stage: Stage) => Promise<void>;
  readonly then: (ticket: Ticket, stage: Stage) => void;
}

const claimed = [['handler', { act: 'claim' }]] as const;
const taken = [['sorter', { act: 'claim' }]] as const;
const done = [...claimed, ['handler', { act: 'complete' }]] as const;
const toCheck = [['worker', { act: 'complete' }]] as const;
const asked = [...toCheck, ['head', { act: 'delegate', person: 'helper', comment: '合适吗？' }]] as const;
const isStatus = (status: Ticket['status']) => (ticket: Ticket) => expect(ticket.status).toBe(status);
const isOutcome = (outcome: Ticket['outcome']) => (ticket: Ticket) => expect(ticket.outcome).toBe(outcome);
const held =
  (part: Part): Row['then'] =>
  ({ assigneeId }, { id }) =>
    expect(assigneeId).toBe(id(part));
const lastTask =
  (like: (stage: Stage) => object): Row['then'] =>
  ({ tasks }, stage) =>
    expect(tasks.at(-1)).toMatchObject(like(stage));

/** What is asked for, by its label. */
type Answers = Readonly<Record<string, string>>;
/** `{helper}` is their name, `#` the ticket's number, `{other}` that of another. */
const filledIn = (text: string, { name, number, other }: Stage): string =>
  text.replace(/\{(\w+)\}/g, (_, word: string) => (word === 'other' ? other : name(word as Part))).replace('#', number);
const answersIn = (answers: Answers, stage: Stage): Answers =>
  Object.fromEntries(Object.entries(answers).map(([label, text]) => [label, filledIn(text, stage)]));

/** Button, then what is asked. */
const press =
  (button: string, answers: Answers = {}): Row['by'] =>
  (stage) =>
    stage.seat.answer(stage.number, button, answersIn(answers, stage), () => stage.seat.press(button, stage.number));
/** The card's menu, then what is asked. */
const fromMenu =
  (item: string, answers: Answers = {}): Row['by'] =>
  (stage) =>
    stage.seat.answer(stage.number, item, answersIn(answers, stage), () => stage.seat.menu(item, stage.number));
/** Said in the chat. */
const saying =
  (...texts: readonly string[]): Row['by'] =>
  async (stage) => {
    for (const text of texts) await stage.seat.untilTold(() => stage.seat.say(filledIn(text, stage)));
  };
/** On the page behind the card. */
const onPage =
  (act: Act, fill: (page: FrameLocator, stage: Stage) => Promise<void>): Row['by'] =>
  async (stage) => {
    const page = await stage.seat.openPage(stage.number);
    const direct = page.getByTestId(`act-${act}`);
    await direct.or(page.getByTestId('act-more')).first().waitFor();
    if (!(await direct.isVisible())) await page.getByTestId('act-more').click();
    await direct.click();
    await fill(page, stage);
    await page.getByTestId('submit').click();
    await page.getByText('已提交').waitFor();
    await stage.seat.closePage();
  };
const comment = (text: string) => (page: FrameLocator) => page.getByTestId('field-comment').fill(text);
async function pick(page: FrameLocator, part: string, name: string): Promise<void> {
  await page.getByTestId(`field-${part}`).click();
  await page.getByTestId('search').fill(name);
  await page
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .last()
    .click();
}

export const ROWS: readonly Row[] = [
  { act: 'claim', flow: 'pool', who: 'handler', by: press('受理'), then: held('handler') },
  {
    act: 'complete',
    flow: 'pool',
    who: 'handler',
    async by(stage) {
      await press('受理')(stage);
      await press('完成')(stage);
    },
    then: isStatus('confirming'),
  },
  { act: 'agree', flow: 'pool', before: done, who: 'requester', by: press('已解决'), then: isStatus('closed') },
  {
    act: 'refuse',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: press('拒绝', { 拒绝理由: '预算不够' }),
    then: isStatus('refused'),
  },
  { act: 'accept', flow: 'check', who: 'worker', by: press('受理'), then: isStatus('processing') },
  {
    act: 'return',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: press('退回', { 退回到: '提报人修改', 退回原因: '请补充金额' }),
    then: isStatus('returned'),
  },
  {
    act: 'submit',
    flow: 'check',
    before: [['worker', { act: 'return', to: 'filing', comment: '写清楚' }]],
    who: 'requester',
    by: onPage('submit', (page) => page.getByTestId('field-title').fill('写清楚了')),
    then: ({ title, status }) => expect([title, status]).toEqual(['写清楚了', 'pending']),
  },
  {
    act: 'transfer',
    flow: 'pool',
    before: claimed,
    who: 'handler',
    by: onPage('transfer', async (page, { name }) => {
      await pick(page, 'person', name('colleague'));
      await comment('我在外地')(page);
    }),
    then: held('colleague'),
  },
  {
    act: 'release',
    flow: 'pool',
    before: claimed,
    who: 'handler',
    by: saying('放回 #'),
    then: lastTask(() => ({ assigneeId: null })),
  },
  {
    act: 'dispatch',
    flow: 'picked',
    who: 'head',
    by: press('分派', { 派给: '{helper}' }),
    then: held('helper'),
  },
  {
    act: 'dispatch',
    flow: 'picked',
    who: 'head',
    // Whom the rule names is offered before everybody else.
    by: onPage('dispatch', (page, { name }) => page.getByText(name('worker'), { exact: true }).last().click()),
    then: held('worker'),
  },
  {
    act: 'retry',
    flow: 'rate',
    who: 'head',
    by: press('重试'),
    // It fails again, and they are asked again.
    then: ({ tasks }) => expect(tasks.map(({ state }) => state)).toEqual(['done:retry', 'open']),
  },
  {
    act: 'skip',
    flow: 'rate',
    who: 'head',
    by: press('跳过'),
    then: lastTask(() => ({ node: 'work', state: 'open' })),
  },
  {
    act: 'comment',
    flow: 'pool',
    who: 'requester',
    by: fromMenu('补充说明', { 补充内容: '三楼也一样' }),
    then: ({ version }) => expect(version).toBe(2),
  },
  { act: 'withdraw', flow: 'pool', who: 'requester', by: saying('撤回 #', '好了'), then: isStatus('withdrawn') },
  {
    act: 'add_sign',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: saying('加签 # {helper}', '1'),
    then: lastTask(({ id }) => ({ assigneeId: id('helper'), via: 'before' })),
  },
  {
    act: 'delegate',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: fromMenu('委托', { 委托给: '{helper}', 要问的: '价格合适吗？' }),
    then: lastTask(({ id }) => ({ assigneeId: id('helper') })),
  },
  {
    act: 'advise',
    flow: 'check',
    before: asked,
    who: 'helper',
    by: press('答复', { 您的意见: '合适' }),
    then: lastTask(() => ({ state: 'done:advise' })),
  },
  {
    act: 'remove_sign',
    flow: 'check',
    before: asked,
    who: 'head',
    by: saying('减签 # {helper}'),
    then: ({ status, tasks }) => expect([status, tasks.at(-2)?.state]).toEqual(['approving', 'open']),
  },
  // The only one who can be taken off is chosen already.
  {
    act: 'remove_sign',
    flow: 'check',
    before: asked,
    who: 'head',
    by: onPage('remove_sign', (page, { name }) =>
      page.getByRole('radio', { name: name('helper'), checked: true }).waitFor(),
    ),
    then: ({ status, tasks }) => expect([status, tasks.at(-2)?.state]).toEqual(['approving', 'open']),
  },
  {
    act: 'urge',
    flow: 'pool',
    before: claimed,
    who: 'requester',
    by: fromMenu('催办'),
    then: lastTask(() => ({ urged: expect.objectContaining({ count: 1 }) })),
  },
  {
    act: 'cc',
    flow: 'soft',
    before: taken,
    who: 'sorter',
    by: saying('抄送 # {helper}、{worker}'),
    then: ({ cc }) => expect(cc).toHaveLength(2),
  },
  {
    act: 'take_back',
    flow: 'check',
    before: toCheck,
    who: 'worker',
    by: saying('拿回 #'),
    then: ({ tasks }) => expect(tasks.find(({ state }) => state === 'open')?.node).toBe('work'),
  },
  {
    act: 'pause',
    flow: 'pool',
    before: claimed,
    who: 'handler',
    by: saying('挂起 #', '等供应商'),
    then: isStatus('suspended'),
  },
  {
    act: 'resume',
    flow: 'pool',
    before: [...claimed, ['handler', { act: 'pause', reason: 'scheduled', until: Date.now() + 86_400_000 }]],
    who: 'handler',
    by: onPage('resume', async () => undefined),
    then: isStatus('processing'),
  },
  {
    act: 'reopen',
    flow: 'pool',
    before: [...done, ['requester', { act: 'agree' }]],
    who: 'requester',
    by: saying('重开 # 又坏了'),
    then: isStatus('processing'),
  },
  {
    act: 'split',
    flow: 'soft',
    before: taken,
    who: 'sorter',
    async by(stage) {
      const { seat, running, number } = stage;
      await onPage('split', comment('顺便换一台路由器'))(stage);
      // Filed by itself a moment later; the page looks again every few seconds, and here it need not.
      await eventually(async () => expect((await ticketOf(running, number)).children).toHaveLength(1));
      await running.settled();
      const page = await seat.openPage(number);
      await page
        .getByTestId('related')
        .getByText(/^子工单 .SOFT-\d{4}（进行中）$/)
        .waitFor();
      await seat.closePage();
    },
    then: ({ children }) => expect(children).toHaveLength(1),
  },
  {
    act: 'merge',
    flow: 'soft',
    before: taken,
    who: 'sorter',
    by: onPage('merge', (page, { other }) => page.getByTestId('field-other').fill(other)),
    then: isOutcome('merged'),
  },
  {
    act: 'duplicate',
    flow: 'soft',
    before: taken,
    who: 'sorter',
    by: saying('标记为重复 #', '{other}'),
    then: isOutcome('duplicate'),
  },
  {
    act: 'recategorize',
    flow: 'soft',
    before: taken,
    who: 'sorter',
    by: onPage('recategorize', (page) => page.getByText('网络', { exact: true }).click()),
    then: ({ category }) => expect(category).toBe('网络'),
  },
  {
    act: 'reprioritize',
    flow: 'soft',
    before: taken,
    who: 'sorter',
    by: saying('改紧急程度 # 紧急'),
    then: ({ urgency }) => expect(urgency).toBe('紧急'),
  },
  {
    act: 'reassign',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: saying('改派 # {helper} 出差了'),
    then: held('helper'),
  },
  {
    act: 're_resolve',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: onPage('re_resolve', comment('角色改过了')),
    then: ({ version }) => expect(version).toBe(3),
  },
  {
    act: 'jump',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: onPage('jump', async (page) => {
      await page.getByText('处理', { exact: true }).last().click();
      await comment('补做一次')(page);
    }),
    then: isStatus('pending'),
  },
  {
    act: 'force_close',
    flow: 'check',
    before: toCheck,
    who: 'head',
    by: saying('强制关闭 # 测试单'),
    then: isOutcome('forced'),
  },
];
