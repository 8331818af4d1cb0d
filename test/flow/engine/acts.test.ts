/** The acts one by one: who may, what each needs, what follows, and what is said to whoever can't. */
import { describe, expect, it } from '@jest/globals';
import type { Effect } from '../../../src/flow/command.ts';
import { possibleActs, whoWaits } from '../../../src/flow/query.ts';
import { step } from '../../../src/flow/step.ts';
import type { Acts } from '../../../src/flow/template.ts';
import {
  aConfirm,
  aDirectory,
  aHandle,
  aTemplate,
  anApproval,
  command,
  filed,
  filing,
  id,
  type Name,
  refold,
  type Story,
  tasksIn,
  theActs,
  then,
  tries,
  types,
  users,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';

const acts = (overrides: Partial<Acts>): Acts => theActs({ transfer: 'anyone', reopen: null, ...overrides });
const solved = aConfirm('ok', { onRefuse: { kind: 'to', target: 'work' } });
const pool = (): Story => filed(aTemplate([aHandle('work', users('ann', 'bo')), solved]));
const mine = (): Story => filed(aTemplate([aHandle('work', users('ann')), solved]));
const shown = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) => (effect.type === 'show' ? [`${effect.personId} ${effect.task ?? 'ticket'}`] : []));

describe('claim, accept, complete', () => {
  it('lets one candidate win, shows it to both, and tells the other by name', () => {
    const story = then(pool(), 'ann', { type: 'claim' });
    expect(tasksIn(story)).toEqual(['work: ann']);
    expect(shown(story.effects)).toEqual(['1 ticket', '2 2', '3 2']);
    for (const type of ['claim', 'accept', 'complete'] as const)
      expect(tries(story, 'bo', { type })).toMatchObject({ refused: 'already_claimed', facts: { by: 'ann' } });
  });

  it.each([
    { type: 'accept', on: () => then(mine(), 'ann', { type: 'accept' }), because: 'it was accepted already' },
    { type: 'claim', on: mine, because: 'it is already theirs' },
    { type: 'agree', on: mine, because: 'work is not agreed to' },
    { type: 'submit', on: mine, because: 'nothing was returned to them' },
  ] as const)('$type is refused: $because', ({ type, on }) => {
    expect(tries(on(), 'ann', { type })).toMatchObject({ refused: 'not_now', facts: { act: type } });
  });

  it('completing implies accepting, without a message of its own', () => {
    const story = then(pool(), 'bo', { type: 'complete' });
    expect(types(story.events).filter((type) => type.startsWith('task.'))).toEqual([
      'task.opened',
      'task.claimed',
      'task.done',
      'task.opened',
    ]);
    expect(story.effects.some(({ type }) => type === 'tell')).toBe(false);
    expect(types(then(mine(), 'ann', { type: 'complete' }).events)).toContain('task.accepted');
  });

  it('the first response is the first acceptance, whatever comes later', () => {
    const accepted = then(mine(), 'ann', { type: 'accept' });
    const again = then(then(accepted, 'ann', { type: 'complete' }), 'rita', { type: 'refuse' });
    expect(again.ticket.firstResponseAt).toBe(accepted.env.now);
  });

  it('work that was not accepted comes back not accepted', () => {
    const story = filed(aTemplate([aHandle('work', users('ann'))]));
    const back = then(then(story, 'ann', { type: 'return', to: 'filing' }), 'rita', { type: 'submit' });
    expect([tasksIn(back), back.ticket.status]).toEqual([['work: ann'], 'pending']);
  });

  it('a handler who has left is replaced by the rule', () => {
    const story = then(
      then(pool(), 'ann', { type: 'complete' }),
      'rita',
      { type: 'refuse' },
      { directory: aDirectory({ gone: ['ann'] }) },
    );
    expect([tasksIn(story), story.ticket.status]).toEqual([['work: bo'], 'pending']);
  });

  it('asks the rule anew after a return where that is written', () => {
    const story = filed(aTemplate([aHandle('work', users('ann', 'bo'), { onReturn: 'anew' }), solved]));
    const back = then(then(story, 'ann', { type: 'complete' }), 'rita', { type: 'refuse' });
    expect(tasksIn(back)).toEqual(['work: ann|bo']);
  });
});

