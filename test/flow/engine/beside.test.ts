/** What is done beside the flow, `approval-semantics.md`: 催办, 抄送, 拿回, and many at once. */
import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../src/flow/fold.ts';
import { possibleActs } from '../../../src/flow/query.ts';
import type { Acts, Node } from '../../../src/flow/template.ts';
import {
  aConfirm,
  aDirectory,
  aHandle,
  aNotice,
  aTemplate,
  anApproval,
  type Filing,
  filed,
  id,
  type Name,
  nameById,
  NAMES,
  NOW,
  refold,
  type Story,
  tasksIn,
  theActs,
  then,
  tries,
  types,
  users,
  type Wish,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';
import { later, ring, written } from '../../support/written.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const told = ({ effects }: Pick<Story, 'effects'>): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'tell' ? [`${effect.notice.kind}: ${effect.to.map(nameById).join('|')}`] : [],
  );
const at = (story: Story, ms: number): Story => ({ ...story, env: { ...story.env, now: NOW + ms - MINUTE } });
const offered = ({ template, ticket, env }: Story, name: Name): readonly string[] =>
  possibleActs(template, ticket, id(name), env.directory, env.now).ticket;
const work = (acts: Partial<Acts> = {}) =>
  aTemplate([aHandle('work', users('ann', 'bo'), { acts: theActs(acts) }), aConfirm('ok')]);

describe('催办 urge', () => {
  const urge: Wish = { type: 'urge' };

  it('reaches only those who can act now, is counted, and changes neither due times nor versions of tasks', () => {
    const story = then(filed(work()), 'ann', { type: 'claim' });
    const urged = then(story, 'rita', urge);
    expect(told(urged)).toEqual(['urged: ann']);
    const [task] = urged.ticket.tasks;
    expect(task).toMatchObject({
      urged: { count: 1, at: urged.env.now, today: 1 },
      version: story.ticket.tasks[0]?.version,
    });
    expect(urged.ticket.timers).toEqual(story.ticket.timers);
    expect(types(urged.events.slice(story.events.length))).toEqual(['ticket.urged']);
    expect(refold(urged)).toEqual(urged.ticket);
    // A button of a card that was drawn before still works.
    expect(tasksIn(then(urged, 'ann', { type: 'complete', taskVersion: task?.version ?? 0 }))).toEqual(['ok: rita']);
  });

  it('shows those who have the task how often it was urged', () => {
    const urged = then(filed(work()), 'rita', urge);
    const shown = urged.effects.flatMap((one) =>
      one.type === 'show' && one.task !== null ? [nameById(one.personId)] : [],
    );
    expect(shown).toEqual(['ann', 'bo']);
  });

  it('is for the requester, who manages them, and the flow admin', () => {
    const admin = { kind: 'users', accounts: ['dee'] } as const;
    const story = filed(aTemplate([aHandle('work', users('ann'))], { admin }));
    expect(NAMES.filter((name) => offered(story, name).includes('urge'))).toEqual(['rita', 'dee', 'ken', 'adam']);
    for (const name of ['ken', 'dee', 'adam'] as const) expect(told(then(story, name, urge))).toEqual(['urged: ann']);
    expect(tries(story, 'ann', urge)).toMatchObject({ refused: 'not_allowed', facts: { act: 'urge' } });
    expect(tries(story, 'boss', urge)).toMatchObject({ refused: 'not_allowed' });
  });

  it('reaches whoever stands in as well, and nobody who has left', () => {
    const check = aTemplate([anApproval('check', users('ann', 'bo'), { mode: 'all' })]);
    const away = filed(check, { directory: aDirectory({ away: { ann: 'cy' } }) });
    expect(told(then(away, 'rita', urge))).toEqual(['urged: ann|cy|bo']);
    const left = { directory: aDirectory({ gone: ['ann'] }) };
    expect(told(then(filed(check), 'rita', urge, left))).toEqual(['urged: bo']);
  });

  it('at most once in 30 minutes per task: the refusal says from when on', () => {
    const urged = then(at(filed(work()), MINUTE), 'rita', urge);
    expect(tries(at(urged, 30 * MINUTE), 'ken', urge)).toMatchObject({
      refused: 'urged_lately',
      facts: { again: '2026-11-02 09:31' },
    });
    expect(offered(at(urged, 30 * MINUTE), 'rita')).not.toContain('urge');
    expect(then(at(urged, 31 * MINUTE), 'ken', urge).ticket.tasks[0]?.urged?.count).toBe(2);
  });

  it('at most 5 times a day, by the service’s own calendar day', () => {
    let story = filed(work());
    for (let i = 0; i < 5; i += 1) story = then(at(story, i * HOUR), 'rita', urge);
    // 17:00 in Shanghai; the sixth waits for midnight there.
    expect(tries(at(story, 8 * HOUR), 'rita', urge)).toMatchObject({
      refused: 'urged_lately',
      facts: { again: '2026-11-03 00:00' },
    });
    const next = then(at(story, 15 * HOUR), 'rita', urge);
    expect(next.ticket.tasks[0]?.urged).toMatchObject({ count: 6, today: 1 });
  });

  it('a task that was opened since may be urged, though another was just now', () => {
    const [first, second] = [anApproval('one', users('ann'), {}), anApproval('two', users('bo'), {})];
    const story = then(filed(aTemplate([first, second])), 'rita', urge);
    const next = then(story, 'ann', { type: 'agree' });
    expect(told(then(next, 'rita', urge))).toEqual(['urged: bo']);
  });

  it('nobody urges themselves, and where the template says no, nobody does', () => {
    const confirming = then(filed(work()), 'ann', { type: 'complete' });
    expect(tries(confirming, 'rita', urge)).toMatchObject({ refused: 'not_now' });
    expect(told(then(confirming, 'ken', urge))).toEqual(['urged: rita']);
    expect(tries(filed(work({ urge: false })), 'rita', urge)).toMatchObject({ refused: 'not_allowed' });
  });

  it('the template language says it: acts.urge', () => {
    const text = '  - { id: work, handle: 办理, assignee: { role: IT }, acts: { urge: false, take_back: never } }';
    expect(written(text).nodes['work']?.acts).toMatchObject({ urge: false, takeBack: null });
    expect(written(text, 'acts: { take_back: 2h }').acts).toMatchObject({ urge: true, takeBack: { kind: 'working' } });
    expect(written(text, '').acts.takeBack).toEqual({ kind: 'wall', ms: 600_000 });
  });
});

