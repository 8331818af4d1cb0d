/** Steps at which nobody acts: waits, calls, sub-flows; and tasks that nobody acts on in time. */
import { describe, expect, it } from '@jest/globals';
import { noticeText } from '../../../src/card/noticeText.ts';
import type { CallOutcome, Effect } from '../../../src/flow/command.ts';
import type { Locale } from '../../../src/lib/locale.ts';
import { filed, frozenStep, id, nameById, refold, type Story, tasksIn, then, types } from '../../support/flow.ts';
import { later, ring, written } from '../../support/written.ts';

const values = { title: 'x', kind: '甲' };
const file = (flow: string, more: object = {}): Story => filed(written(flow), { values: { ...values, ...more } });
const LAST = '\n  - { id: last, handle: 收尾, assignee: { user: ken } }';
const told = (story: Story, kind: string) =>
  story.effects.flatMap((effect: Effect) => (effect.type === 'tell' && effect.notice.kind === kind ? effect.to : []));

describe('wait', () => {
  it('waits a while, and a timer stands for it', () => {
    const story = file(`\n  - { id: rest, wait: 等, for: 4h }${LAST}`);
    // Monday 09:00 + 4 working hours, lunch left out.
    expect(story.ticket.timers).toMatchObject([{ kind: 'wait', at: Date.parse('2026-11-02T14:30:00+08:00') }]);
    expect(story.ticket.status).toBe('pending');
    const on = ring(story);
    expect(tasksIn(on)).toEqual(['last: ken']);
    expect(on.ticket.timers).toEqual([]);
    expect(refold(on)).toEqual(on.ticket);
  });

  it('waits until a day, and not for one that is past or not filled in', () => {
    const flow = `\n  - { id: day, wait: 等到, until: form.day }${LAST}`;
    expect(file(flow, { day: '2026-12-01' }).ticket.timers[0]?.at).toBe(Date.parse('2026-12-01T00:00:00+08:00'));
    expect(tasksIn(file(flow, { day: '2026-01-01' }))).toEqual(['last: ken']);
    const unset = file(flow);
    expect(tasksIn(unset)).toEqual(['last: ken']);
    expect(unset.events.some((event) => event.type === 'node.skipped' && event.data.because === 'unset')).toBe(true);
  });

  it('waits for a condition: looked at after each act, and again every hour', () => {
    const flow = `
  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: until, wait: 等, when_true: is_set(work) && work.risky }, { id: on, handle: 后续, assignee: { user: bo } } ] }
      - name: b
        flow:
          - id: work
            handle: 办理
            assignee: { user: ann }
            form: [ { id: risky, type: switch, label: 有风险 } ]${LAST}`;
    let story = file(flow);
    story = ring(story);
    expect(story.ticket.timers).toHaveLength(1);
    story = then(story, 'ann', { type: 'complete', values: { risky: true } });
    expect(tasksIn(story)).toEqual(['on: bo']);
  });

  describe('in vain', () => {
    const flow = `
  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: until, wait: 等, when_true: form.urgent } ] }
      - name: b
        flow:
          - { id: work, handle: 办理, assignee: { user: ann }, fields: { urgent: editable }, acts: { transfer: anyone } }
          - { id: more, handle: 再办, assignee: { user: bo }, fields: { urgent: editable } }${LAST}`;
    const done = (story: Story, by: 'ann' | 'bo', urgent = false) =>
      then(story, by, { type: 'complete', values: { 'form.urgent': urgent } });

    it('is told to the flow admin once nobody can make it true any more, who goes on without it', () => {
      let story = done(file(flow), 'ann');
      expect(told(story, 'alarm')).toEqual([]);
      story = done(story, 'bo');
      expect(tasksIn(story)).toEqual(['until: adam']);
      expect(told(story, 'alarm')).toEqual([id('adam')]);
      expect(tasksIn(ring(story))).toEqual(['until: adam']);
      expect(tasksIn(then(story, 'adam', { type: 'retry' }))).toEqual(['until: adam']);
      story = then(story, 'adam', { type: 'skip' });
      expect(tasksIn(story)).toEqual(['last: ken']);
      expect(refold(story)).toEqual(story.ticket);
    });

    it('is not what waits for the time, or for people', () => {
      const other = (when: string) => done(done(file(flow.replace('form.urgent }', `${when} }`)), 'ann'), 'bo');
      expect(tasksIn(other('now > ticket.filed_at || form.urgent'))).toEqual(['last: ken']);
      expect(tasksIn(other('\'form.urgent || has_role(requester, "甲组")\''))).toEqual([]);
    });
  });

  it('fires once: a late or doubled timer changes nothing', () => {
    const story = file(`\n  - { id: rest, wait: 等, for: 4h }${LAST}`);
    const [timer] = story.ticket.timers;
    const fire = { type: 'fire', by: null, key: timer?.key ?? '', at: timer?.at ?? 0 } as const;
    const after = ring(story);
    expect(frozenStep(after.template, after.ticket, fire, after.env)).toMatchObject({ refused: 'not_now' });
    expect(frozenStep(story.template, story.ticket, { ...fire, at: fire.at - 1 }, story.env)).toMatchObject({
      refused: 'not_now',
    });
  });
});