describe('least-open', () => {
  const template = aTemplate([aHandle('work', users('cy', 'bo', 'ann'), { strategy: 'least-open' })]);
  const env = { now: 0, directory: aDirectory() };

  it('asks for the load of the candidates, and again for whoever is missing in the answer', () => {
    expect(step(template, null, filing(), env)).toEqual({ need: 'load', people: [id('cy'), id('bo'), id('ann')] });
    const load = new Map([[id('dee'), 1]]);
    expect(step(template, null, filing(), { ...env, load })).toMatchObject({
      people: [id('dee'), id('cy'), id('bo'), id('ann')],
    });
  });

  it.each<{ load: [number, number, number]; who: Name; because: string }>([
    { load: [2, 1, 3], who: 'bo', because: 'the fewest open tasks' },
    { load: [1, 1, 1], who: 'ann', because: 'a tie goes to the lowest id' },
  ])('picks $who: $because', ({ load, who }) => {
    const [ann, bo, cy] = load;
    const known = new Map([
      [id('ann'), ann],
      [id('bo'), bo],
      [id('cy'), cy],
    ]);
    expect(tasksIn(filed(template, { load: known }))).toEqual([`work: ${who}`]);
  });

  it('needs nothing for one candidate', () => {
    expect(tasksIn(filed(aTemplate([aHandle('work', users('cy'), { strategy: 'least-open' })])))).toEqual(['work: cy']);
  });
});

describe('return', () => {
  const story = (overrides: Partial<Acts> = {}): Story => {
    const check = anApproval('check', users('bo', 'cy'), { mode: 'all', acts: acts(overrides) });
    const skipped = anApproval('skipped', users('dee'), { when: () => false });
    return then(filed(aTemplate([aHandle('work', users('ann')), skipped, check])), 'ann', { type: 'complete' });
  };

  it('is not a refusal: one person is enough, and the others’ tasks are cancelled', () => {
    const back = then(story(), 'bo', { type: 'return', to: 'work' });
    expect([tasksIn(back), tasksIn(back, 'cancelled')]).toEqual([['work: ann'], ['check: cy']]);
    expect(tries(back, 'cy', { type: 'agree', task: 4 })).toMatchObject({
      refused: 'task_over',
      facts: { by: 'bo', result: 'returned' },
    });
    expect(refold(back)).toEqual(back.ticket);
  });

  it.each([
    { to: 'check', because: 'itself' },
    { to: 'skipped', because: 'nobody was there' },
    { to: 'constructor', because: 'no such node' },
  ])('can’t lead to $to: $because', ({ to }) => {
    expect(tries(story(), 'bo', { type: 'return', to })).toMatchObject({ refused: 'bad_return_target' });
  });

  it('needs a reason, and a template that allows it', () => {
    expect(tries(story(), 'bo', { type: 'return', to: 'work', comment: '' })).toMatchObject({
      refused: 'comment_required',
    });
    expect(tries(story({ returns: false }), 'bo', { type: 'return', to: 'work' })).toMatchObject({
      refused: 'not_allowed',
    });
  });

  it('to the form is the requester’s to correct; what they leave out stays', () => {
    const template = aTemplate([anApproval('check', users('bo'))], {
      form: [aField('title', 'text', { means: 'title', required: true }), aField('detail', 'textarea')],
    });
    const back = then(filed(template, { values: { title: 'a', detail: 'b' } }), 'bo', { type: 'return', to: 'filing' });
    expect(tries(back, 'rita', { type: 'submit', values: { title: '' } })).toMatchObject({ refused: 'bad_input' });
    const again = then(back, 'rita', { type: 'submit', values: { detail: 'c' } });
    expect(again.ticket.values['form']).toEqual({ title: 'a', detail: 'c' });
    const changed = again.events.find(({ type }) => type === 'form.changed');
    expect(changed?.personal).toEqual({ title: 'a', values: { detail: 'c' }, old: { detail: 'b' } });
    expect(tasksIn(again)).toEqual(['check: bo']);
  });

  it('to the form of a requester who has left goes to the flow admin', () => {
    const back = then(story(), 'bo', { type: 'return', to: 'filing' }, { directory: aDirectory({ gone: ['rita'] }) });
    expect(tasksIn(back)).toEqual(['filing: adam']);
  });
});