describe('抄送 cc', () => {
  const to = (...names: Name[]): Wish => ({ type: 'cc', people: names.map(id) });

  it('is for whoever takes part; it tells the others, with the words', () => {
    const story = filed(work());
    const copied = then(story, 'ann', { ...to('dee', 'ann'), comment: '请知悉' });
    expect(told(copied)).toEqual(['copied: dee']);
    expect(copied.ticket.cc).toEqual([{ personId: id('dee'), from: null, seq: copied.ticket.seq }]);
    expect(copied.events.at(-1)).toMatchObject({ data: { to: [id('dee')] }, personal: { comment: '请知悉' } });
    expect(tries(copied, 'dee', to('eve'))).toMatchObject({ refused: 'not_allowed' });
    expect(refold(copied)).toEqual(copied.ticket);
  });

  it('once per person, unless the content has changed since', () => {
    const node = aHandle('work', users('ann'), { form: [aField('note', 'text')] });
    const nodes = [aHandle('first', users('ann')), node, aConfirm('ok')];
    const story = then(filed(aTemplate(nodes)), 'rita', to('dee'));
    expect(tries(story, 'ann', to('dee'))).toMatchObject({ refused: 'already_copied', facts: { person: 'dee' } });
    expect(told(then(story, 'ann', to('dee', 'eve')))).toEqual(['copied: eve']);
    const moved = then(story, 'ann', { type: 'complete' });
    expect(tries(moved, 'rita', to('dee'))).toMatchObject({ refused: 'already_copied' });
    const filled = then(moved, 'ann', { type: 'complete', values: { note: 'new' } });
    expect(told(then(filled, 'rita', to('dee')))).toEqual(['copied: dee']);
  });

  it('also of a ticket that is over', () => {
    const over = then(filed(aTemplate([anApproval('check', users('ann'))])), 'ann', { type: 'agree' });
    expect(told(then(over, 'rita', to('dee')))).toEqual(['copied: dee']);
  });

  it('not to people who have left, nor to oneself alone', () => {
    const story = filed(work(), { directory: aDirectory({ gone: ['dee'] }) });
    expect(tries(story, 'rita', to('dee'))).toMatchObject({ refused: 'unknown_person' });
    expect(tries(story, 'rita', to('rita'))).toMatchObject({ refused: 'bad_input' });
  });

  const crowd = (count: number): Filing => {
    const directory = aDirectory();
    const more = Array.from({ length: count }, (_, i) => ({ ...directory.people.get(1), id: 100 + i, active: true }));
    const people = new Map([...directory.people, ...more.map((one) => [one.id, one] as const)]);
    const members = more.map((one) => one.id);
    const roles = new Map([['r0', { name: 'r0', members }]]);
    return { directory: { ...directory, people: people as typeof directory.people, roles } };
  };

  it('at most 50 people: an act is refused with the number, a notify node goes on with a note', () => {
    const story = filed(work(), crowd(52));
    const many = (from: number, count: number): Wish => ({
      type: 'cc',
      people: Array.from({ length: count }, (_, i) => 100 + from + i),
    });
    const fifty = then(story, 'rita', many(0, 50));
    expect(tries(fifty, 'rita', many(48, 4))).toMatchObject({ refused: 'cc_limit', facts: { limit: 50, over: 2 } });
    const all = aNotice('tell', { kind: 'role', role: 'r0', in: null });
    const noted = filed(aTemplate([all, aHandle('work', users('ann'))]), crowd(52));
    expect(noted.events.find(({ type }) => type === 'notice.sent')?.data).toMatchObject({ left: 2 });
    expect([noted.ticket.cc.length, tasksIn(noted)]).toEqual([50, ['work: ann']]);
  });

  it('by a node: once more only after a change, and each node has its own words', () => {
    const note = aHandle('work', users('ann'), { form: [aField('note', 'text')] });
    const nodes = [aNotice('start', users('dee')), note, aNotice('end', users('dee')), aConfirm('ok')];
    const story = filed(aTemplate(nodes));
    expect(told(story)).toEqual(['text: dee']);
    const worked = then(story, 'ann', { type: 'complete' });
    expect(told(worked)).toEqual(['text: dee']);
    const back = then(then(story, 'ann', { type: 'return', to: 'filing' }), 'rita', { type: 'submit' });
    expect(told(back)).toEqual([]);
    const changed = then(then(story, 'ann', { type: 'return', to: 'filing' }), 'rita', {
      type: 'submit',
      values: { title: 'new' },
    });
    expect(told(changed)).toEqual(['text: dee']);
    expect(refold(changed)).toEqual(changed.ticket);
  });
});