describe('call', () => {
  const flow = (more = '') =>
    `\n  - { id: rate, call: 查汇率, url: "https://erp.example.com/rate", send: { 标题: "{form.title}", sum: =form.total }, take: { value: data.rate }${more} }
  - { id: last, handle: 收尾, assignee: { user: ken }, when: rate.value > 2 }
  - { id: other, handle: 其他, assignee: { user: bo } }`;
  const answer = (story: Story, outcome: CallOutcome): Story =>
    later(story, { type: 'answered', key: story.ticket.calls[0]?.key ?? '', outcome });
  const good: CallOutcome = { ok: true, status: 200, body: { data: { rate: 7.1 } } };
  const bad: CallOutcome = { ok: false, reason: '503' };
  const useless: CallOutcome = { ok: true, status: 200, body: 'ok' };

  it('sends what it is told to, and the flow goes on with what it takes', () => {
    const story = file(flow(), { total: 12 });
    const sent = story.effects.find(({ type }) => type === 'call');
    expect(sent).toMatchObject({ url: 'https://erp.example.com/rate', retries: null });
    expect(sent?.type === 'call' && JSON.parse(sent.body)).toMatchObject({ values: { 标题: 'x', sum: 12 } });
    const on = answer(story, good);
    expect(tasksIn(on)).toEqual(['last: ken']);
    expect(on.ticket.values['rate']).toEqual({ value: 7.1 });
    expect(refold(on)).toEqual(on.ticket);
  });

  it.each([
    { title: 'A/B ?x=1&y', path: 'A%2FB%20%3Fx%3D1%26y' },
    // Dots alone would lead to another path.
    { title: '..', path: '' },
  ])('puts $title into its address as one part of it', ({ title, path }) => {
    const at = 'https://erp.example.com/of/{form.title}/rate';
    const story = file(flow().replace('https://erp.example.com/rate', at), { title });
    expect(story.effects).toContainEqual(
      expect.objectContaining({ type: 'call', url: `https://erp.example.com/of/${path}/rate` }),
    );
  });

  it.each([
    { because: 'it failed', outcome: bad },
    { because: 'the answer lacks what is taken', outcome: useless },
  ])('is the flow admin’s to decide when $because: again, or without it', ({ outcome }) => {
    const story = answer(file(flow()), outcome);
    expect(tasksIn(story)).toEqual(['rate: adam']);
    expect(told(story, 'call_failed')).toEqual([id('adam')]);
    const again = then(story, 'adam', { type: 'retry' });
    expect(again.ticket.calls).toHaveLength(1);
    expect(again.effects.some(({ type }) => type === 'call')).toBe(true);
    expect(tasksIn(answer(again, good))).toEqual(['last: ken']);
    expect(tasksIn(then(story, 'adam', { type: 'skip' }))).toEqual(['other: bo']);
  });

  it.each([
    { more: ', on_error: continue', open: ['other: bo'], status: 'pending' },
    { more: ', on_error: refuse', open: [], status: 'refused' },
    { more: ', on_error: { to: filing }', open: ['filing: rita'], status: 'returned' },
  ])('$more → $status', ({ more, open, status }) => {
    const story = answer(file(flow(more)), bad);
    expect(tasksIn(story)).toEqual(open);
    expect(story.ticket.status).toBe(status);
  });
});

