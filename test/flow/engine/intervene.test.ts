/** Admin intervention, leavers, and how a ticket stands: rows of `approval-semantics.md`, each by its name. */
import { describe, expect, it } from '@jest/globals';
import {
  aDirectory,
  aHandle,
  anApproval,
  aTemplate,
  filed,
  id,
  type Name,
  refold,
  type Story,
  taskOf,
  tasksIn,
  then,
  tries,
  types,
  users,
} from '../../support/flow.ts';
import { accepted, acts, repair, solved, told, with_ } from '../../support/life.ts';
import { later, ring, written } from '../../support/written.ts';

describe('Admin intervention', () => {
  const long = aTemplate([aHandle('work', users('ann')), anApproval('check', users('bo')), solved]);
  const marks = (story: Story) => story.events.filter(({ type }) => type === 'admin.intervened');

  it('jump: everything under way is given up, and it goes on at the step', () => {
    const story = then(filed(long), 'adam', { type: 'jump', to: 'check', comment: '已线下处理' });
    expect([tasksIn(story), tasksIn(story, 'cancelled')]).toEqual([['check: bo'], ['work: ann']]);
    expect(story.ticket.tokens).toHaveLength(1);
    expect(marks(story)).toHaveLength(1);
    expect(refold(story)).toEqual(story.ticket);
    const back = then(story, 'adam', { type: 'jump', to: 'filing', comment: '重来' });
    expect([tasksIn(back), back.ticket.status]).toEqual([['filing: rita'], 'returned']);
    expect(tries(story, 'adam', { type: 'jump', to: 'nowhere', comment: 'x' })).toMatchObject({
      refused: 'bad_return_target',
    });
  });

  it('jump out of branches closes their regions, into one opens it alone', () => {
    const both = written(`
  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: one, handle: 一, assignee: { user: ann } } ] }
      - { name: b, flow: [ { id: two, handle: 二, assignee: { user: bo } } ] }
  - { id: last, handle: 收尾, assignee: { user: cy } }`);
    const story = filed(both, { values: { title: 'x', kind: '甲' } });
    const out = then(story, 'adam', { type: 'jump', to: 'last', comment: 'x' });
    expect([tasksIn(out), out.ticket.regions, out.ticket.tokens.length]).toEqual([['last: cy'], [], 1]);
    let into = then(out, 'adam', { type: 'jump', to: 'two', comment: 'x' });
    expect([tasksIn(into), into.ticket.regions.length]).toEqual([['two: bo'], 1]);
    into = then(into, 'bo', { type: 'complete' });
    expect([tasksIn(into), into.ticket.regions]).toEqual([['last: cy'], []]);
    expect(refold(into)).toEqual(into.ticket);
  });

  it('force close ends it as forced', () => {
    const story = then(accepted(), 'adam', { type: 'force_close', comment: '重复演练' });
    expect(story.ticket).toMatchObject({ status: 'closed', outcome: 'forced' });
    expect(types(story.events)).toContain('admin.intervened');
    expect(told(story)).toEqual(['ended: rita']);
    // Whoever had it is told what became of it, not that somebody else did their work.
    const { n: task = 0 } = story.ticket.tasks.find(({ kind }) => kind === 'handle') ?? {};
    expect(tries(story, 'ann', { type: 'complete', task, values: {}, comment: '' })).toMatchObject({
      refused: 'task_over',
      facts: { result: 'forced' },
    });
  });

  it('reassign: anybody’s task, to anybody who is here', () => {
    const { n: task = 0 } = taskOf(accepted(), 'ann') ?? {};
    const story = then(accepted(), 'adam', { type: 'reassign', task, person: id('dee'), comment: 'ann 忙' });
    expect([tasksIn(story), story.ticket.status, marks(story).length]).toEqual([['work: dee'], 'pending', 1]);
    const tried = (name: Name) => tries(accepted(), 'adam', { type: 'reassign', task, person: id(name), comment: 'x' });
    expect(tried('ann')).toMatchObject({ refused: 'bad_input' });
    expect(tries(with_(accepted(), { directory: aDirectory({ gone: ['dee'] }) }), 'adam', { type: 'reassign', task, person: id('dee'), comment: 'x' })).toMatchObject({ refused: 'unknown_person' }); // prettier-ignore
    const approval = then(filed(long), 'ann', { type: 'complete' });
    const { n: vote = 0 } = taskOf(approval, 'bo') ?? {};
    expect(tries(approval, 'adam', { type: 'reassign', task: vote, person: id('rita'), comment: 'x' })).toMatchObject({
      refused: 'cannot_transfer_to_requester',
    });
  });

  it('re-resolve: the step begins anew with whom its rule names today', () => {
    const byRole = aTemplate([aHandle('work', { kind: 'role', role: '硬件', in: null }), solved]);
    const story = filed(byRole, { directory: aDirectory({ roles: { 硬件: ['ann'] } }) });
    const changed = with_(story, { directory: aDirectory({ roles: { 硬件: ['cy'] } }) });
    const { n: task = 0 } = taskOf(story, 'ann') ?? {};
    const anew = then(changed, 'adam', { type: 're_resolve', task, comment: '换班' });
    expect([tasksIn(anew), tasksIn(anew, 'cancelled')]).toEqual([['work: cy'], ['work: ann']]);
    expect(marks(anew)).toHaveLength(1);
    expect(refold(anew)).toEqual(anew.ticket);
  });

  it.each(['jump', 'force_close', 'reassign', 're_resolve'] as const)(
    '%s: the flow admin only, and never without a reason',
    (type) => {
      const { n: task = 0 } = taskOf(accepted(), 'ann') ?? {};
      const wish = { type, task, to: 'work', person: id('dee'), comment: ' ' } as never;
      expect(tries(accepted(), 'adam', wish)).toMatchObject({ refused: 'comment_required' });
      expect(tries(accepted(), 'ann', wish)).toMatchObject({ refused: 'not_allowed' });
      const own = { ...repair, admin: users('ken') };
      expect(acts(accepted(own), 'ken')).toContain(type);
    },
  );
});