describe('拿回 take back', () => {
  const back: Wish = { type: 'take_back' };
  /** Brings the engine the past that it asks for, as `ticket/` does. */
  const past = (story: Story): Partial<Story['env']> => {
    const version = (story.ticket.undo?.version ?? 0) - 1;
    return { past: fold(story.events.filter((event) => event.version <= version)) };
  };
  const takesBack = (story: Story, name: Name, ms = 0): Story => {
    const now = story.env.now + ms + MINUTE;
    return then({ ...story, env: { ...story.env, now } }, name, back, { ...past(story), now });
  };
  const chain = (acts: Partial<Acts> = {}) =>
    filed(
      aTemplate([
        aHandle('work', users('ann', 'bo'), {
          form: [aField('note', 'text')],
          fields: { title: 'editable' },
          acts: theActs(acts),
        }),
        anApproval('check', users('cy', 'dee'), { mode: 'all' }),
        aConfirm('ok'),
      ]),
    );
  const done = (acts?: Partial<Acts>) =>
    then(chain(acts), 'ann', { type: 'complete', values: { note: 'n', 'form.title': 'changed' } });

  it('undoes one’s own act: task, values, title and status are as before, what it opened is cancelled', () => {
    const story = takesBack(done(), 'ann');
    expect([tasksIn(story), tasksIn(story, 'cancelled'), story.ticket.status]).toEqual([
      ['work: ann|bo'],
      ['check: cy', 'check: dee'],
      'pending',
    ]);
    expect([story.ticket.title, story.ticket.values]).toEqual(['printer', { form: { title: 'printer' } }]);
    expect(told(story)).toEqual(['taken_back: cy|dee']);
    expect(story.ticket.tasks[0]?.version).toBeGreaterThan(1);
    expect(refold(story)).toEqual(story.ticket);
    const again = then(story, 'bo', { type: 'complete' });
    // History is never overwritten: the second pass is another visit.
    expect([tasksIn(again), again.ticket.visits['check']]).toEqual([['check: cy', 'check: dee'], 2]);
  });

  it('an agreement that did not decide, a refusal, a return: each opens the task again, siblings too', () => {
    const approving = done();
    const agreed = takesBack(then(approving, 'cy', { type: 'agree' }), 'cy');
    expect(tasksIn(agreed)).toEqual(['check: cy', 'check: dee']);
    const returned = takesBack(then(approving, 'dee', { type: 'return', to: 'work' }), 'dee');
    expect([tasksIn(returned), tasksIn(returned, 'cancelled')]).toEqual([['check: cy', 'check: dee'], ['work: ann']]);
    expect(returned.ticket.status).toBe('approving');
    expect(refold(returned)).toEqual(returned.ticket);
  });

  it('not after somebody has acted; comments, urges and copies are no acts', () => {
    const beside = then(
      then(then(done(), 'rita', { type: 'comment', comment: 'hm' }), 'rita', { type: 'urge' }),
      'rita',
      { type: 'cc', people: [id('eve')] },
    );
    const story = takesBack(beside, 'ann');
    expect([tasksIn(story), story.ticket.cc.length]).toEqual([['work: ann|bo'], 1]);
    const acted = then(done(), 'cy', { type: 'agree' });
    expect(tries(acted, 'ann', back)).toMatchObject({ refused: 'too_late_to_take_back' });
    expect(offered(acted, 'ann')).not.toContain('take_back');
    expect(offered(acted, 'cy')).toContain('take_back');
  });

  it('within 10 minutes by default, as the template says, or never', () => {
    expect(tasksIn(takesBack(done(), 'ann', 9 * MINUTE))).toEqual(['work: ann|bo']);
    const late = { ...done().env, now: done().env.now + 10 * MINUTE + 1 };
    expect(tries(done(), 'ann', back, late)).toMatchObject({ refused: 'too_late_to_take_back' });
    // 17:30, 30 minutes of work until 18:00, the rest on the next morning.
    const evening = { ...chain({ takeBack: { kind: 'working', ms: HOUR } }) };
    const half = then({ ...evening, env: { ...evening.env, now: Date.UTC(2026, 10, 2, 9, 29) } }, 'ann', {
      type: 'complete',
    });
    expect(half.ticket.undo?.until).toBeGreaterThan(Date.UTC(2026, 10, 3));
    expect(tries(done({ takeBack: null }), 'ann', back)).toMatchObject({ refused: 'too_late_to_take_back' });
  });

  it('only by whoever did it, once, and not when the ticket is over', () => {
    expect(tries(done(), 'bo', back)).toMatchObject({ refused: 'too_late_to_take_back' });
    expect(tries(done(), 'eve', back)).toMatchObject({ refused: 'not_allowed' });
    const taken = takesBack(done(), 'ann');
    expect(tries(taken, 'ann', back)).toMatchObject({ refused: 'too_late_to_take_back' });
    const over = then(filed(aTemplate([anApproval('check', users('ann'))])), 'ann', { type: 'agree' });
    expect(tries(over, 'ann', back)).toMatchObject({ refused: 'ticket_closed' });
  });

  const IT = { directory: aDirectory({ roles: { IT: ['ann'], 财务: ['bo'] } }), values: { title: 't', kind: '甲' } };
  const WORK = '  - { id: work, handle: 办理, assignee: { role: IT } }\n';
  const CHECK = '  - { id: check, approve: 审批, approver: { role: 财务 }, mode: any }';

  it.each([
    ['a call', '  - { id: ask, call: 调用, url: "https://example.com/x" }\n'],
    ['a sub-flow', '  - { id: sub, subflow: 子流程, template: other, blocking: false }\n'],
  ])('never after %s ran', (_, step) => {
    const story = then(filed(written(WORK + step + CHECK), IT), 'ann', { type: 'complete' });
    expect(story.ticket.undo).toBeNull();
    expect(tries(story, 'ann', back)).toMatchObject({ refused: 'too_late_to_take_back' });
    expect(offered(story, 'ann')).not.toContain('take_back');
  });

  it('never when a return gave up a call that is under way', () => {
    const flow = `${WORK}  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: ask, call: 调用, url: "https://example.com/x" } ] }
      - { name: b, flow: [ { id: check, approve: 审批, approver: { role: 财务 }, mode: any } ] }`;
    const story = then(filed(written(flow), IT), 'ann', { type: 'complete' });
    const returned = then(story, 'bo', { type: 'return', to: 'work' });
    expect([types(returned.events).includes('act.final'), returned.ticket.undo]).toEqual([true, null]);
    expect(refold(returned)).toEqual(returned.ticket);
  });

  it('in parallel branches it undoes only one’s own; a join that was passed opens again', () => {
    const flow = `  - id: both
    parallel: 并行
    branches:
      - { name: a, flow: [ { id: one, handle: 甲, assignee: { role: IT } } ] }
      - { name: b, flow: [ { id: two, handle: 乙, assignee: { role: 财务 } } ] }
  - { id: ok, confirm: 确认 }`;
    const first = then(filed(written(flow), IT), 'ann', { type: 'complete' });
    expect(tasksIn(takesBack(first, 'ann'))).toEqual(['one: ann', 'two: bo']);
    const joined = then(first, 'bo', { type: 'complete' });
    expect([tasksIn(joined), joined.ticket.regions]).toEqual([['ok: rita'], []]);
    const story = takesBack(joined, 'bo');
    expect([tasksIn(story), story.ticket.regions.length]).toEqual([['two: bo'], 1]);
    expect(refold(story)).toEqual(story.ticket);
    expect(tasksIn(then(story, 'bo', { type: 'complete' }))).toEqual(['ok: rita']);
  });

  it('what was due is due again, and what reminded others since is not', () => {
    const timeout = 'timeout: [ { after: 1h wall, remind: assignee }, { after: 3h wall, remind: assignee } ]';
    const flow = `  - { id: work, handle: 办理, assignee: { role: IT }, ${timeout}, acts: { take_back: 5h wall } }
  - { id: check, approve: 审批, approver: { role: 财务 }, mode: any, ${timeout} }`;
    const story = then(filed(written(flow), IT), 'ann', { type: 'complete' });
    const reminded = ring(story);
    const taken = takesBack(reminded, 'ann');
    expect(taken.ticket.timers.map(({ key, rung }) => `${key} ${rung}`)).toEqual(['task 2 0']);
    expect(told(ring(taken))).toEqual(['reminder: ann']);
    // The reminder that is late comes at once.
    expect(taken.ticket.timers[0]?.at).toBeLessThan(taken.env.now + HOUR);
    expect(
      later(taken, { type: 'fire', key: 'task 2', at: taken.ticket.timers[0]?.at ?? 0 }).ticket.timers,
    ).toHaveLength(1);
  });

  it('in a sequence the next one waits again, is told so, and is reminded of nothing', () => {
    const flow = `  - id: check
    approve: 审批
    approver: { together: [ { role: IT }, { role: 财务 } ] }
    mode: sequence
    timeout: [ { after: 1h wall, remind: assignee } ]`;
    const story = takesBack(then(filed(written(flow), IT), 'ann', { type: 'agree' }), 'ann');
    expect([tasksIn(story), tasksIn(story, 'waiting')]).toEqual([['check: ann'], ['check: bo']]);
    expect(told(story)).toEqual(['taken_back: bo']);
    expect(story.ticket.timers.map(({ key }) => key)).toEqual(['task 2']);
    expect(refold(story)).toEqual(story.ticket);
  });

  describe('an act that ended a pause', () => {
    const timeout: Node['timeout'] = [
      { after: { kind: 'wall', ms: 2 * HOUR }, then: { kind: 'remind', people: { kind: 'assignee' } } },
    ];
    const work = (...names: Name[]) =>
      filed(aTemplate([aHandle('work', users(...names), { strategy: 'all', timeout }), aConfirm('ok')]));
    const keys = ({ ticket }: Story) => ticket.timers.map(({ key, at }) => `${key} ${at - NOW}`).sort();
    const paused = (reason: 'waiting_requester' | 'waiting_vendor', ...names: Name[]) =>
      then(work(...names), 'ann', { type: 'pause', reason, comment: '?' });

    it.each(['waiting_requester', 'waiting_vendor'] as const)('rests as before: %s', (reason) => {
      const story = paused(reason, 'ann');
      const acted = then(story, 'ann', { type: 'complete' });
      expect([acted.ticket.paused, acted.ticket.rests.length]).toEqual([null, reason === 'waiting_requester' ? 1 : 0]);
      const taken = takesBack(acted, 'ann');
      expect([taken.ticket.paused, taken.ticket.rests]).toEqual([story.ticket.paused, []]);
      expect([taken.ticket.status, keys(taken)]).toEqual(['suspended', keys(story)]);
      expect(refold(taken)).toEqual(taken.ticket);
      // It ends as it would have: the clock stood still from its first minute on.
      const on = then(taken, 'ann', { type: 'resume' }, { now: NOW + HOUR });
      const rested = reason === 'waiting_requester' ? HOUR - MINUTE : 0;
      expect([on.ticket.status, keys(on)]).toEqual(['processing', [`task 2 ${2 * HOUR + rested}`]]);
    });

    it('where others work on beside it, their clocks stand still again', () => {
      const story = paused('waiting_requester', 'ann', 'bo');
      const acted = then(story, 'ann', { type: 'complete' });
      expect(keys(acted)).toEqual([`task 3 ${2 * HOUR + MINUTE}`]);
      const taken = takesBack(acted, 'ann');
      expect([keys(taken), taken.ticket.paused?.held.length]).toEqual([keys(story), 2]);
      expect(refold(taken)).toEqual(taken.ticket);
    });

    it('a scheduled end that has come meanwhile ends it at once', () => {
      const until = NOW + 3 * MINUTE;
      const story = then(work('ann'), 'ann', { type: 'pause', reason: 'scheduled', until });
      const taken = takesBack(then(story, 'ann', { type: 'complete' }), 'ann', 5 * MINUTE);
      expect(keys(taken)).toEqual([`pause ${3 * MINUTE}`]);
      expect(later(taken, { type: 'fire', key: 'pause', at: until }).ticket.paused).toBeNull();
    });
  });

  it('asks for the past, and for nothing else', () => {
    expect(() => then(done(), 'ann', back)).toThrow('needs past');
  });
});

describe('Bulk: agree only, nothing that asks for a look', () => {
  const story = (check: Parameters<typeof anApproval>[2]) =>
    filed(aTemplate([anApproval('check', users('ann'), check), aConfirm('ok')]));
  const agree = { type: 'agree', inBulk: true } as const;

  it.each([
    ['a control node', { control: true }],
    ['a required field of its own', { form: [aField('note', 'text', { required: true })] }],
    ['a field of the form that is required there', { fields: { title: 'required' } } as const],
  ])('%s is refused with its name', (_, check) => {
    expect(tries(story(check), 'ann', agree)).toMatchObject({ refused: 'not_in_bulk', facts: { step: 'check' } });
  });

  it('anything else is agreed to, also with fields that may stay empty', () => {
    expect(tasksIn(then(story({ form: [aField('note', 'text')] }), 'ann', agree))).toEqual(['ok: rita']);
  });
});
