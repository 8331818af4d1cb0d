/** S3: a ticket says what it waits for, also while it is nobody's turn. */
import { expect, it } from '@jest/globals';
import { whereItStands } from '../../src/card/whereItStands.ts';
import { filed, id, nameById, type Story, then } from '../support/flow.ts';
import { later, ring, written } from '../support/written.ts';

const file = (flow: string): Story => filed(written(flow), { values: { title: 'x', kind: '甲' } });
const LAST = '\n  - { id: last, handle: 收尾, assignee: { user: ken } }';
const says = ({ ticket, template, env }: Story): string[] => {
  const around = { names: nameById, url: (path: string) => path, now: env.now, offsetMinutes: 480 };
  const view = { ...around, ticket, template, receiverId: 1, acts: { ticket: [], tasks: [] } };
  return [whereItStands(view, 'zh-CN'), whereItStands(view, 'en')];
};

it.each([
  {
    flow: '\n  - { id: rest, wait: 冷静期, for: 4h }',
    zh: '「冷静期」：2026-11-02 14:30 自动继续。',
    en: '“冷静期”: goes on by itself at 2026-11-02 14:30.',
  },
  {
    flow: '\n  - { id: until, wait: 到那天以后, when_true: now > form.day }',
    zh: '「到那天以后」：等待条件满足后自动继续。',
    en: '“到那天以后”: goes on by itself once its condition holds.',
  },
  {
    flow: '\n  - { id: rate, call: 查汇率, url: "https://erp.example.com/rate" }',
    zh: '「查汇率」已发出，等待对方系统回复。',
    en: '“查汇率” was sent; waiting for the other system to answer.',
  },
  {
    flow: '\n  - { id: account, subflow: 开通账号, template: it-account }',
    zh: '等待子工单「开通账号」完成。',
    en: 'Waiting for the sub-ticket “开通账号”.',
  },
])('$zh', ({ flow, zh, en }) => expect(says(file(flow + LAST))).toEqual([zh, en]));

it('names the sub-ticket once it has a number, and who looks into what failed', () => {
  const asked = file(`\n  - { id: account, subflow: 开通账号, template: it-account }${LAST}`);
  const key = asked.ticket.children[0]?.key ?? '';
  const known = later(asked, { type: 'child_filed', key, ticketId: 7, number: 'A-1' });
  expect(says(known)[0]).toBe('等待子工单「A-1」完成。');
  const failed = later(asked, { type: 'child_failed', key, reason: '缺少必填项' });
  expect(says(failed)[0]).toBe('「开通账号」没有成功，等待 adam 处理。');
  expect(says(then(failed, 'adam', { type: 'skip' }))[0]).toContain('ken');
});

it('waits for an opinion of whoever was asked for no more than that', () => {
  const story = file('\n  - { id: check, approve: 审批, approver: { user: ken } }');
  const asked = then(story, 'ken', { type: 'delegate', person: id('bo'), comment: '合适吗？' });
  expect(says(asked)).toEqual(['等待 bo 给出意见。', 'Waiting for the opinion of bo.']);
});

it('says the status again once somebody has the turn', () =>
  expect(says(ring(file(`\n  - { id: rest, wait: 等, for: 4h }${LAST}`)))[0]).toBe('已派给 ken，等待受理。'));