describe('transfer', () => {
  const at = (kind: 'handle' | 'approve', transfer: Acts['transfer'] = 'anyone'): Story =>
    filed(
      aTemplate([
        kind === 'handle'
          ? aHandle('work', users('ann'), { acts: acts({ transfer }) })
          : anApproval('work', users('ann', 'bo'), { mode: 'all', acts: acts({ transfer }) }),
      ]),
      { directory: aDirectory({ gone: ['eve'] }) },
    );

  it.each<{ on: Story; to: Name; refused: string; because: string }>([
    { on: at('handle'), to: 'ann', refused: 'cannot_transfer_to_self', because: 'that changes nothing' },
    { on: at('approve'), to: 'rita', refused: 'cannot_transfer_to_requester', because: 'nobody decides on their own' },
    { on: at('handle'), to: 'eve', refused: 'unknown_person', because: 'they have left' },
    { on: at('approve'), to: 'bo', refused: 'bad_input', because: 'they have a task at this step' },
    { on: at('handle', 'department'), to: 'dee', refused: 'bad_input', because: 'another department' },
    { on: at('handle', 'never'), to: 'bo', refused: 'not_allowed', because: 'the template says so' },
  ])('to $to is refused: $because', ({ on, to, refused }) => {
    expect(tries(on, 'ann', { type: 'transfer', person: id(to) })).toMatchObject({ refused });
  });

  it('needs a reason', () => {
    const silent = tries(at('handle'), 'ann', { type: 'transfer', person: id('bo'), comment: '' });
    expect(silent).toMatchObject({ refused: 'comment_required' });
  });

  it('moves the duty: the new person has not accepted, the old one can’t act any more, both see it', () => {
    const story = then(then(at('handle', 'department'), 'ann', { type: 'accept' }), 'ann', {
      type: 'transfer',
      person: id('bo'),
    });
    expect([tasksIn(story), story.ticket.status, story.ticket.assigneeId]).toEqual([['work: bo'], 'pending', id('bo')]);
    expect(shown(story.effects)).toEqual(['1 ticket', '2 2', '3 2']);
    expect(tries(story, 'ann', { type: 'complete', task: 2 })).toMatchObject({
      refused: 'not_your_task',
      facts: { by: 'bo' },
    });
  });

  it('lets the requester handle their own request', () => {
    expect(tasksIn(then(at('handle'), 'ann', { type: 'transfer', person: id('rita') }))).toEqual(['work: rita']);
  });

  it('may go to somebody who has no part in the step yet', () => {
    expect(tasksIn(then(at('approve'), 'ann', { type: 'transfer', person: id('cy') }))).toEqual([
      'work: cy',
      'work: bo',
    ]);
  });

  it('gives a pool’s task to one person', () => {
    expect(tasksIn(then(pool(), 'ann', { type: 'transfer', person: id('cy') }))).toEqual(['work: cy']);
  });

  it('lets a flow admin who stands in reach any department', () => {
    const story = filed(aTemplate([aHandle('work', users(), { acts: acts({ transfer: 'department' }) })]));
    expect(tasksIn(then(story, 'adam', { type: 'transfer', person: id('ann') }))).toEqual(['work: ann']);
  });

  it.each<{ to: Name; rule: Name[]; because: string; fits: boolean }>([
    { to: 'cy', rule: ['ann'], because: 'the same direct manager', fits: true },
    { to: 'dee', rule: ['ann', 'dee'], because: 'the step’s rule could have chosen them', fits: true },
    { to: 'dee', rule: ['ann'], because: 'neither', fits: false },
  ])('within the team: $to, $because', ({ to, rule, fits }) => {
    const story = filed(aTemplate([aHandle('work', users(...rule), { acts: acts({ transfer: 'team' }) })]));
    const result = tries(story, 'ann', { type: 'transfer', person: id(to) });
    expect('refused' in result ? result.refused : 'done').toBe(fits ? 'done' : 'bad_input');
  });

  it('the clocks go on', () => {
    const hour = { kind: 'wall', ms: 3_600_000 } as never;
    const timeout = [{ after: hour, then: { kind: 'remind', people: { kind: 'assignee' } } }] as const;
    const story = filed(aTemplate([aHandle('work', users('ann'), { timeout })]));
    expect(then(story, 'ann', { type: 'transfer', person: id('bo') }).ticket.timers).toEqual(story.ticket.timers);
  });

  it('at the third of one task warns the giver and the flow admin, and the history says so', () => {
    let story = at('handle');
    const told = () =>
      story.effects.flatMap((effect) =>
        effect.type === 'tell' && effect.notice.kind === 'passed_on' ? effect.to : [],
      );
    for (const [by, to] of [
      ['ann', 'bo'],
      ['bo', 'ann'],
    ] as const) {
      story = then(story, by, { type: 'transfer', person: id(to) });
      expect(told()).toEqual([]);
    }
    story = then(story, 'ann', { type: 'transfer', person: id('bo') });
    expect(told()).toEqual([id('ann'), id('adam')]);
    expect(story.events.at(-1)).toMatchObject({ type: 'task.transferred', data: { times: 3 } });
    expect(refold(story)).toEqual(story.ticket);
  });
});

