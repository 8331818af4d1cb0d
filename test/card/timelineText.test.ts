/** The history in words: who did what, in both languages; what only the engine cares about stays out. */
import { describe, expect, it } from '@jest/globals';
import { taskStateText } from '../../src/card/taskStateText.ts';
import { type HistoryView, timelineText } from '../../src/card/timelineText.ts';
import type { EventType, TicketEvent } from '../../src/flow/event.ts';

const NAMES: Readonly<Record<number, string>> = { 1: '王晓', 2: '陈伟', 3: '吴刚', 4: '刘洋' };
const view = {
  names: (id: number) => NAMES[id] ?? '',
  template: {
    order: ['repair', 'supervise'],
    nodes: { repair: { name: '工程师处理' }, supervise: { name: '主管审批' } },
  },
  ticket: {
    tasks: [
      { n: 1, kind: 'handle' },
      { n: 2, kind: 'confirm' },
      { n: 5, kind: 'dispatch' },
    ],
  },
} as unknown as HistoryView;

const said = (type: EventType, data: object, more: object = {}): [string | null, string | null] => {
  const event = { seq: 1, version: 1, at: 0, actorId: 2, forId: null, type, data, personal: null, ...more };
  return [timelineText(event as TicketEvent, view, 'zh-CN'), timelineText(event as TicketEvent, view, 'en')];
};