describe('审批人离职', () => {
  const leave = (story: Story, name: Name, company: object = {}): Story =>
    later(with_(story, { directory: aDirectory({ gone: [name], ...company }) }), {
      type: 'hand_over',
      personId: id(name),
    });

  it('to the successor that was named, else to the leaver’s supervisor', () => {
    const story = leave(accepted(), 'ann');
    expect([tasksIn(story), story.ticket.status, told(story)]).toEqual([
      ['work: ken'],
      'pending',
      ['handed_over: ken'],
    ]);
    expect(story.events.at(-2)?.data).toMatchObject({ from: id('ann'), to: id('ken') });
    expect(refold(story)).toEqual(story.ticket);
    const directory = aDirectory({ gone: ['ann'] });
    const people = new Map(directory.people);
    const ann = people.get(id('ann'));
    if (ann) people.set(id('ann'), { ...ann, successor: id('cy') });
    const named = later(with_(accepted(), { directory: { ...directory, people } }), {
      type: 'hand_over',
      personId: id('ann'),
    });
    expect(tasksIn(named)).toEqual(['work: cy']);
  });

  it('keeps the position in a sequence, waiting or open', () => {
    const line = aTemplate([anApproval('check', users('bo', 'ann', 'cy'), { mode: 'sequence' })]);
    let story = leave(filed(line), 'ann');
    expect([tasksIn(story), tasksIn(story, 'waiting')]).toEqual([['check: bo'], ['check: ken', 'check: cy']]);
    story = then(story, 'bo', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['check: ken']);
  });

  it('pools just lose the candidate, unless it was the last one', () => {
    const pool = filed(aTemplate([aHandle('work', users('ann', 'bo'))]));
    const story = leave(pool, 'ann');
    expect([tasksIn(story), told(story)]).toEqual([['work: bo'], []]);
    expect(story.ticket.tasks[0]?.assigneeId).toBeNull();
    expect(tasksIn(leave(story, 'bo', { gone: ['ann', 'bo'] }))).toEqual(['work: ken']);
  });

  it('without anybody above: the node’s empty rule, else the flow admin, with an alarm', () => {
    const alone = { managers: {} };
    const story = leave(accepted(), 'ann', alone);
    expect([tasksIn(story), told(story)]).toEqual([['work: adam'], ['alarm: adam']]);
    const fallBack = aTemplate([aHandle('work', users('ann'), { ifEmpty: { kind: 'people', of: users('dee') } })]);
    expect(tasksIn(leave(accepted(fallBack), 'ann', alone))).toEqual(['work: dee']);
    const passes = aTemplate([
      anApproval('check', users('ann'), { ifEmpty: { kind: 'approve' } }),
      aHandle('work', users('bo')),
    ]);
    expect(tasksIn(leave(filed(passes), 'ann', alone))).toEqual(['work: bo']);
    const control = aTemplate([anApproval('check', users('ann'), { ifEmpty: { kind: 'approve' }, control: true })]);
    expect(tasksIn(leave(filed(control), 'ann', alone))).toEqual(['check: adam']);
  });

  it('nobody inherits a second vote, nor their own request', () => {
    const two = aTemplate([anApproval('check', users('ann', 'ken'), { mode: 'all' })]);
    expect(tasksIn(leave(filed(two), 'ann'))).toEqual(['check: adam', 'check: ken']);
    const own = filed(aTemplate([anApproval('check', users('ann'))]), { requester: 'ken' });
    expect(tasksIn(leave(own, 'ann'))).toEqual(['check: adam']);
  });

  it('the requester’s own part: correcting goes to the flow admin, confirming by the empty rule', () => {
    const back = then(accepted(), 'ann', { type: 'return', to: 'filing', comment: '?' });
    expect(tasksIn(leave(back, 'rita'))).toEqual(['filing: adam']);
    const done = then(accepted(), 'ann', { type: 'complete' });
    expect(tasksIn(leave(done, 'rita'))).toEqual(['ok: adam']);
  });

  it('nothing of who is here, or has nothing', () => {
    expect(() => later(accepted(), { type: 'hand_over', personId: id('ann') })).toThrow('not_now');
    expect(() => leave(accepted(), 'bo')).toThrow('not_now');
  });
});