describe('withdraw', () => {
  const approval = (withdraw: Acts['withdraw'], by?: Name): Story =>
    filed(
      aTemplate([anApproval('one', users('ann', 'bo'), { mode: 'all', acts: acts({ withdraw }) })]),
      by ? { by } : {},
    );

  it('cancels what is open, and is no refusal', () => {
    const story = then(approval('any_time_with_reason'), 'rita', { type: 'withdraw', comment: 'found it' });
    expect(story.ticket).toMatchObject({ status: 'withdrawn', outcome: 'withdrawn', tokens: [] });
    expect(tasksIn(story, 'cancelled')).toEqual(['one: ann', 'one: bo']);
    expect(story.events.at(-1)).toMatchObject({ type: 'ticket.closed', personal: { reason: 'found it' } });
    expect(tries(story, 'ann', { type: 'agree', task: 2 })).toMatchObject({
      refused: 'task_over',
      facts: { by: 'rita', result: 'withdrawn' },
    });
  });

  it.each<{ policy: Acts['withdraw']; comment: string; acted: boolean; answer: string; because: string }>([
    { policy: 'until_first_act', comment: '', acted: false, answer: 'withdrawn', because: 'nobody has acted' },
    { policy: 'until_first_act', comment: 'x', acted: true, answer: 'too_late_to_withdraw', because: 'ann has agreed' },
    {
      policy: 'any_time_with_reason',
      comment: '',
      acted: false,
      answer: 'comment_required',
      because: 'a reason is needed',
    },
    { policy: 'any_time_with_reason', comment: 'x', acted: true, answer: 'withdrawn', because: 'any time' },
    { policy: 'never', comment: 'x', acted: false, answer: 'not_allowed', because: 'the template says so' },
  ])('$policy → $answer: $because', ({ policy, comment, acted, answer }) => {
    const story = acted ? then(approval(policy), 'ann', { type: 'agree' }) : approval(policy);
    const result = tries(story, 'rita', { type: 'withdraw', comment });
    expect('refused' in result ? result.refused : result.ticket.status).toBe(answer);
  });

  it('is the requester’s and the filer’s, nobody else’s', () => {
    const story = approval('any_time_with_reason', 'dee');
    expect(tries(story, 'dee', { type: 'withdraw' })).toHaveProperty('ticket');
    expect(tries(story, 'ann', { type: 'withdraw' })).toMatchObject({ refused: 'not_allowed' });
  });

  it('is possible again once the form came back', () => {
    const back = then(approval('until_first_act'), 'ann', { type: 'return', to: 'filing' });
    const own = { ...back, template: { ...back.template, acts: acts({ withdraw: 'until_first_act' }) } };
    expect(tries(own, 'rita', { type: 'withdraw', comment: '' })).toHaveProperty('ticket');
    expect(tries(then(own, 'rita', { type: 'submit' }), 'rita', { type: 'withdraw' })).toHaveProperty('ticket');
  });
});

