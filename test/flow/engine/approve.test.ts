/** Approvals: 会签, 或签, 依次, refusal, asking oneself, and asking somebody twice. */
import { describe, expect, it } from '@jest/globals';
import type { ApproveNode, Node } from '../../../src/flow/template.ts';
import {
  aBranch,
  aDirectory,
  aHandle,
  aTemplate,
  anApproval,
  anEnd,
  filed,
  type Name,
  options,
  refold,
  role,
  type Story,
  tasksIn,
  then,
  tries,
  users,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';
import { later, ring, written } from '../../support/written.ts';

type Said = readonly [Name, 'agree' | 'refuse'];
interface Case {
  node: Partial<ApproveNode>;
  said: readonly Said[];
  ends: string;
  because: string;
}
const yes = (name: Name): Said => [name, 'agree'];
const no = (name: Name): Said => [name, 'refuse'];

const cases: Case[] = [
  { node: { mode: 'any' }, said: [yes('ann')], ends: 'approved', because: '或签: the first agreement decides' },
  { node: { mode: 'any' }, said: [no('bo')], ends: 'refused', because: '或签: the first refusal decides too' },
  { node: { mode: 'any', refuseNeeds: 'all' }, said: [no('ann')], ends: 'open', because: 'others may still agree' },
  { node: { mode: 'any', refuseNeeds: 'all' }, said: [no('ann'), yes('bo')], ends: 'approved', because: 'one agreed' },
  {
    node: { mode: 'any', refuseNeeds: 'all' },
    said: [no('ann'), no('bo'), no('cy')],
    ends: 'refused',
    because: 'nobody is left',
  },
  { node: { mode: 'all' }, said: [yes('ann'), yes('bo')], ends: 'open', because: '会签: cy has not decided' },
  {
    node: { mode: 'all' },
    said: [yes('cy'), yes('ann'), yes('bo')],
    ends: 'approved',
    because: '会签: all agreed, in any order',
  },
  {
    node: { mode: 'all' },
    said: [yes('ann'), no('bo')],
    ends: 'refused',
    because: '会签: the first refusal decides at once',
  },
  { node: { mode: 'sequence' }, said: [yes('ann'), yes('bo')], ends: 'open', because: '依次: cy is last' },
  {
    node: { mode: 'sequence' },
    said: [yes('ann'), yes('bo'), yes('cy')],
    ends: 'approved',
    because: '依次: one after the other',
  },
  {
    node: { mode: 'sequence' },
    said: [yes('ann'), no('bo')],
    ends: 'refused',
    because: '依次: a refusal decides at once',
  },
];

const asks = (node: Partial<ApproveNode> = {}): Story =>
  filed(aTemplate([anApproval('approve', users('ann', 'bo', 'cy'), node)]));
const play = (story: Story, said: readonly Said[]): Story =>
  said.reduce((at, [name, type]) => then(at, name, { type }), story);

describe('an approval by ann, bo and cy', () => {
  it.each(cases)('is $ends: $because', ({ node, said, ends }) => {
    const { ticket } = play(asks(node), said);
    expect(ticket.outcome ?? 'open').toBe(ends);
    expect(ticket.tasks.filter(({ state }) => state === 'open').length > 0).toBe(ends === 'open');
  });

  it('ends the tasks of the others as decided, by whom', () => {
    const story = play(asks(), [yes('bo')]);
    expect(tasksIn(story, 'closed')).toEqual(['approve: ann', 'approve: cy']);
    expect(story.events.filter(({ type }) => type === 'task.closed').map(({ data }) => data)).toMatchObject([
      { because: 'decided' },
      { because: 'decided' },
    ]);
    expect(refold(story)).toEqual(story.ticket);
  });

  it('opens one task after the other in a sequence, and shows nobody a card before their turn', () => {
    const story = asks({ mode: 'sequence' });
    expect([tasksIn(story), tasksIn(story, 'waiting')]).toEqual([['approve: ann'], ['approve: bo', 'approve: cy']]);
    expect(story.effects.filter((effect) => effect.type === 'show' && effect.task !== null)).toHaveLength(1);
    expect(tries(story, 'bo', { type: 'agree', task: 3 })).toMatchObject({ refused: 'not_now' });
    const next = play(story, [yes('ann')]);
    expect(tasksIn(next)).toEqual(['approve: bo']);
    expect(next.ticket.tasks[1]?.openedAt).toBe(next.env.now);
  });

  it('tells whoever comes late who was first, and how they decided', () => {
    const story = play(asks(), [no('bo')]);
    const late = { refused: 'task_over', facts: { by: 'bo', result: 'refuse' } };
    expect(tries(story, 'ann', { type: 'agree', task: 2 })).toMatchObject(late);
    expect(tries(story, 'bo', { type: 'agree', task: 3 })).toMatchObject(late);
  });

  it('needs a reason to refuse, and none to agree', () => {
    expect(tries(asks(), 'ann', { type: 'refuse', comment: '  ' })).toMatchObject({ refused: 'comment_required' });
    expect(play(asks(), [yes('ann')]).ticket.status).toBe('closed');
  });

  it('counts an approver’s act as no first response', () => {
    expect(play(asks(), [yes('ann')]).ticket.firstResponseAt).toBeNull();
  });
});

describe('a refusal', () => {
  const twoSteps = (target: string): Story =>
    filed(
      aTemplate([
        aHandle('work', users('ann')),
        anApproval('check', users('bo'), { onRefuse: { kind: 'to', target } }),
      ]),
    );

  it('leads back to an earlier node, as a new visit, to the same handler', () => {
    const story = then(then(twoSteps('work'), 'ann', { type: 'complete' }), 'bo', { type: 'refuse' });
    expect(tasksIn(story)).toEqual(['work: ann']);
    expect(story.ticket).toMatchObject({ status: 'processing', outcome: null, visits: { work: 2, check: 1 } });
  });

  it('leads to the requester’s form, and a new submission runs from the start', () => {
    const story = then(then(twoSteps('filing'), 'ann', { type: 'complete' }), 'bo', { type: 'refuse' });
    expect([tasksIn(story), story.ticket.status]).toEqual([['filing: rita'], 'returned']);
    const again = then(story, 'rita', { type: 'submit', values: { title: 'printer, 3rd floor' } });
    expect(tasksIn(again)).toEqual(['work: ann']);
    expect(again.ticket).toMatchObject({ title: 'printer, 3rd floor', visits: { filing: 1, work: 2 } });
  });

  it('ends the ticket with its reason when nothing else is said', () => {
    const story = play(asks(), [no('ann')]);
    expect(story.ticket).toMatchObject({ status: 'refused', outcome: 'refused' });
    expect(story.events.at(-1)).toMatchObject({ type: 'ticket.closed', personal: { reason: 'because' } });
  });
});

describe('自己审批自己: an approver who is the requester', () => {
  const asksRita = (node: Partial<ApproveNode>, ...people: Name[]): Story =>
    filed(aTemplate([anApproval('approve', users(...people), node)]));

  it.each<{ node: Partial<ApproveNode>; people: Name[]; open: string[]; because: string }>([
    { node: {}, people: ['rita'], open: ['approve: ken'], because: 'superior: their manager is asked' },
    { node: {}, people: ['rita', 'ann'], open: ['approve: ann'], because: 'among others, self is removed first' },
    { node: { mode: 'sequence' }, people: ['rita', 'ann'], open: ['approve: ann'], because: 'in a sequence too' },
    { node: { selfApproval: 'allow' }, people: ['rita'], open: ['approve: rita'], because: 'allowed in writing' },
    { node: { selfApproval: 'skip' }, people: ['rita'], open: [], because: 'skipped in writing' },
    {
      node: { selfApproval: 'skip', control: true },
      people: ['rita'],
      open: ['approve: ken'],
      because: 'control is never passed',
    },
  ])('$because', ({ node, people, open }) => {
    expect(tasksIn(asksRita(node, ...people))).toEqual(open);
  });

  it.each<{ managers: Partial<Record<Name, Name[]>>; gone?: Name[]; open: string; because: string }>([
    {
      managers: { rita: ['ken'] },
      gone: ['ken'],
      open: 'approve: boss',
      because: 'ken left: the head of the department above',
    },
    { managers: { rita: ['rita'] }, open: 'approve: ken', because: 'their own manager: the head of their department' },
    { managers: { rita: ['ann'], ann: ['rita'] }, open: 'approve: ann', because: 'a ring of managers ends' },
    { managers: {}, gone: ['ken', 'boss'], open: 'approve: adam', because: 'nobody above: the flow admin' },
  ])('looks up the line — $because', ({ managers, gone = [], open }) => {
    const directory = aDirectory({ managers, gone });
    expect(tasksIn(filed(aTemplate([anApproval('approve', users('rita'))]), { directory }))).toEqual([open]);
  });

  it('asks the fall-back when nobody is above, but never the requester in it', () => {
    const directory = aDirectory({ managers: {}, gone: ['ken', 'boss'] });
    const ifEmpty = { kind: 'people', of: users('rita', 'dee') } as const;
    const story = filed(aTemplate([anApproval('approve', users('rita'), { ifEmpty })]), { directory });
    expect(tasksIn(story)).toEqual(['approve: dee']);
    expect(story.ticket.tasks[0]?.rule).toBe('users: rita; self_approval: superior; if_empty: users: rita, dee');
  });
});

describe('审批人为空: a rule that finds nobody', () => {
  const empty = users();
  const asksNobody = (node: Partial<ApproveNode>, admins: Name[] = ['adam']): Story =>
    filed(aTemplate([anApproval('approve', empty, node)]), { directory: aDirectory({ admins }) });

  it('goes to the flow admin, who is told, and is on record', () => {
    const story = asksNobody({});
    expect(tasksIn(story)).toEqual(['approve: adam']);
    expect(story.events.map(({ type }) => type)).toContain('people.missing');
    expect(story.effects).toContainEqual(
      expect.objectContaining({ type: 'tell', to: [9], notice: expect.objectContaining({ kind: 'alarm' }) as unknown }),
    );
  });

  it.each<{ node: Partial<ApproveNode>; admins?: Name[]; open: string[]; because: string }>([
    { node: { ifEmpty: { kind: 'approve' } }, open: [], because: 'passes where that is written' },
    {
      node: { ifEmpty: { kind: 'approve' }, control: true },
      open: ['approve: adam'],
      because: 'but never a control node',
    },
    { node: { ifEmpty: { kind: 'people', of: users('dee') } }, open: ['approve: dee'], because: 'asks the fall-back' },
    {
      node: { ifEmpty: { kind: 'people', of: empty } },
      open: ['approve: adam'],
      because: 'an empty fall-back is the admin’s too',
    },
    { node: {}, admins: ['adam', 'eve'], open: ['approve: adam', 'approve: eve'], because: 'any admin may stand in' },
    {
      node: { mode: 'all' },
      admins: ['adam', 'eve'],
      open: ['approve: adam'],
      because: 'one admin is enough where all must agree',
    },
    {
      node: {},
      admins: ['rita', 'eve'],
      open: ['approve: eve'],
      because: 'not the requester while there is another admin',
    },
    {
      node: {},
      admins: ['rita'],
      open: ['approve: rita'],
      because: 'a lone admin decides, on record and with the alarm',
    },
  ])('$because', ({ node, admins, open }) => {
    expect(tasksIn(asksNobody(node, admins))).toEqual(open);
  });

  it('asks the template’s own admin first', () => {
    const template = aTemplate([anApproval('approve', empty)], { admin: role('流程管理员') });
    const directory = aDirectory({ roles: { 流程管理员: ['cy'] } });
    expect(tasksIn(filed(template, { directory }))).toEqual(['approve: cy']);
  });

  it('refuses to strand a ticket in a service without any admin', () => {
    expect(() => asksNobody({}, [])).toThrow('template_faulty');
  });
});

describe('审批人去重: an approver who has just agreed', () => {
  const after = (second: ApproveNode, first: Partial<ApproveNode> = {}, people: Name[] = ['ann']): Story =>
    play(filed(aTemplate([anApproval('first', users(...people), first), second])), [yes('ann')]);
  const second = (people: Name[], node: Partial<ApproveNode> = {}): ApproveNode =>
    anApproval('second', users(...people), node);

  it('is not asked again at the very next step, and the skip says since when', () => {
    const story = after(second(['ann']));
    expect(story.ticket.outcome).toBe('approved');
    expect(story.events).toContainEqual(
      expect.objectContaining({
        type: 'node.skipped',
        data: { node: 'second', because: 'same_approver', from: 'first' },
      }),
    );
  });

  it.each<{ node: Partial<ApproveNode>; first?: Partial<ApproveNode>; because: string }>([
    { node: { dedupe: 'none' }, because: 'dedupe: none' },
    { node: { control: true }, because: 'control' },
    { node: { form: [aField('opinion', 'text', { required: true })] }, because: 'a required field' },
    { node: { fields: { title: 'required' } }, because: 'a required field of the form' },
  ])('is asked again: $because', ({ node }) => {
    expect(tasksIn(after(second(['ann'], node)))).toEqual(['second: ann']);
  });

  it('passes the step for all of 或签, and only for themselves in 会签 and 依次', () => {
    expect(after(second(['ann', 'bo'])).ticket.outcome).toBe('approved');
    expect(tasksIn(after(second(['ann', 'bo'], { mode: 'all' })))).toEqual(['second: bo']);
    const inTurn = after(second(['ann', 'bo', 'cy'], { mode: 'sequence' }));
    expect([tasksIn(inTurn), tasksIn(inTurn, 'waiting')]).toEqual([['second: bo'], ['second: cy']]);
    expect(inTurn.events.find(({ type }) => type === 'node.skipped')?.data).toMatchObject({ people: [2] });
  });

  it('is asked again when somebody else could have changed the form since', () => {
    const writable = { mode: 'sequence', fields: { title: 'editable' } } as const;
    const story = filed(
      aTemplate([anApproval('first', users('ann', 'bo'), writable), second(['ann', 'bo'], { mode: 'all' })]),
    );
    expect(tasksIn(play(story, [yes('ann'), yes('bo')]))).toEqual(['second: ann']);
  });

  it('is asked again where another step came between, unless every earlier one counts', () => {
    const three = (dedupe: ApproveNode['dedupe']): Story =>
      play(
        filed(
          aTemplate([
            anApproval('a', users('ann')),
            anApproval('b', users('bo')),
            anApproval('c', users('ann'), { dedupe }),
          ]),
        ),
        [yes('ann'), yes('bo')],
      );
    expect(tasksIn(three('consecutive'))).toEqual(['c: ann']);
    expect(three('first').ticket.outcome).toBe('approved');
  });

  it('is asked again after a refusal that led back', () => {
    const back = anApproval('b', users('bo'), { onRefuse: { kind: 'to', target: 'a' } });
    const story = filed(aTemplate([anApproval('a', users('ann')), back, anApproval('c', users('bo'))]));
    const forward = play(story, [yes('ann'), no('bo'), yes('ann'), yes('bo')]);
    expect(tasksIn(forward)).toEqual(['c: bo']);
  });

  it('is asked again where a refusal, or a timeout, led back to their own step', () => {
    const nodes = (b: Partial<ApproveNode>) => [
      anApproval('a', users('ann'), { dedupe: 'first' }),
      anApproval('b', users('bo'), b),
    ];
    const refused = filed(aTemplate(nodes({ onRefuse: { kind: 'to', target: 'a' } })));
    expect(tasksIn(play(refused, [yes('ann'), no('bo')]))).toEqual(['a: ann']);
    const late = { after: { kind: 'wall', ms: 3_600_000 }, then: { kind: 'return', to: 'a' } } as const;
    expect(tasksIn(ring(play(filed(aTemplate(nodes({ timeout: [late] }))), [yes('ann')])))).toEqual(['a: ann']);
  });

  it('is asked again after any return', () => {
    const story = filed(
      aTemplate([anApproval('a', users('ann')), anApproval('b', users('bo')), anApproval('c', users('bo'))]),
    );
    const returned = then(then(story, 'ann', { type: 'agree' }), 'bo', { type: 'return', to: 'a' });
    const forward = play(returned, [yes('ann'), yes('bo')]);
    expect(tasksIn(forward)).toEqual(['c: bo']);
  });

  it('counts in a share: enough for the whole step, or everybody is asked', () => {
    expect(after(second(['ann', 'bo'], { mode: { min: 1 } })).ticket.outcome).toBe('approved');
    const asked = after(second(['ann', 'bo', 'cy'], { mode: { percent: 60 } }));
    expect(tasksIn(asked)).toEqual(['second: ann', 'second: bo', 'second: cy']);
  });

  it('is asked again once another system has answered in between', () => {
    const story = filed(
      written(`
  - { id: first, approve: 一审, approver: { user: ann } }
  - { id: rate, call: 查汇率, url: 'https://rates.example/now', take: { rate: data.rate } }
  - { id: second, approve: 二审, approver: { user: ann }, dedupe: first }`),
      { values: { title: 'x', kind: '甲' } },
    );
    const [call] = then(story, 'ann', { type: 'agree' }).ticket.calls;
    const answered = later(then(story, 'ann', { type: 'agree' }), {
      type: 'answered',
      key: call?.key ?? '',
      outcome: { ok: true, status: 200, body: { data: { rate: 7 } } },
    });
    expect(tasksIn(answered)).toEqual(['second: ann']);
  });

  it('is asked again once the category was put right in between', () => {
    const form = [
      aField('title', 'text', { means: 'title' }),
      aField('category', 'select', { means: 'category', options: options('x', 'y') }),
    ];
    const nodes = [
      anApproval('a', users('ann')),
      anApproval('b', users('bo')),
      anApproval('c', users('ann'), { dedupe: 'first' }),
    ];
    const story = then(filed(aTemplate(nodes, { form }), { values: { title: 't', category: 'x' } }), 'ann', {
      type: 'agree',
    });
    const sorted = then(story, 'adam', { type: 'recategorize', category: 'y' });
    expect(tasksIn(then(sorted, 'bo', { type: 'agree' }))).toEqual(['c: ann']);
    expect(then(story, 'bo', { type: 'agree' }).ticket.outcome).toBe('approved');
  });

  it('does not count advice, nor what a substitute agreed to in their name', () => {
    const asked = filed(aTemplate([anApproval('first', users('bo')), second(['ann'])]));
    const advised = then(then(asked, 'bo', { type: 'add_sign', how: 'before', people: [2] }), 'ann', { type: 'agree' });
    expect(tasksIn(then(advised, 'bo', { type: 'agree' }))).toEqual(['second: ann']);
    const away = filed(aTemplate([anApproval('first', users('ann')), second(['ann', 'bo'], { mode: 'all' })]), {
      directory: aDirectory({ away: { ann: 'bo' } }),
    });
    expect(tasksIn(then(away, 'bo', { type: 'agree' }))).toEqual(['second: ann', 'second: bo']);
  });
});

describe('审批人去重 last: an approver who is surely asked later', () => {
  const starts = (later: readonly Node[], first: Partial<ApproveNode> = {}): Story =>
    filed(aTemplate([anApproval('first', users('ann'), { dedupe: 'last', ...first }), ...later]));
  const at = (people: Name[], node: Partial<ApproveNode> = {}): ApproveNode =>
    anApproval('later', users(...people), { dedupe: 'none', ...node });
  const bo = anApproval('between', users('bo'));

  it('passes here, and the skip names the step', () => {
    const story = starts([bo, at(['ann'])]);
    expect(tasksIn(story)).toEqual(['between: bo']);
    expect(story.events).toContainEqual(
      expect.objectContaining({
        type: 'node.skipped',
        data: { node: 'first', because: 'same_approver', from: 'later' },
      }),
    );
    expect(tasksIn(then(story, 'bo', { type: 'agree' }))).toEqual(['later: ann']);
  });

  it('passes at each but the last', () => {
    const story = starts([at(['ann'], { dedupe: 'last' }), anApproval('third', users('ann'), { dedupe: 'last' })]);
    expect(tasksIn(story)).toEqual(['third: ann']);
    expect(then(story, 'ann', { type: 'agree' }).ticket.outcome).toBe('approved');
  });

  it.each<{ later: readonly Node[]; first?: Partial<ApproveNode>; because: string }>([
    { later: [], because: 'nothing follows' },
    { later: [at(['ann'], { when: () => true })], because: 'a `when` may skip it' },
    { later: [at(['ann', 'cy'])], because: '或签: another may decide before them' },
    { later: [at(['ann', 'cy'], { mode: { min: 1 } })], because: 'a share may be reached without them' },
    { later: [at(['ann'], { people: { kind: 'field', field: 'who' } })], because: 'a field may change' },
    { later: [anEnd('stop'), at(['ann'])], because: 'the ticket ends before' },
    {
      later: [
        aBranch(
          'way',
          [
            { name: 'a', when: () => false, to: 'stop' },
            { name: 'b', when: null, to: null },
          ],
          { next: 'later' },
        ),
        anEnd('stop'),
        at(['ann']),
      ],
      because: 'one of the ways may end it',
    },
    { later: [at(['ann'])], first: { control: true }, because: 'control' },
    { later: [at(['ann'])], first: { fields: { title: 'required' } }, because: 'a required field' },
  ])('is asked here: $because', ({ later, first }) => {
    expect(tasksIn(starts(later, first))).toEqual(['first: ann']);
  });

  it('is asked in a sequence and in 会签 all the same', () => {
    for (const mode of ['all', 'sequence'] as const)
      expect(tasksIn(starts([bo, at(['ann', 'cy'], { mode })]))).toEqual(['between: bo']);
  });

  it('is asked here after a return', () => {
    const story = then(starts([bo, at(['ann'])]), 'bo', { type: 'return', to: 'filing' });
    expect(tasksIn(then(story, 'rita', { type: 'submit' }))).toEqual(['first: ann']);
  });
});

describe('审批人为空: a supervisor’s rule', () => {
  it.each<{ gone: Name[]; level: number; open: string }>([
    { gone: ['ken'], level: 1, open: 'check: boss' },
    { gone: [], level: 1, open: 'check: ken' },
    { gone: ['boss'], level: 2, open: 'check: adam' },
  ])('tries the next level up, then the fall-back, then the flow admin ($gone, $level)', ({ gone, level, open }) => {
    const people = { kind: 'manager', of: 'requester', level } as const;
    const story = filed(aTemplate([anApproval('check', users(), { people })]), { directory: aDirectory({ gone }) });
    expect(tasksIn(story)).toEqual([open]);
  });
});