describe('Status and outcome', () => {
  const flow = (kinds: string) =>
    written(`
  - id: both
    parallel: 并行
    branches:
${kinds}`);
  const lane: Readonly<Record<string, string>> = {
    handle: '      - { name: h, flow: [ { id: h, handle: 办理, assignee: { user: ann } } ] }',
    approve: '      - { name: a, flow: [ { id: a, approve: 审批, approver: { user: bo } } ] }',
    confirm: '      - { name: c, flow: [ { id: c, confirm: 确认 } ] }',
    other: '      - { name: o, flow: [ { id: o, handle: 另一件, assignee: { user: cy } } ] }',
  };
  const together = (...kinds: string[]) =>
    filed(flow(kinds.map((kind) => lane[kind]).join('\n')), { values: { title: 'x', kind: '甲' } });

  it.each([
    ['confirming before approving', together('handle', 'approve', 'confirm'), 'confirming'],
    ['approving before processing', then(together('handle', 'approve'), 'ann', { type: 'accept' }), 'approving'],
    ['processing before pending', then(together('handle', 'other'), 'ann', { type: 'accept' }), 'processing'],
    ['pending last', together('handle', 'other'), 'pending'],
    [
      'suspended before all',
      then(together('handle', 'approve', 'confirm'), 'ann', { type: 'pause', reason: 'waiting_vendor' }),
      'suspended',
    ],
    [
      'returned before confirming',
      then(then(accepted(), 'ann', { type: 'complete' }), 'adam', { type: 'jump', to: 'filing', comment: 'x' }),
      'returned',
    ],
  ])('%s', (_name, story, status) => expect(story.ticket.status).toBe(status));

  it('while only a wait is pending, the last status stays', () => {
    const waits = written(`
  - { id: work, handle: 办理, assignee: { user: ann } }
  - { id: rest, wait: 等, for: 4h }
  - { id: last, handle: 收尾, assignee: { user: bo } }`);
    const story = then(filed(waits, { values: { title: 'x', kind: '甲' } }), 'ann', { type: 'complete' });
    expect([tasksIn(story), story.ticket.status]).toEqual([[], 'processing']);
  });

  it('while only a call is pending, also one that failed and waits for the flow admin, the last status stays', () => {
    const calls = written(`
  - { id: check, approve: 审批, approver: { user: bo } }
  - { id: ask, call: 调用, url: "https://example.com/x" }`);
    const asked = then(filed(calls, { values: { title: 'x', kind: '甲' } }), 'bo', { type: 'agree' });
    const [call] = asked.ticket.calls;
    const failed = later(asked, { type: 'answered', key: call?.key ?? '', outcome: { ok: false, reason: '503' } });
    expect([tasksIn(failed), asked.ticket.status, failed.ticket.status]).toEqual([
      ['ask: adam'],
      'approving',
      'approving',
    ]);
  });

  it('“not solved” makes it processing', () => {
    const done = then(accepted(), 'ann', { type: 'complete' });
    expect(then(done, 'rita', { type: 'refuse', comment: '还是坏的' }).ticket.status).toBe('processing');
  });

  it.each([
    ['confirmed', then(then(accepted(), 'ann', { type: 'complete' }), 'rita', { type: 'agree' })],
    ['approved', then(filed(aTemplate([anApproval('a', users('bo'))], { service: false })), 'bo', { type: 'agree' })],
    ['refused', then(filed(aTemplate([anApproval('a', users('bo'))])), 'bo', { type: 'refuse' })],
    ['withdrawn', then(accepted(), 'rita', { type: 'withdraw' })],
    ['merged', then(accepted(), 'ann', { type: 'merge', other: { ticketId: 2, number: 'T' } })],
    ['duplicate', then(accepted(), 'ann', { type: 'duplicate', other: { ticketId: 2, number: 'T' } })],
    ['forced', then(accepted(), 'adam', { type: 'force_close', comment: 'x' })],
    [
      'no_reply',
      ring(ring(ring(then(accepted(), 'ann', { type: 'pause', reason: 'waiting_requester', comment: '?' })))),
    ],
  ])('ends as %s', (outcome, story) => expect(story.ticket.outcome).toBe(outcome));
});