describe('comment', () => {
  it('is told to the requester and whoever has the ticket, but not to its author', () => {
    const story = then(pool(), 'bo', { type: 'comment', comment: ' which printer? ' });
    expect(story.effects).toEqual([
      { type: 'tell', to: [id('rita'), id('ann')], notice: { kind: 'comment', by: id('bo'), text: 'which printer?' } },
    ]);
    expect(story.ticket.firstResponseAt).toBe(story.env.now);
    expect(then(pool(), 'rita', { type: 'comment', comment: 'hello?' }).ticket.firstResponseAt).toBeNull();
    expect(then(pool(), 'adam', { type: 'comment', comment: 'anyone?' }).ticket.firstResponseAt).toBeNull();
  });

  it.each<{ by: Name; text: string; refused: string; because: string }>([
    { by: 'cy', text: 'hi', refused: 'not_allowed', because: 'they have no part in it' },
    { by: 'ann', text: ' ', refused: 'comment_required', because: 'it says nothing' },
  ])('is refused to $by: $because', ({ by, text, refused }) => {
    expect(tries(pool(), by, { type: 'comment', comment: text })).toMatchObject({ refused });
  });

  it('is for whoever takes part or took part, and for dispatchers', () => {
    const directory = aDirectory({ roles: { 派单员: ['dee'] } });
    const story = then(filed(aTemplate([aHandle('work', users('ann'))]), { directory }), 'ann', {
      type: 'transfer',
      person: id('bo'),
    });
    for (const name of ['rita', 'ann', 'bo', 'dee', 'adam'] as const)
      expect(types(then(story, name, { type: 'comment', comment: 'hm' }).events)).toContain('comment.added');
    expect(tries(story, 'cy', { type: 'comment', comment: 'hm' })).toMatchObject({ refused: 'not_allowed' });
  });

  it('may be pictures alone, and ends with the ticket', () => {
    expect(tries(pool(), 'ann', { type: 'comment', comment: '', files: [7] })).toHaveProperty('ticket');
    const over = then(pool(), 'rita', { type: 'withdraw' });
    expect(tries(over, 'rita', { type: 'comment', comment: 'hi' })).toMatchObject({
      refused: 'ticket_closed',
      facts: { number: 'T-0001', status: 'withdrawn' },
    });
  });
});

describe('whoever acts', () => {
  it.each<{ by: Name; change: object; refused: string; because: string }>([
    { by: 'cy', change: { task: 2 }, refused: 'not_your_task', because: 'it is another’s' },
    { by: 'ann', change: { task: 99 }, refused: 'task_not_found', because: 'no such task' },
    { by: 'ann', change: { ticketVersion: 2 }, refused: 'changed_meanwhile', because: 'another ticket version' },
    { by: 'ann', change: { taskVersion: 2 }, refused: 'changed_meanwhile', because: 'another task version' },
  ])('is told no: $because', ({ by, change, refused }) => {
    expect(tries(mine(), by, { type: 'accept', ...change })).toMatchObject({ refused });
  });

  it('is heard with the right versions, and not once they have left', () => {
    expect(tries(mine(), 'ann', { type: 'accept', ticketVersion: 1, taskVersion: 1 })).toHaveProperty('ticket');
    const env = { ...mine().env, directory: aDirectory({ gone: ['ann'] }) };
    expect(tries(mine(), 'ann', { type: 'accept' }, env)).toMatchObject({ refused: 'unknown_person' });
  });

  it('is refused without a ticket', () => {
    const story = mine();
    const one = command(story, 'ann', { type: 'accept' });
    expect(step(story.template, null, one, story.env)).toMatchObject({ refused: 'ticket_not_found' });
  });
});

describe('what others ask', () => {
  it('possibleActs: the acts of one person, and where a return may lead', () => {
    const story = then(pool(), 'ann', { type: 'complete' });
    const ask = (name: Name) =>
      possibleActs(story.template, story.ticket, id(name), story.env.directory, story.env.now);
    expect(ask('rita')).toEqual({
      ticket: ['comment', 'withdraw', 'cc'],
      tasks: [{ n: 3, acts: ['agree', 'refuse'], returnTargets: [], removable: [] }],
    });
    expect(ask('ann')).toEqual({ ticket: ['comment', 'take_back', 'cc'], tasks: [] });
    expect(ask('dee')).toEqual({ ticket: [], tasks: [] });
    const open = pool();
    expect(possibleActs(open.template, open.ticket, id('bo'), open.env.directory, open.env.now).tasks).toEqual([
      {
        n: 2,
        acts: ['claim', 'accept', 'complete', 'return', 'transfer', 'add_sign', 'delegate'],
        returnTargets: ['filing'],
        removable: [],
      },
    ]);
  });

  it('whoWaits: the candidates of a pool, then the one who took it, then nobody', () => {
    const taken = then(pool(), 'bo', { type: 'claim' });
    expect([whoWaits(pool().ticket), whoWaits(taken.ticket)]).toEqual([[id('ann'), id('bo')], [id('bo')]]);
    expect(whoWaits(then(taken, 'rita', { type: 'withdraw' }).ticket)).toEqual([]);
  });
});
