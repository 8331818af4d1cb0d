/** Whatever can be done, no card asks more of a platform than it has room for, and what has none is one tap away. */
import { describe, expect, it } from '@jest/globals';
import { taskCard } from '../../src/card/taskCard.ts';
import { ticketCard } from '../../src/card/ticketCard.ts';
import type { TicketView } from '../../src/card/view.ts';
import { encodeDingtalk } from '../../src/card/dingtalk/encode.ts';
import { LIMITS as DINGTALK } from '../../src/card/dingtalk/limits.ts';
import { encodeWecom } from '../../src/card/wecom/encode.ts';
import { LIMITS as WECOM } from '../../src/card/wecom/limits.ts';
import { ACT_NAMES, isTaskAct } from '../../src/flow/acts.ts';
import type { TaskKind } from '../../src/flow/ticket.ts';
import type { Locale } from '../../src/lib/locale.ts';
import { filed, id, nameById, NOW } from '../support/flow.ts';
import { written } from '../support/written.ts';

const KINDS: readonly TaskKind[] = ['handle', 'approve', 'confirm', 'dispatch', 'rescue'];
const filedWith = (flow: string) => filed(written(flow), { values: { title: 'x', kind: '甲' } });
const story = filedWith('  - { id: work, handle: 处理, assignee: { user: rita } }');

/** A card on which everything is possible that there is. */
function viewOf(kind: TaskKind, acceptedAt: number | null): TicketView {
  const { ticket, template } = story;
  const tasks = ticket.tasks.map((task) => ({ ...task, kind, acceptedAt }));
  return {
    names: nameById,
    url: (path) => `https://desk.example.com${path}`,
    ...{ offsetMinutes: 480, now: NOW, template, receiverId: id('rita') },
    ticket: { ...ticket, tasks },
    acts: {
      ticket: ACT_NAMES.filter((act) => !isTaskAct(act)),
      tasks: tasks.map(({ n }) => ({ n, acts: ACT_NAMES.filter(isTaskAct) })),
    },
  };
}

describe.each<Locale>(['zh-CN', 'en'])('cards with every act, %s', (locale) => {
  it.each(KINDS.flatMap((kind) => [[kind, null] as const, [kind, NOW] as const]))('%s, accepted %p', (kind, at) => {
    const view = viewOf(kind, at);
    const card = taskCard(view, view.ticket.tasks[0]?.n ?? -1, locale);
    expect(card.buttons.length).toBeLessThanOrEqual(Math.min(WECOM.buttons, DINGTALK.buttons));
    expect(card.menu.length).toBeLessThanOrEqual(Math.min(WECOM.menuItems, DINGTALK.menuItems));
    expect(card.buttons.at(-1)?.does).toEqual({ url: expect.stringContaining('?act=more') });
    const wecom = encodeWecom(card, { taskId: 't1', openUrl: (url) => url });
    const dingtalk = encodeDingtalk(card, { openUrl: (url) => url });
    const lost = [...wecom.dropped, ...dingtalk.dropped].filter((what) => /button|menu/.test(what));
    expect(lost).toEqual([]);
  });

  it('of the ticket', () => {
    const card = ticketCard(viewOf('handle', NOW), locale);
    expect(card.menu.length).toBeLessThanOrEqual(Math.min(WECOM.menuItems, DINGTALK.menuItems));
    const wecom = encodeWecom(card, { taskId: 't1', openUrl: (url) => url });
    expect(wecom.dropped.filter((what) => what.includes('menu'))).toEqual([]);
  });
});

it('side by side: each step with those who are on it', () => {
  const split = filedWith(`
  - id: both
    parallel: 并行
    branches:
      - { name: 账号, flow: [{ id: a, handle: 开通账号, assignee: { user: rita } }] }
      - { name: 电脑, flow: [{ id: b, handle: 准备电脑, assignee: { user: ann } }] }`);
  const { ticket, template } = split;
  const view = { ...viewOf('handle', null), ticket, template };
  expect(ticketCard(view, 'zh-CN').body).toBe('同时进行：开通账号（rita）、准备电脑（ann）。');
  expect(ticketCard(view, 'en').body).toBe('Under way side by side: 开通账号 (rita), 准备电脑 (ann).');
});

it('suspended: why, by whom and until when, also where steps run side by side', () => {
  const paused = { reason: 'scheduled', at: NOW, until: NOW + 3_600_000, by: id('ann') } as const;
  const { ticket, ...view } = viewOf('handle', NOW);
  const shown = (more: object) => ({ ...view, ticket: { ...ticket, status: 'suspended' as const, ...more } });
  const body = ticketCard(shown({ paused }), 'zh-CN').body;
  expect(body).toMatch(/^ann ?已挂起：约定时间再处理，到 \d{4}-\d\d-\d\d \d\d:\d\d。恢复后会告诉您。$/);
  expect(ticketCard(shown({ paused }), 'en').body).toMatch(/^Suspended by ann: scheduled for later, until .*\./);
});

it('a task says for whom a substitute acts, and who asked for somebody beside the step’s people', () => {
  const { ticket, ...view } = viewOf('approve', null);
  const [own] = ticket.tasks;
  if (!own) throw new Error('no task');
  const people = [{ personId: id('rita'), role: 'substitute' as const, for: id('bo') }];
  const added = { ...own, n: 9, parent: own.n, via: 'before' as const, people, assigneeId: id('bo') };
  const acts = { ticket: [], tasks: [{ n: 9, acts: ['agree' as const] }] };
  const card = taskCard({ ...view, acts, ticket: { ...ticket, tasks: [own, added] } }, 9, 'zh-CN');
  expect(card.facts.slice(0, 2)).toEqual([
    { label: '代办', value: 'bo' },
    { label: '加签', value: 'rita' },
  ]);
});