describe('subflow', () => {
  const flow = (more = '') => `
  - { id: account, subflow: 开账号, template: it-account, give: { title: "为 {form.title} 开通", owner: =form.mentor }, take: { login: =child.form.login }${more} }
  - { id: last, handle: 收尾, assignee: { user: ken } }`;
  const asked = (story: Story) => story.effects.flatMap((effect) => (effect.type === 'errand' ? [effect.errand] : []));
  const key = (story: Story) => story.ticket.children[0]?.key ?? '';
  const over = (story: Story, status: 'closed' | 'refused' = 'closed'): Story =>
    later(story, {
      type: 'child_over',
      key: key(story),
      status,
      outcome: status === 'closed' ? 'done' : 'refused',
      values: { form: { login: 'zhang' } },
    });

  it('asks for a ticket, waits for its end, and takes from it', () => {
    let story = file(flow(), { mentor: id('bo') });
    expect(asked(story)).toMatchObject([
      {
        kind: 'file_child',
        template: 'it-account',
        requesterId: id('rita'),
        values: { title: '为 x 开通', owner: id('bo') },
      },
    ]);
    story = later(story, { type: 'child_filed', key: key(story), ticketId: 77, number: 'A-1' });
    expect(story.ticket.children).toMatchObject([{ ticketId: 77, number: 'A-1', blocking: true }]);
    story = over(story);
    expect(tasksIn(story)).toEqual(['last: ken']);
    expect(story.ticket.values['account']).toEqual({ login: 'zhang' });
    expect(refold(story)).toEqual(story.ticket);
  });

  it('goes on at once when it does not block', () => {
    let story = file(flow(', blocking: false'));
    expect(tasksIn(story)).toEqual(['last: ken']);
    story = over(story);
    expect(story.ticket.children[0]?.outcome).toBe('done');
  });

  it('is refused with the ticket it asked for, or goes where it says', () => {
    expect(over(file(flow()), 'refused').ticket.status).toBe('refused');
    expect(tasksIn(over(file(flow(', on_refuse: { to: filing }')), 'refused'))).toEqual(['filing: rita']);
  });

  it.each(['merged', 'duplicate', 'no_reply', 'forced'] as const)(
    'that was closed without being done (%s) is the flow admin’s to decide, too',
    (outcome) => {
      let story = file(flow());
      story = later(story, { type: 'child_filed', key: key(story), ticketId: 77, number: 'A-1' });
      const values = { form: { login: 'half' } };
      story = later(story, { type: 'child_over', key: key(story), status: 'closed', outcome, values });
      expect([tasksIn(story), told(story, 'child_undone')]).toEqual([['account: adam'], [id('adam')]]);
      expect([story.ticket.children[0]?.outcome, story.ticket.values['account']]).toEqual([outcome, undefined]);
      expect(refold(story)).toEqual(story.ticket);
      expect(asked(then(story, 'adam', { type: 'retry' }))).toMatchObject([{ kind: 'file_child' }]);
      expect(tasksIn(then(story, 'adam', { type: 'skip' }))).toEqual(['last: ken']);
    },
  );

  it('that cannot be filed is the flow admin’s to decide', () => {
    const failed = file(flow());
    const story = later(failed, { type: 'child_failed', key: key(failed), reason: '缺少必填项' });
    expect(tasksIn(story)).toEqual(['account: adam']);
    expect(asked(then(story, 'adam', { type: 'retry' }))).toHaveLength(1);
  });

  it.each([
    { more: '', policy: ['cancel_unstarted'] },
    { more: ', on_parent_return: cancel', policy: ['cancel'] },
    { more: ', on_parent_return: keep', policy: [] },
  ])('7: a return over it leaves the child ($more)', ({ more, policy }) => {
    const text = `
  - { id: first, handle: 先, assignee: { user: ann } }
  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: account, subflow: 开账号, template: it-account${more} } ] }
      - { name: b, flow: [ { id: check, approve: 审, approver: { user: bo } } ] }`;
    let story = then(file(text), 'ann', { type: 'complete' });
    story = later(story, { type: 'child_filed', key: key(story), ticketId: 77, number: 'A-1' });
    story = then(story, 'bo', { type: 'return', to: 'first' });
    expect(asked(story)).toEqual(
      policy.map((one) => expect.objectContaining({ kind: 'parent_left', childId: 77, policy: one })),
    );
    // Its end comes too late to matter, and does no harm.
    expect(tasksIn(over(story))).toEqual(['first: ann']);
  });

  const CHECKED = `
  - { id: first, approve: 审, approver: { user: ann } }
  - { id: account, subflow: 开账号, template: it-account, blocking: false }
  - { id: check, approve: 再审, approver: { user: bo }, after_return: ask }`;

  it('7: also over one that it does not wait for, unless it comes straight back', () => {
    let story = then(file(CHECKED), 'ann', { type: 'agree' });
    story = later(story, { type: 'child_filed', key: key(story), ticketId: 77, number: 'A-1' });
    const back = then(story, 'bo', { type: 'return', to: 'first' });
    expect(asked(back)).toMatchObject([{ kind: 'parent_left', childId: 77, policy: 'cancel_unstarted' }]);
    expect(refold(back)).toEqual(back.ticket);
    // Once: when it is gone over again, another one has been asked for.
    const again = then(then(back, 'ann', { type: 'agree' }), 'bo', { type: 'return', to: 'filing' });
    expect(asked(again)).toEqual([]);
    expect(asked(then(story, 'bo', { type: 'return', to: 'first', then: 'resume' }))).toEqual([]);
    expect(asked(then(story, 'adam', { type: 'jump', to: 'first', comment: 'x' }))).toHaveLength(1);
  });

  it('7: but not the other branches’ when only one goes back', () => {
    const lane = (n: number, who: string) =>
      `{ name: l${n}, flow: [ { id: h${n}, approve: 审, approver: { user: ${who} } }, { id: s${n}, subflow: 子, template: it-account, blocking: false }, { id: c${n}, approve: 再审, approver: { user: ${who} }, dedupe: none } ] }`;
    const flow = (join: string) =>
      `\n  - id: both\n    parallel: 并行\n    join: ${join}\n    branches:\n      - ${lane(1, 'ann')}\n      - ${lane(2, 'bo')}${LAST}`;
    const begun = (join: string): Story => {
      const story = then(then(file(flow(join)), 'ann', { type: 'agree' }), 'bo', { type: 'agree' });
      const filed = (one: Story, { key: child }: { key: string }, i: number): Story =>
        later(one, { type: 'child_filed', key: child, ticketId: 77 + i, number: `A-${i}` });
      return story.ticket.children.reduce(filed, story);
    };
    expect(asked(then(begun('all'), 'bo', { type: 'return', to: 'h2' }))).toMatchObject([{ childId: 78 }]);
    // The branch that comes too late is given up with what it asked for.
    expect(asked(then(begun('any'), 'ann', { type: 'agree' }))).toMatchObject([{ kind: 'parent_left', childId: 78 }]);
  });

  it('one that is still being filed when its parent goes back or ends is cancelled as soon as it is there', () => {
    const waits = then(file(CHECKED), 'ann', { type: 'agree' });
    const gone = then(waits, 'rita', { type: 'withdraw' });
    expect(asked(gone)).toEqual([]);
    const filed = later(gone, { type: 'child_filed', key: key(gone), ticketId: 77, number: 'A-1' });
    expect(asked(filed)).toMatchObject([{ kind: 'parent_left', childId: 77, policy: 'cancel_unstarted' }]);
    expect([filed.ticket.status, filed.ticket.children[0]?.number]).toEqual(['withdrawn', 'A-1']);
    expect(refold(filed)).toEqual(filed.ticket);
    const back = then(waits, 'bo', { type: 'return', to: 'filing' });
    expect(asked(later(back, { type: 'child_filed', key: key(back), ticketId: 77, number: 'A-1' }))).toHaveLength(1);
    // What ended in good order keeps it, and knows its number.
    const ended = then(waits, 'bo', { type: 'agree' });
    const late = later(ended, { type: 'child_filed', key: key(ended), ticketId: 77, number: 'A-1' });
    expect([asked(late), late.ticket.children[0]?.number]).toEqual([[], 'A-1']);
  });

  it('what another branch waits for is left when one ends the ticket', () => {
    const flow = `
  - id: both
    parallel: 并行
    join: any
    branches:
      - { name: a, flow: [ { id: account, subflow: 开账号, template: it-account } ] }
      - name: b
        flow:
          - { id: check, approve: 审, approver: { user: bo } }
          - { id: stop, end: 停, outcome: refused, when: form.kind == "甲" }`;
    let story = file(flow);
    story = later(story, { type: 'child_filed', key: key(story), ticketId: 77, number: 'A-1' });
    const ended = then(story, 'bo', { type: 'agree' });
    expect([ended.ticket.status, asked(ended)]).toMatchObject(['refused', [{ kind: 'parent_left', childId: 77 }]]);
  });

  it('withdraws the child that nobody has begun, when its parent left', () => {
    const child = file(LAST);
    expect(later(child, { type: 'parent_left', policy: 'cancel_unstarted' }).ticket.status).toBe('withdrawn');
    const begun = later(then(child, 'ken', { type: 'accept' }), { type: 'parent_left', policy: 'cancel_unstarted' });
    expect(begun.ticket.status).toBe('processing');
    expect(told(begun, 'alarm')).toEqual([id('ken')]);
    expect(later(then(child, 'ken', { type: 'accept' }), { type: 'parent_left', policy: 'cancel' }).ticket.status).toBe(
      'withdrawn',
    );
  });
});