describe('the history of a ticket', () => {
  it.each<[string, EventType, object, object, string, string]>([
    [
      'filed for another',
      'ticket.filed',
      { filerId: 2, requesterId: 1 },
      {},
      '陈伟 代 王晓 提交了工单',
      '陈伟 filed the ticket for 王晓',
    ],
    [
      'a pool',
      'task.opened',
      {
        n: 1,
        node: 'repair',
        kind: 'handle',
        state: 'open',
        assigneeId: null,
        people: [{ personId: 2 }, { personId: 4 }],
      },
      {},
      '「工程师处理」已通知 陈伟、刘洋，等待其中一位受理',
      '“工程师处理”: 陈伟, 刘洋 were told, one of them takes it',
    ],
    [
      'a step that failed',
      'task.opened',
      { n: 4, node: 'repair', kind: 'rescue', state: 'open', assigneeId: 3, people: [] },
      {},
      '「工程师处理」等待 吴刚 重试或跳过',
      '“工程师处理” waits for 吴刚 to try it again or skip it',
    ],
    [
      'a sub-ticket',
      'child.filed',
      { key: 'work.1.0', ticketId: 8, number: 'IT-8' },
      { actorId: null },
      '子工单 IT-8 已提交',
      'The sub-ticket IT-8 was filed',
    ],
    [
      'back to the requester',
      'task.opened',
      { n: 3, node: 'filing', kind: 'edit', state: 'open', assigneeId: 1, people: [] },
      {},
      '等待 王晓 修改',
      'Waiting for 王晓 to correct it',
    ],
    [
      'not solved',
      'task.done',
      { n: 2, result: 'refuse' },
      { actorId: 1 },
      '王晓 反馈没有解决',
      '王晓 said that it is not solved',
    ],
    ['refused', 'task.done', { n: 1, result: 'refuse' }, {}, '陈伟 拒绝', '陈伟 refused'],
    [
      'B for A',
      'task.done',
      { n: 1, result: 'complete' },
      { forId: 4 },
      '陈伟（代 刘洋） 处理完成',
      '陈伟 for 刘洋 completed it',
    ],
    [
      'transferred',
      'task.transferred',
      { n: 1, from: 2, to: 4 },
      {},
      '陈伟 转交给 刘洋',
      '陈伟 transferred it to 刘洋',
    ],
    [
      'transferred again and again',
      'task.transferred',
      { n: 1, from: 2, to: 4, times: 3 },
      {},
      '陈伟 转交给 刘洋，这是第 3 次转交',
      '陈伟 transferred it to 刘洋; it was passed on 3 times by now',
    ],
    [
      'asked first',
      'task.sign_added',
      { n: 1, via: 'before', to: [4] },
      {},
      '陈伟 前加签，请 刘洋 先给出意见',
      '陈伟 asked 刘洋 to answer first',
    ],
    [
      'asked for an opinion',
      'task.sign_added',
      { n: 1, via: 'delegate', to: [4] },
      {},
      '陈伟 委托 刘洋 给出意见',
      '陈伟 asked 刘洋 for an opinion',
    ],
    [
      'skipped',
      'node.skipped',
      { node: 'supervise', because: 'when' },
      { actorId: null },
      '跳过「主管审批」：条件不符合',
      '“主管审批” was skipped: its condition does not hold',
    ],
    [
      'passed for one',
      'node.skipped',
      { node: 'supervise', because: 'same_approver', people: [3] },
      { actorId: null },
      '「主管审批」吴刚 自动通过：同一审批人已经同意',
      '“主管审批” passed for 吴刚: the same person has agreed already',
    ],
    [
      'the same approver as before',
      'node.skipped',
      { node: 'supervise', because: 'same_approver', from: 'repair' },
      { actorId: null },
      '跳过「主管审批」：审批人与第 1 步「工程师处理」相同，已经同意',
      '“主管审批” was skipped: the same approver as step 1, “工程师处理”, who has agreed',
    ],
    [
      'the same approver as later',
      'node.skipped',
      { node: 'repair', because: 'same_approver', from: 'supervise' },
      { actorId: null },
      '跳过「工程师处理」：审批人与第 2 步「主管审批」相同，到那一步再审批',
      '“工程师处理” was skipped: the same approver as step 2, “主管审批”, and asked there',
    ],
    [
      'nobody found',
      'people.missing',
      { node: 'repair', rule: 'x' },
      { actorId: null },
      '「工程师处理」没有找到合适的人，交给流程管理员',
      'Nobody was found for “工程师处理”: the flow admin stands in',
    ],
    [
      'a call that failed',
      'call.answered',
      { key: 'k', node: 'repair', ok: false },
      { actorId: null, personal: { values: {}, reason: 'HTTP 410' } },
      '「工程师处理」没有成功：对方没有这个地址。',
      '“工程师处理” did not work. The receiver has no such address.',
    ],
    [
      'a sub-ticket that could not be filed',
      'child.failed',
      { key: 'k' },
      { actorId: null, personal: { reason: '没有这个模板' } },
      '子工单没有建成：没有这个模板',
      'The sub-ticket could not be filed: 没有这个模板',
    ],
    [
      'withdrawn, why',
      'ticket.closed',
      { status: 'withdrawn', outcome: 'withdrawn' },
      { personal: { reason: '不需要了' } },
      '工单结束：提报人撤回。不需要了',
      'The ticket ended: Withdrawn by the requester. 不需要了',
    ],
    [
      'refused because nobody decided',
      'ticket.closed',
      { status: 'refused', outcome: 'refused', because: 'timed_out' },
      { actorId: null },
      '工单结束：未通过。没有人在期限内办理',
      'The ticket ended: Refused. Nobody decided in time',
    ],
    [
      'so, before there was a code for it',
      'ticket.closed',
      { status: 'refused', outcome: 'refused' },
      { actorId: null, personal: { reason: '超时' } },
      '工单结束：未通过。没有人在期限内办理',
      'The ticket ended: Refused. Nobody decided in time',
    ],
    [
      'the same word from a person',
      'ticket.closed',
      { status: 'refused', outcome: 'refused' },
      { personal: { reason: '超时' } },
      '工单结束：未通过。超时',
      'The ticket ended: Refused. 超时',
    ],
  ])('%s', (_, type, data, more, zh, en) => expect(said(type, data, more)).toEqual([zh, en]));

  it.each<[EventType, object]>([
    ['node.entered', { token: 't', node: 'repair', visit: 1, regions: [] }],
    ['token.ended', { token: 't' }],
    ['status.changed', { from: 'pending', to: 'processing' }],
    ['call.answered', { key: 'k', node: 'repair', ok: true }],
    ['task.closed', { n: 1, state: 'closed', because: 'decided' }],
    ['task.opened', { n: 2, node: 'supervise', kind: 'approve', state: 'waiting', assigneeId: 3, people: [] }],
  ])('%s is the engine’s own', (type, data) => expect(said(type, data)).toEqual([null, null]));

  it('only whoever takes up work accepts it: not who dispatches it, nor the service for the one it comes back to', () => {
    expect(said('task.claimed', { n: 1 })[0]).toBe('陈伟 受理了工单');
    expect(said('task.claimed', { n: 5 })).toEqual([null, null]);
    expect(said('task.accepted', { n: 1 }, { actorId: null })).toEqual([null, null]);
  });

  it('a confirmation ends in its own words', () => {
    expect([taskStateText('confirm', 'done:refuse', 'zh-CN'), taskStateText('approve', 'done:refuse', 'en')]).toEqual([
      '没有解决',
      'Refused',
    ]);
  });
});
