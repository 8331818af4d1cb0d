/** A ticket's own acts (`approval-semantics.md`, "Acts of a ticket that approval tools lack"), each by its name. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../../src/flow/check.ts';
import {
  aDirectory,
  aHandle,
  aTemplate,
  filed,
  id,
  NOW,
  options,
  refold,
  type Story,
  taskOf,
  tasksIn,
  then,
  tries,
  users,
} from '../../support/flow.ts';
import { shanghai } from '../../support/calendar.ts';
import { aField } from '../../support/form.ts';
import { solved, repair, told, errands, acts, at, with_, accepted } from '../../support/life.ts';
import { later, ring, written } from '../../support/written.ts';

describe('挂起 pause', () => {
  const asked = (): Story => then(accepted(), 'ann', { type: 'pause', reason: 'waiting_requester', comment: '型号？' });

  it('suspends the ticket and asks the requester, visibly', () => {
    const story = asked();
    expect(story.ticket).toMatchObject({ status: 'suspended', paused: { reason: 'waiting_requester', until: null } });
    expect(told(story)).toEqual(['paused: rita']);
    expect(tasksIn(story)).toEqual(['work: ann']);
    expect(refold(story)).toEqual(story.ticket);
    expect(tries(accepted(), 'ann', { type: 'pause', reason: 'waiting_requester' })).toMatchObject({
      refused: 'comment_required',
    });
  });

  it('by who has the work, or the flow admin; not twice, and not of work that nobody took', () => {
    expect(acts(accepted(), 'ann')).toContain('pause');
    const { n: task = 0 } = taskOf(accepted(), 'ann') ?? {};
    const pause = { type: 'pause', reason: 'waiting_vendor', task } as const;
    expect(tries(accepted(), 'rita', pause)).toMatchObject({ refused: 'not_your_task' });
    expect(then(accepted(), 'adam', pause).ticket.status).toBe('suspended');
    expect(tries(asked(), 'ann', pause)).toMatchObject({ refused: 'already_paused' });
    const pool = filed(aTemplate([aHandle('work', users('ann', 'bo'))]));
    expect(tries(pool, 'ann', { type: 'pause', reason: 'waiting_vendor' })).toMatchObject({ refused: 'not_now' });
  });

  it('is an acceptance: whoever asks has read it', () => {
    const story = then(filed(repair), 'ann', { type: 'pause', reason: 'waiting_vendor' });
    expect(story.ticket.firstResponseAt).toBe(story.env.now);
  });

  it('ends by the requester’s answer, by resume, and with the task that it stands for', () => {
    const answered = then(asked(), 'rita', { type: 'comment', comment: 'X100' });
    expect(answered.ticket).toMatchObject({ status: 'processing', paused: null, timers: [] });
    expect(answered.events.findLast(({ type }) => type === 'ticket.resumed')?.data).toMatchObject({
      reason: 'waiting_requester',
      because: 'answered',
      to: answered.env.now,
    });
    const story = asked();
    expect(then(story, 'ann', { type: 'comment', comment: '在等' }).ticket.status).toBe('suspended');
    expect(tries(story, 'rita', { type: 'resume' })).toMatchObject({ refused: 'not_allowed' });
    const resumed = then(story, 'ann', { type: 'resume' });
    expect([resumed.ticket.status, told(resumed)]).toEqual(['processing', ['resumed: rita']]);
    expect(tries(resumed, 'ann', { type: 'resume' })).toMatchObject({ refused: 'not_now' });
    expect(then(story, 'adam', { type: 'resume' }).ticket.paused).toBeNull();
    const done = then(story, 'ann', { type: 'complete' });
    expect(done.ticket).toMatchObject({ status: 'confirming', paused: null, timers: [] });
    const gone = then(story, 'rita', { type: 'withdraw' });
    expect(gone.ticket).toMatchObject({ status: 'withdrawn', paused: null, timers: [] });
    expect(refold(gone)).toEqual(gone.ticket);
  });

  it('scheduled has an end, and nothing else has', () => {
    const until = NOW + 86_400_000;
    const bad = (wish: object) => tries(accepted(), 'ann', { type: 'pause', ...wish } as never);
    expect(bad({ reason: 'scheduled' })).toMatchObject({ refused: 'bad_input', fields: [{ field: 'until' }] });
    expect(bad({ reason: 'scheduled', until: NOW - 1 })).toMatchObject({ refused: 'bad_input' });
    expect(bad({ reason: 'waiting_vendor', until })).toMatchObject({ refused: 'bad_input' });
    const story = then(accepted(), 'ann', { type: 'pause', reason: 'scheduled', until });
    expect(story.ticket.timers).toMatchObject([{ kind: 'pause', at: until }]);
    const due = ring(story);
    expect(due.ticket).toMatchObject({ status: 'processing', paused: null, timers: [] });
    expect(told(due)).toEqual(['resumed: ann']);
  });

  it('waiting for the requester: reminded after 1 working day, after 2, and ended as no_reply after 3', () => {
    const asks = { type: 'pause', reason: 'waiting_requester', comment: '型号？' } as const;
    // A Thursday, so that a weekend lies between.
    const start = then(at(accepted(), '2026-11-05 10:00'), 'ann', asks, { now: shanghai('2026-11-05 10:00') });
    const first = ring(start);
    expect([first.env.now, told(first)]).toEqual([shanghai('2026-11-06 10:00'), ['unanswered: rita']]);
    const second = ring(first);
    expect([second.env.now, told(second)]).toEqual([shanghai('2026-11-09 10:00'), ['unanswered: rita']]);
    const third = ring(second);
    expect(third.env.now).toBe(shanghai('2026-11-10 10:00'));
    expect(third.ticket).toMatchObject({ status: 'closed', outcome: 'no_reply', resolvedAt: third.env.now });
    expect(told(third)).toEqual(['ended: rita']);
    expect(refold(third)).toEqual(third.ticket);
  });

  it('a question in one branch does not end the others: it is the handler’s again', () => {
    const both = written(`
  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: one, handle: 一, assignee: { user: ann } } ] }
      - { name: b, flow: [ { id: two, handle: 二, assignee: { user: bo } } ] }`);
    let story = filed(both, { values: { title: 'x', kind: '甲' } });
    story = then(story, 'ann', { type: 'pause', reason: 'waiting_requester', comment: '？' });
    story = ring(ring(ring(story)));
    expect(story.ticket).toMatchObject({ status: 'processing', paused: null });
    expect(tasksIn(story)).toEqual(['one: ann', 'two: bo']);
    expect(told(story)).toEqual(['resumed: ann']);
    expect(refold(story)).toEqual(story.ticket);
  });

  describe('its step’s clocks', () => {
    const timed = written(`
  - id: work
    handle: 办理
    assignee: { user: ann }
    timeout: [ { after: 4h, remind: assignee }, { after: 24h wall, remind: assignee } ]`);
    const file = () => filed(timed, { values: { title: 'x', kind: '甲' } });
    const pausedAt = (story: Story, time: string, reason: 'waiting_requester' | 'waiting_vendor') =>
      then(story, 'ann', { type: 'pause', reason, comment: '？' }, { now: shanghai(time) });

    it('stand still while the reason stops them, and are due later by the working time that passed', () => {
      // Filed Monday 09:00: due after 4 working hours, 14:30. Paused 11:30–14:00, of which 60 minutes are work.
      expect(file().ticket.timers[0]?.at).toBe(shanghai('2026-11-02 14:30'));
      const story = pausedAt(file(), '2026-11-02 11:30', 'waiting_requester');
      expect(story.ticket.timers.map(({ kind }) => kind)).toEqual(['pause']);
      const on = then(story, 'ann', { type: 'resume' }, { now: shanghai('2026-11-02 14:00') });
      expect(on.ticket.timers).toMatchObject([{ kind: 'timeout', at: shanghai('2026-11-02 15:30') }]);
      // The next rung counts the pause out as well, by the clock: 24 h wall and the 2.5 h of the pause.
      expect(ring(on).ticket.timers).toMatchObject([{ rung: 1, at: shanghai('2026-11-03 11:30') }]);
      expect(refold(on)).toEqual(on.ticket);
    });

    it('go on while we wait for a vendor: that is ours to chase', () => {
      const story = pausedAt(file(), '2026-11-02 11:30', 'waiting_vendor');
      expect(story.ticket.timers).toMatchObject([{ kind: 'timeout', at: shanghai('2026-11-02 14:30') }]);
    });
  });
});

describe('撤回 withdraw', () => {
  it('of an approval until the first act, of a service any time, with a reason', () => {
    const flow = (kind: string) => written(`\n  - { id: a, ${kind}, mode: any }`.replace(', mode: any', kind.includes('approve') ? ', mode: all' : ''), ''); // prettier-ignore
    const values = { title: 'x', kind: '甲' };
    const approval = filed(flow('approve: 审批, approver: { users: [ann, bo] }'), { values });
    expect(then(approval, 'rita', { type: 'withdraw', comment: '' }).ticket).toMatchObject({ outcome: 'withdrawn' });
    const acted = then(approval, 'ann', { type: 'agree' });
    expect(tries(acted, 'rita', { type: 'withdraw' })).toMatchObject({ refused: 'too_late_to_withdraw' });
    const service = filed(flow('handle: 办理, assignee: { user: ann }'), { values });
    const begun = then(service, 'ann', { type: 'accept' });
    expect(tries(begun, 'rita', { type: 'withdraw', comment: '' })).toMatchObject({ refused: 'comment_required' });
    const gone = then(begun, 'rita', { type: 'withdraw', comment: '好了' });
    expect([gone.ticket.status, tasksIn(gone, 'cancelled')]).toEqual(['withdrawn', ['a: ann']]);
  });

  it('what the service does by itself is no first act: a leaver’s task that goes on, one that a timeout moves', () => {
    const flow = (more: string) => filed(written(`\n  - { id: a, approve: 审批, approver: { user: ann }${more} }`, ''), { values: { title: 'x', kind: '甲' } }); // prettier-ignore
    const left = with_(flow(''), { directory: aDirectory({ gone: ['ann'] }) });
    const handed = later(left, { type: 'hand_over', personId: id('ann') });
    expect(tasksIn(handed)).toEqual(['a: ken']);
    expect(acts(handed, 'rita')).toContain('withdraw');
    const moved = ring(flow(', timeout: [ { after: 1h, transfer: { user: bo } } ]'));
    expect(tasksIn(moved)).toEqual(['a: bo']);
    expect(acts(moved, 'rita')).toContain('withdraw');
    expect(acts(then(moved, 'bo', { type: 'agree' }), 'rita')).not.toContain('withdraw');
    // Nor does a sub-ticket count as begun by it.
    expect(later(handed, { type: 'parent_left', policy: 'cancel_unstarted' }).ticket.status).toBe('withdrawn');
  });

  it('is filed again as a new ticket, with a link both ways', () => {
    const again = filed(repair, {}, { ticketId: 7, number: 'T-0007' });
    expect(again.ticket.links).toEqual([{ kind: 'follows', ticketId: 7, number: 'T-0007' }]);
    expect(refold(again)).toEqual(again.ticket);
    const [errand] = errands(again);
    expect(errand).toMatchObject({ kind: 'linked', ticketId: 7, link: { kind: 'followed_by', ticketId: 1 } });
    const old = then(filed(repair), 'rita', { type: 'withdraw' });
    const link = { kind: 'followed_by', ticketId: 9, number: 'T-0009' } as const;
    const linked = later(old, { type: 'linked', link });
    expect(linked.ticket).toMatchObject({ status: 'withdrawn', links: [link] });
    expect(() => later(linked, { type: 'linked', link })).toThrow('not_now');
  });
});

describe('重开 reopen', () => {
  const closed = (template = repair): Story =>
    then(then(accepted(template), 'ann', { type: 'complete' }), 'rita', { type: 'agree' });

  it('back to the last handler, who has accepted it already; the earlier outcome stays in the history', () => {
    const story = then(closed(), 'rita', { type: 'reopen', comment: '又坏了' });
    expect(tasksIn(story)).toEqual(['work: ann']);
    expect(story.ticket).toMatchObject({ status: 'processing', outcome: null, closedAt: null, resolvedAt: null });
    expect(story.events.find(({ type }) => type === 'ticket.reopened')?.data).toMatchObject({ outcome: 'confirmed' });
    expect(told(story)).toEqual(['reopened: ann']);
    expect(refold(story)).toEqual(story.ticket);
    expect(tries(closed(), 'rita', { type: 'reopen', comment: ' ' })).toMatchObject({ refused: 'comment_required' });
  });

  it('anew where the node says so, and by its rule where the handler has left', () => {
    const anew = aTemplate([aHandle('work', users('ann', 'bo'), { onReturn: 'anew' }), solved]);
    const claimed = then(then(filed(anew), 'ann', { type: 'claim' }), 'ann', { type: 'complete' });
    const over = then(claimed, 'rita', { type: 'agree' });
    expect(tasksIn(then(over, 'rita', { type: 'reopen', comment: '?' }))).toEqual(['work: ann|bo']);
    const left = with_(closed(), { directory: aDirectory({ gone: ['ann'] }) });
    expect(tasksIn(then(left, 'rita', { type: 'reopen', comment: '?' }))).toEqual(['work: adam']);
  });

  it('within 7 days by the requester or the flow admin, afterwards refused with the offer of a new one', () => {
    const over = closed();
    const last = (over.ticket.closedAt ?? 0) + 7 * 86_400_000;
    expect(acts(over, 'rita', last - 1)).toContain('reopen');
    expect(acts(over, 'adam', last - 1)).toContain('reopen');
    expect(acts(over, 'ann')).not.toContain('reopen');
    expect(acts(over, 'rita', last)).not.toContain('reopen');
    const late = with_(over, { now: last });
    expect(tries(late, 'rita', { type: 'reopen', comment: '?' })).toMatchObject({ refused: 'too_late_to_reopen' });
  });

  it('not of what was withdrawn or refused, nor of an approval unless its template says so', () => {
    const withdrawn = then(filed(repair), 'rita', { type: 'withdraw' });
    expect(tries(withdrawn, 'rita', { type: 'reopen', comment: '?' })).toMatchObject({ refused: 'file_again' });
    const flow = '\n  - { id: a, approve: 审批, approver: { user: ann } }';
    const approved = (more?: string) =>
      then(filed(written(flow, more), { values: { title: 'x', kind: '甲' } }), 'ann', { type: 'agree' });
    expect(tries(approved(), 'rita', { type: 'reopen', comment: '?' })).toMatchObject({ refused: 'file_again' });
    const told = then(approved('acts: { reopen: 3d wall }'), 'rita', { type: 'reopen', comment: '?' });
    expect(tasksIn(told)).toEqual(['a: ann']);
    const never = written('\n  - { id: a, handle: 办理, assignee: { user: ann } }', 'acts: { reopen: never }');
    const done = then(filed(never, { values: { title: 'x', kind: '甲' } }), 'ann', { type: 'complete' });
    expect(done.ticket.reopenUntil).toBeNull();
  });

  it('into a branch opens that branch alone', () => {
    const both = written(`
  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: one, handle: 一, assignee: { user: ann } } ] }
      - { name: b, flow: [ { id: two, handle: 二, assignee: { user: bo } } ] }`);
    let story = filed(both, { values: { title: 'x', kind: '甲' } });
    story = then(then(story, 'ann', { type: 'complete' }), 'bo', { type: 'complete' });
    expect(story.ticket.status).toBe('closed');
    story = then(story, 'rita', { type: 'reopen', comment: '?' });
    expect(tasksIn(story)).toEqual(['two: bo']);
    expect(story.ticket.regions).toMatchObject([{ node: 'both', total: 1 }]);
    story = then(story, 'bo', { type: 'complete' });
    expect(story.ticket).toMatchObject({ status: 'closed', regions: [], tokens: [] });
    expect(refold(story)).toEqual(story.ticket);
  });
});

describe('merge, link as duplicate', () => {
  const other = { ticketId: 2, number: 'T-0002' };

  it('ends this ticket with a link, and the other hears of it by a command of its own', () => {
    const story = then(accepted(), 'ann', { type: 'merge', other, comment: '同一台' });
    expect(story.ticket).toMatchObject({
      status: 'closed',
      outcome: 'merged',
      links: [{ kind: 'merged_into', ...other }],
      reopenUntil: null,
    });
    expect(errands(story)).toMatchObject([
      { kind: 'linked', ticketId: 2, link: { kind: 'merged_from', ticketId: 1, readerId: id('rita') } },
    ]);
    expect(refold(story)).toEqual(story.ticket);
    const duplicate = then(accepted(), 'ann', { type: 'duplicate', other });
    expect(duplicate.ticket).toMatchObject({ outcome: 'duplicate', links: [{ kind: 'duplicate_of' }] });
    expect(tries(story, 'rita', { type: 'reopen', comment: '?' })).toMatchObject({
      refused: 'merged_elsewhere',
      facts: { other: 'T-0002' },
    });
  });

  it('the other one: its people and both requesters are told, and the requester may read and speak there', () => {
    const link = { kind: 'merged_from', ticketId: 2, number: 'T-0002', readerId: id('dee') } as const;
    const story = later(accepted(), { type: 'linked', link });
    expect(told(story)).toEqual(['linked: rita|ann', 'follow_here: dee']);
    expect(acts(story, 'dee')).toEqual(['comment', 'cc']);
    expect(refold(story)).toEqual(story.ticket);
  });

  it('by the handler, a dispatcher or the flow admin; not into itself', () => {
    const directory = aDirectory({ roles: { 派单员: ['dee'] } });
    const story = with_(accepted(), { directory });
    for (const name of ['ann', 'dee', 'adam'] as const) expect(acts(story, name)).toContain('merge');
    for (const name of ['rita', 'bo'] as const) expect(acts(story, name)).not.toContain('merge');
    const itself = { type: 'merge', other: { ticketId: 1, number: 'T-0001' } } as const;
    expect(tries(story, 'ann', itself)).toMatchObject({ refused: 'bad_input', fields: [{ field: 'other' }] });
  });
});

describe('split child', () => {
  it('files a ticket for part of the work, which the flow does not wait for', () => {
    const story = then(accepted(), 'ann', { type: 'split', comment: '换硬盘', template: 'purchase' });
    expect(errands(story)).toMatchObject([
      { kind: 'file_child', template: 'purchase', requesterId: id('ann'), values: { title: '换硬盘' } },
    ]);
    expect(story.ticket.children).toMatchObject([{ node: 'work', blocking: false, outcome: null }]);
    const [child] = story.ticket.children;
    const key = child?.key ?? '';
    let on = later(story, { type: 'child_filed', key, ticketId: 5, number: 'P-0005' });
    expect(then(on, 'ann', { type: 'complete' }).ticket.status).toBe('confirming');
    on = later(on, { type: 'child_over', key, status: 'closed', outcome: 'done', values: { form: { title: 'y' } } });
    expect(told(on)).toEqual(['child_over: ann']);
    expect([on.ticket.children[0]?.outcome, on.ticket.values]).toEqual(['done', story.ticket.values]);
    expect(refold(on)).toEqual(on.ticket);
  });

  it('of the same template unless said, with what is known; in one’s own name or the requester’s', () => {
    const own = errands(then(accepted(), 'ann', { type: 'split', comment: '另一台', person: id('rita') }));
    expect(own).toMatchObject([{ template: 'test', requesterId: id('rita'), values: { title: '另一台' } }]);
    expect(tries(accepted(), 'ann', { type: 'split', comment: 'x', person: id('bo') })).toMatchObject({
      refused: 'bad_input',
    });
    expect(tries(accepted(), 'ann', { type: 'split', comment: ' ' })).toMatchObject({ refused: 'comment_required' });
  });

  it('which can’t be filed is told to whoever asked for it', () => {
    const story = then(accepted(), 'ann', { type: 'split', comment: '换硬盘' });
    const failed = later(story, { type: 'child_failed', key: story.ticket.children[0]?.key ?? '', reason: '缺字段' });
    expect([told(failed), failed.ticket.children]).toEqual([['alarm: ann'], []]);
  });
});

const sorted = aTemplate(
  [
    aHandle('work', {
      kind: 'first',
      cases: [
        { when: (scope) => (scope as { form: { kind: string } }).form.kind === '网络', of: users('bo') },
        { when: null, of: users('ann') },
      ],
    }),
    solved,
  ],
  {
    form: [
      aField('title', 'text', { means: 'title' }),
      aField('kind', 'radio', { means: 'category', options: options('硬件', '网络') }),
      aField('soon', 'radio', { means: 'urgency', options: options('一般', '紧急') }),
    ],
  },
);
const sortable = (): Story =>
  then(filed(sorted, { values: { title: 'x', kind: '硬件', soon: '一般' } }), 'ann', { type: 'accept' });

describe('change category', () => {
  it('without dispatching again, the work stays where it is', () => {
    const story = then(sortable(), 'ann', { type: 'recategorize', category: '网络' });
    expect([story.ticket.category, story.ticket.values['form']?.['kind']]).toEqual(['网络', '网络']);
    expect([tasksIn(story), story.ticket.status, told(story)]).toEqual([['work: ann'], 'processing', ['recategorized: rita']]); // prettier-ignore
    expect(refold(story)).toEqual(story.ticket);
  });

  it('re-routes when asked: the present task is given up, and its node dispatches afresh', () => {
    const story = then(sortable(), 'ann', { type: 'recategorize', category: '网络', again: true });
    expect([tasksIn(story), tasksIn(story, 'cancelled'), story.ticket.status]).toEqual([['work: bo'], ['work: ann'], 'pending']); // prettier-ignore
    expect(story.ticket.tokens).toMatchObject([{ node: 'work', visit: 2 }]);
    expect(refold(story)).toEqual(story.ticket);
  });

  it('where ways part by the category it goes the other way, from the outermost branch that leads elsewhere', () => {
    const kind = 'form: [ { id: title, type: text, label: 标题 }, { id: category, type: radio, label: 分类, options: [软, 硬, 网] } ]'; // prettier-ignore
    const text = `template: t
name: t
${kind}
flow:
  - id: way
    branch: 分派
    cases:
      - name: it
        when: form.category != "网"
        flow:
          - id: inner
            branch: 细分
            cases:
              - { name: soft, when: form.category == "软", flow: [ { id: soft, handle: 软件, assignee: { user: ann } } ] }
              - { name: hard, flow: [ { id: hard, handle: 硬件, assignee: { user: bo } } ] }
      - { name: net, flow: [ { id: net, handle: 网络, assignee: { user: cy } } ] }
  - { id: ok, confirm: 确认 }
`;
    const { template } = checkTemplate(text, null, 1);
    if (!template) throw new Error('faulty');
    const soft = then(filed(template, { values: { title: 'x', category: '软' } }), 'ann', { type: 'accept' });
    const to = (story: Story, name: 'ann' | 'bo' | 'cy', category: string) =>
      then(story, name, { type: 'recategorize', category, again: true });
    const hard = to(soft, 'ann', '硬');
    expect([tasksIn(hard), hard.ticket.status]).toEqual([['hard: bo'], 'pending']);
    const net = to(then(hard, 'bo', { type: 'accept' }), 'bo', '网');
    expect(tasksIn(net)).toEqual(['net: cy']);
    expect(refold(net)).toEqual(net.ticket);
    expect(tasksIn(then(net, 'cy', { type: 'complete' }))).toEqual(['ok: rita']);
    // Without dispatching anew it stays where it is.
    expect(tasksIn(then(soft, 'ann', { type: 'recategorize', category: '网' }))).toEqual(['soft: ann']);
  });

  it('by handler, dispatcher, flow admin; only to what the form offers', () => {
    expect(tries(sortable(), 'rita', { type: 'recategorize', category: '网络' })).toMatchObject({ refused: 'not_allowed' }); // prettier-ignore
    expect(tries(sortable(), 'ann', { type: 'recategorize', category: '咖啡' })).toMatchObject({
      refused: 'bad_input',
      fields: [{ field: 'category' }],
    });
    expect(acts(accepted(), 'ann')).not.toContain('recategorize');
  });
});

describe('change urgency', () => {
  it('changes the ticket’s, and keeps the requester’s own value, also when they edit later', () => {
    let story = then(sortable(), 'ann', { type: 'reprioritize', urgency: '紧急', comment: '影响多人' });
    expect([story.ticket.urgency, story.ticket.values['form']?.['soon']]).toEqual(['紧急', '一般']);
    expect(told(story)).toEqual(['reprioritized: rita']);
    story = then(story, 'ann', { type: 'return', to: 'filing', comment: '补充' });
    story = then(story, 'rita', { type: 'submit', values: { title: 'y', kind: '硬件', soon: '一般' } });
    expect(story.ticket.urgency).toBe('紧急');
    expect(refold(story)).toEqual(story.ticket);
  });

  it('only by dispatcher, handler or flow admin after filing', () => {
    expect(acts(sortable(), 'rita')).not.toContain('reprioritize');
    expect(acts(sortable(), 'adam')).toContain('reprioritize');
    expect(tries(sortable(), 'ann', { type: 'reprioritize', urgency: '!!' })).toMatchObject({ refused: 'bad_input' });
  });
});