describe('超时处理 timeout', () => {
  const ladder = (steps: string, kind = 'handle: 办理, assignee: { user: ann }') =>
    file(
      `\n  - { id: first, handle: 先, assignee: { user: cy } }\n  - { id: work, ${kind}, timeout: [ ${steps} ] }${LAST}`,
    );
  const at = (steps: string, kind?: string) => then(ladder(steps, kind), 'cy', { type: 'complete' });
  const APPROVE = 'approve: 审批, approver: { users: [ann, bo] }, mode: all';

  it('climbs rung by rung, each counted from the opening: remind, then the supervisor, then away', () => {
    let story = at(
      '{ after: 2h, remind: assignee }, { after: 4h, escalate: { manager: assignee } }, { after: 1 workday, transfer: { user: bo } }',
    );
    const due = (local: string) => Date.parse(`2026-11-${local}:00+08:00`);
    expect(story.ticket.timers.map((timer) => timer.at)).toEqual([due('02T11:01')]);
    story = ring(story);
    expect(told(story, 'reminder')).toEqual([id('ann')]);
    expect(story.ticket.timers.map((timer) => timer.at)).toEqual([due('02T14:31')]);
    story = ring(story);
    expect(told(story, 'escalation')).toEqual([id('ken')]);
    expect(story.ticket.timers.map((timer) => timer.at)).toEqual([due('03T09:01')]);
    story = ring(story);
    expect(tasksIn(story)).toEqual(['work: bo']);
    expect(story.ticket.timers).toEqual([]);
    expect(refold(story)).toEqual(story.ticket);
  });

  it.each([
    { step: 'approve: true', kind: APPROVE.replace('all', 'any'), open: ['last: ken'], status: 'pending' },
    { step: 'refuse: true', kind: APPROVE, open: [], status: 'refused' },
    { step: 'return: first', kind: APPROVE, open: ['first: cy'], status: 'processing' },
    { step: 'close: auto_closed', kind: 'confirm: 确认', open: [], status: 'closed' },
  ])('$step → $status', ({ step, kind, open, status }) => {
    const story = ring(at(`{ after: 2h, ${step} }`, kind));
    expect(tasksIn(story)).toEqual(open);
    expect(story.ticket.status).toBe(status);
    expect(story.ticket.timers).toEqual([]);
  });

  it.each([
    { what: 'an approval', kind: APPROVE },
    { what: 'a confirmation', kind: 'confirm: 确认, on_refuse: end' },
  ])('a refusal of $what by itself leaves a code: its words are the reader’s', ({ kind }) => {
    const story = ring(at('{ after: 2h, refuse: true }', kind));
    const [closed] = story.events.filter(({ type }) => type === 'ticket.closed');
    expect(closed).toMatchObject({ data: { outcome: 'refused', because: 'timed_out' }, personal: null, actorId: null });
    const notices = story.effects.flatMap((one) => (one.type === 'tell' ? [one.notice] : []));
    expect(notices).toEqual([{ kind: 'ended', by: null, outcome: 'refused', because: 'timed_out', text: '' }]);
    const words = (locale: Locale) =>
      notices.map((notice) => noticeText(notice, { ticket: story.ticket, names: nameById }, locale));
    expect([...words('zh-CN'), ...words('en')]).toEqual([
      expect.stringMatching(/已结束：未通过，理由：\n没有人在期限内办理$/),
      expect.stringMatching(/is over: Refused, because:\nNobody decided in time$/),
    ]);
  });

  it('auto_closed is never counted as confirmed', () => {
    const story = ring(at('{ after: 3 workdays, close: auto_closed }', 'confirm: 确认'));
    expect(story.ticket.outcome).toBe('auto_closed');
    expect(told(story, 'ended')).toEqual([id('rita')]);
  });

  it('auto-close, unless a ladder is written: reminded after 1 working day, closed after 3', () => {
    const solved = (flow: string) => then(file(flow), 'ann', { type: 'complete' });
    const WORK = '\n  - { id: work, handle: 办理, assignee: { user: ann } }';
    const waits = solved(`${WORK}\n  - { id: ok, confirm: 确认 }`);
    const due = (story: Story) => story.ticket.timers.map((timer) => new Date(timer.at + 8 * 3_600_000).toISOString());
    expect(due(waits)).toEqual(['2026-11-03T09:01:00.000Z']);
    const reminded = ring(waits);
    expect([told(reminded, 'reminder'), due(reminded)]).toEqual([[id('rita')], ['2026-11-05T09:01:00.000Z']]);
    expect(ring(reminded).ticket).toMatchObject({ status: 'closed', outcome: 'auto_closed' });
    // What still follows is not cut off; what is written holds; another's confirmation has no default.
    const more = ring(solved(`${WORK}\n  - { id: ok, confirm: 确认 }${LAST}`));
    expect([told(more, 'reminder'), due(more)]).toEqual([[id('rita')], []]);
    expect(due(solved(`${WORK}\n  - { id: ok, confirm: 确认, timeout: [ { after: 2h, remind: assignee } ] }`))).toEqual(
      ['2026-11-02T11:01:00.000Z'],
    );
    expect(due(solved(`${WORK}\n  - { id: ok, confirm: 确认, by: { user: bo } }`))).toEqual([]);
  });

  it('a transfer to somebody who has a part here already moves nothing: the flow admin is told', () => {
    const story = ring(at('{ after: 2h, transfer: { user: bo } }, { after: 4h, remind: assignee }', APPROVE));
    expect([tasksIn(story), told(story, 'escalation')]).toEqual([['work: ann', 'work: bo'], [id('adam')]]);
    expect(story.events.find(({ type }) => type === 'timer.fired')?.data).toMatchObject({ did: 'nothing', to: [] });
    expect(told(ring(story, 'task 3'), 'reminder')).toEqual([id('ann')]);
  });

  it('of an act that came in time nothing is left', () => {
    const story = then(at('{ after: 2h, remind: assignee }'), 'ann', { type: 'complete' });
    expect(story.ticket.timers).toEqual([]);
    expect(types(story.events)).not.toContain('timer.fired');
  });

  it.each(['all', 'sequence'])('approve: true agrees for each in turn, and the others keep their say (%s)', (mode) => {
    let story = ring(at('{ after: 2h, approve: true }', APPROVE.replace('all', mode)));
    expect([tasksIn(story), tasksIn(story, 'done:agree')]).toEqual([['work: bo'], ['work: ann']]);
    story = ring(story);
    expect(tasksIn(story)).toEqual(['last: ken']);
  });

  it('in a sequence each has their own time', () => {
    let story = at('{ after: 2h, remind: assignee }', 'approve: 审批, approver: { users: [ann, bo] }, mode: sequence');
    expect(story.ticket.timers).toHaveLength(1);
    story = then(story, 'ann', { type: 'agree' });
    expect(story.ticket.timers).toHaveLength(1);
    expect(told(ring(story), 'reminder')).toEqual([id('bo')]);
  });
});

describe('a share of the approvers', () => {
  const story = (mode: string) =>
    file(`\n  - { id: vote, approve: 表决, approver: { users: [ann, bo, cy, dee, eve] }, mode: ${mode} }${LAST}`);
  it.each([
    { mode: '60%', agree: 3, refuse: 3 },
    { mode: 'min 2', agree: 2, refuse: 4 },
    { mode: '23%', agree: 2, refuse: 4 },
    { mode: '100%', agree: 5, refuse: 1 },
  ])('$mode of five: through with $agree, refused with $refuse, and no sooner', ({ mode, agree, refuse }) => {
    const people = ['ann', 'bo', 'cy', 'dee', 'eve'] as const;
    const after = (act: 'agree' | 'refuse', times: number) =>
      people.slice(0, times).reduce((now, name) => then(now, name, { type: act }), story(mode));
    expect(tasksIn(after('agree', agree - 1))).toHaveLength(5 - agree + 1);
    expect(tasksIn(after('agree', agree))).toEqual(['last: ken']);
    expect(after('refuse', refuse - 1).ticket.status).toBe('approving');
    expect(after('refuse', refuse).ticket.status).toBe('refused');
  });
});
