/** The way through a flow: skipping, branching, telling, ending; filing; values; people from the directory. */
import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../src/flow/fold.ts';
import { mayFile } from '../../../src/flow/mayFile.ts';
import { resolve, type Around } from '../../../src/flow/resolve.ts';
import type { Node, Selector, Template } from '../../../src/flow/template.ts';
import {
  aBranch,
  aConfirm,
  aDirectory,
  aHandle,
  aNotice,
  aTemplate,
  anApproval,
  anEnd,
  filed,
  filing,
  frozenStep,
  id,
  type Name,
  nameById,
  NOW,
  options,
  read,
  refold,
  requester,
  role,
  tasksIn,
  then,
  tries,
  types,
  users,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';

const amount = (scope: object): number => Number(read(scope, 'form', 'amount'));
const form = [aField('title', 'text', { means: 'title' }), aField('amount', 'number')];
const asks = (nodes: readonly Node[], value = 0) =>
  filed(aTemplate(nodes, { form }), { values: { title: 't', amount: value } });

describe('a flow', () => {
  const split = [
    aBranch(
      'tier',
      [
        { name: 'small', when: (scope) => amount(scope) < 5, to: null },
        { name: 'large', when: (scope) => amount(scope) > 50, to: 'chief' },
        { name: 'other', when: null, to: 'head' },
      ],
      { next: 'pay' },
    ),
    anApproval('head', users('ken'), { next: 'pay' }),
    anApproval('chief', users('boss'), { next: 'pay' }),
    aHandle('pay', users('dee')),
  ];
  it.each([
    { value: 1, open: 'pay: dee', because: 'an empty case passes' },
    { value: 10, open: 'head: ken', because: 'the default' },
    { value: 99, open: 'chief: boss', because: 'the case that holds' },
  ])('of $value goes to $open: $because', ({ value, open }) => {
    expect(tasksIn(asks(split, value))).toEqual([open]);
  });

  it('goes on after a branch at what follows it', () => {
    expect(tasksIn(then(asks(split, 99), 'boss', { type: 'agree' }))).toEqual(['pay: dee']);
  });

  it('skips a node unless its condition holds, and says so', () => {
    const story = asks([anApproval('big', users('boss'), { when: (scope) => amount(scope) > 50 }), aConfirm('ok')], 1);
    expect(tasksIn(story)).toEqual(['ok: rita']);
    expect(story.events[1]).toMatchObject({ type: 'node.skipped', data: { node: 'big', because: 'when' } });
  });

  it('tells people on the way without waiting for them', () => {
    const story = asks([aNotice('fyi', users('dee', 'eve'), 'in hand'), aConfirm('ok')]);
    expect(story.effects).toContainEqual({
      type: 'tell',
      to: [id('dee'), id('eve')],
      notice: { kind: 'text', text: 'in hand' },
    });
    expect(types(story.events)).toEqual([
      'ticket.filed',
      'node.entered',
      'notice.sent',
      'node.entered',
      'task.opened',
      'status.changed',
    ]);
  });

  it.each<{ nodes: Node[]; status: string; outcome: string; because: string }>([
    { nodes: [], status: 'closed', outcome: 'done', because: 'an empty flow closes at once' },
    { nodes: [anEnd('stop', 'refused')], status: 'refused', outcome: 'refused', because: 'an end may refuse' },
    { nodes: [anEnd('stop', 'approved')], status: 'closed', outcome: 'approved', because: 'an end may approve' },
    { nodes: [anEnd('stop')], status: 'closed', outcome: 'done', because: 'an end closes' },
    {
      nodes: [anApproval('a', users('rita'), { selfApproval: 'skip' })],
      status: 'closed',
      outcome: 'approved',
      because: 'an approval that passed',
    },
  ])('$because', ({ nodes, status, outcome }) => {
    expect(asks(nodes).ticket).toMatchObject({ status, outcome });
  });

  it('ends as done without a confirmation, however it was approved', () => {
    const story = asks([aHandle('work', users('ann')), anApproval('check', users('bo'))]);
    expect(then(then(story, 'ann', { type: 'complete' }), 'bo', { type: 'agree' }).ticket.outcome).toBe('done');
  });

  it('stops a template that runs in a ring instead of hanging', () => {
    const template = aTemplate([aNotice('a', requester), aNotice('b', requester)]);
    const ring: Template = { ...template, nodes: { ...template.nodes, b: { ...aNotice('b', requester), next: 'a' } } };
    expect(() => filed(ring)).toThrow('ring');
  });
});

describe('filing', () => {
  const urgency = aField('urgency', 'radio', {
    means: 'urgency',
    options: options('low', 'high'),
    default: () => 'low',
  });
  const secret = aField('pin', 'number', { encrypt: true });
  const template = aTemplate([aConfirm('ok')], {
    form: [
      aField('topic', 'text', { means: 'title', required: true }),
      urgency,
      secret,
      aField('kind', 'select', { means: 'category', options: options('a') }),
    ],
  });

  it('fills defaults, knows fields by meaning, and keeps personal values apart', () => {
    const { ticket, events } = filed(template, { by: 'dee', values: { topic: 'printer', pin: 7 } });
    expect(ticket).toMatchObject({
      title: 'printer',
      urgency: 'low',
      category: '',
      filerId: id('dee'),
      requesterId: id('rita'),
      version: 1,
      filedAt: NOW,
    });
    expect(events[0]).toMatchObject({
      data: { values: { urgency: 'low', kind: '' } },
      personal: { title: 'printer', values: { topic: 'printer', pin: 7 } },
    });
    expect(Object.keys(events[0]?.type === 'ticket.filed' ? events[0].data.values : {})).toEqual(['urgency', 'kind']);
  });

  it('names a category of several, or a number, as text', () => {
    const kinds = aField('kinds', 'checkbox', { means: 'category', options: options('a', 'b') });
    const grade = aField('grade', 'number', { means: 'urgency' });
    const values = { kinds: ['a', 'b'], grade: 2 };
    const { ticket } = filed(aTemplate([aConfirm('ok')], { form: [kinds, grade] }), { values });
    expect(ticket).toMatchObject({ title: 'a test', category: 'a, b', urgency: '2' });
  });

  it.each<{ values: Record<string, string>; field: string }>([
    { values: {}, field: 'topic' },
    { values: { topic: 't', urgency: 'soon' }, field: 'urgency' },
    { values: { topic: 't', nonsense: 'x' }, field: 'nonsense' },
  ])('names what is wrong: $field', ({ values, field }) => {
    const env = { now: NOW, directory: aDirectory() };
    expect(frozenStep(template, null, filing({ values }), env)).toMatchObject({
      refused: 'bad_input',
      fields: [{ field }],
    });
  });

  it('is open to those whom the template names, and to nobody who has left', () => {
    const closed = { ...template, filing: { who: users('ann'), limit: null } };
    const env = { now: NOW, directory: aDirectory({ gone: ['bo'] }) };
    expect((['ann', 'rita', 'bo'] as const).map((name) => mayFile(closed, id(name), env))).toEqual([
      true,
      false,
      false,
    ]);
    expect((['ann', 'rita', 'bo'] as const).map((name) => mayFile(template, id(name), env))).toEqual([
      true,
      true,
      false,
    ]);
    const values = { topic: 't' };
    expect(frozenStep(closed, null, filing({ values }), env)).toMatchObject({ refused: 'not_allowed' });
    expect(frozenStep(template, null, filing({ values, requester: 'bo' }), env)).toMatchObject({
      refused: 'unknown_person',
    });
  });
});

describe('what is written at a node', () => {
  const total = aField('total', 'number', { formula: (scope) => amount(scope) * 2 });
  const template = aTemplate(
    [
      anApproval('check', users('ann', 'bo'), {
        mode: 'all',
        form: [aField('opinion', 'text', { required: true })],
        fields: { amount: 'required' },
      }),
    ],
    { form: [...form, total] },
  );
  const story = () => filed(template, { values: { title: 't', amount: 4 } });

  it('lands in the node’s own values and, where the node opens them, in the form', () => {
    const after = then(story(), 'ann', { type: 'agree', values: { opinion: 'fine', 'form.amount': 5 } });
    expect(after.ticket.values).toEqual({ form: { title: 't', amount: 5, total: 10 }, check: { opinion: 'fine' } });
    expect(after.events.find(({ type }) => type === 'form.changed')?.data).toMatchObject({
      values: { amount: 5, total: 10 },
      old: { amount: 4, total: 8 },
    });
    expect(refold(after)).toEqual(after.ticket);
  });

  it.each<{ values: Record<string, string | number | null>; field: string; because: string }>([
    { values: {}, field: 'opinion', because: 'required' },
    { values: { opinion: 'x', 'form.amount': null }, field: 'form.amount', because: 'required here' },
    { values: { opinion: 'x', 'form.title': 'y' }, field: 'form.title', because: 'readonly after filing' },
    { values: { opinion: 'x', 'form.nothing': 'y' }, field: 'form.nothing', because: 'no such field' },
    { values: { opinion: 'x', amount: 5 }, field: 'amount', because: 'not a field of the node' },
  ])('refuses $field: $because', ({ values, field }) => {
    expect(tries(story(), 'ann', { type: 'agree', values })).toMatchObject({
      refused: 'bad_input',
      fields: [{ field }],
    });
  });

  it('demands a field that the node requires and the form left empty', () => {
    const empty = filed(template, { values: { title: 't' } });
    const fields = [{ field: 'form.amount' }];
    expect(tries(empty, 'ann', { type: 'agree', values: { opinion: 'x' } })).toMatchObject({ fields });
  });

  it.each(['anything', 'form.title'])('refuses %s at a node that takes nothing', (key) => {
    const story = asks([aHandle('work', users('ann'))]);
    const fields = [{ field: key }];
    expect(tries(story, 'ann', { type: 'complete', values: { [key]: 'x' } })).toMatchObject({
      refused: 'bad_input',
      fields,
    });
  });

  it('is not demanded from whoever refuses', () => {
    expect(then(story(), 'ann', { type: 'refuse' }).ticket.status).toBe('refused');
  });
});

describe('people', () => {
  const directory = aDirectory({ gone: ['bo'], roles: { 法务: ['dee', 'bo', 'eve'], HR: ['ken', 'boss', 'dee'] } });
  const around: Around = {
    directory,
    requesterId: id('rita'),
    assigneeId: id('dee'),
    ticket: null,
    values: { form: { mentor: id('cy'), none: null }, repair: { helper: id('ann') } },
    now: NOW,
    scope: () => ({}),
  };
  const holds = () => true;
  const rows: { selector: Selector; people: Name[]; because: string }[] = [
    { selector: requester, people: ['rita'], because: 'requester' },
    { selector: { kind: 'assignee' }, people: ['dee'], because: 'assignee' },
    {
      selector: { kind: 'users', accounts: ['ANN', 'bo', 'nobody'] },
      people: ['ann'],
      because: 'accounts in any case, who is there',
    },
    { selector: role('法务'), people: ['dee', 'eve'], because: 'a role, without leavers' },
    { selector: role('nothing'), people: [], because: 'no such role' },
    { selector: { kind: 'role', role: 'HR', in: () => 'law' }, people: ['dee'], because: 'a role in a department' },
    { selector: { kind: 'role', role: 'HR', in: () => 'IT部' }, people: ['ken'], because: 'a department by name' },
    {
      selector: { kind: 'role', role: '法务', in: () => 'it' },
      people: [],
      because: 'nobody of the role is responsible',
    },
    { selector: { kind: 'department', name: '法务部' }, people: ['dee', 'eve'], because: 'members' },
    { selector: { kind: 'department', name: '总公司/法务部' }, people: ['dee', 'eve'], because: 'members by path' },
    {
      selector: { kind: 'department', name: '总公司' },
      people: ['boss', 'adam', 'rita', 'ann', 'cy', 'ken', 'dee', 'eve'],
      because: 'with those below',
    },
    { selector: { kind: 'department_head', of: 'requester', level: 1 }, people: ['ken'], because: 'head' },
    { selector: { kind: 'department_head', of: 'requester', level: 2 }, people: ['boss'], because: 'head, one up' },
    { selector: { kind: 'department_head', of: 'requester', level: 3 }, people: [], because: 'above the top' },
    {
      selector: { kind: 'department_head', of: { name: '法务部' }, level: 1 },
      people: ['eve'],
      because: 'head of a named one',
    },
    { selector: { kind: 'manager', of: 'requester', level: 1 }, people: ['ken'], because: 'manager' },
    { selector: { kind: 'manager', of: 'assignee', level: 2 }, people: ['boss'], because: 'manager’s manager' },
    { selector: { kind: 'manager', of: 'requester', level: 3 }, people: [], because: 'above the top' },
    { selector: { kind: 'field', field: 'mentor' }, people: ['cy'], because: 'a form’s field' },
    { selector: { kind: 'field', field: 'repair.helper' }, people: ['ann'], because: 'a node’s field' },
    { selector: { kind: 'field', field: 'none' }, people: [], because: 'an empty field' },
    {
      selector: { kind: 'together', all: [users('ann'), users('ann')] },
      people: ['ann'],
      because: 'one person by two rules',
    },
    {
      selector: { kind: 'together', all: [users('dee', 'ann'), role('法务')] },
      people: ['dee', 'ann', 'eve'],
      because: 'a union, each once',
    },
    {
      selector: {
        kind: 'first',
        cases: [
          { when: () => false, of: users('ann') },
          { when: holds, of: users('cy') },
          { when: null, of: users('dee') },
        ],
      },
      people: ['cy'],
      because: 'the first that holds',
    },
    {
      selector: { kind: 'first', cases: [{ when: () => false, of: users('ann') }] },
      people: [],
      because: 'none that holds',
    },
  ];
  it.each(rows)('$because', ({ selector, people }) => {
    expect(resolve(selector, around).people.map(nameById)).toEqual(people);
  });

  it('looks past a manager who has left', () => {
    const without = { ...around, directory: aDirectory({ gone: ['ken'] }) };
    expect(resolve({ kind: 'manager', of: 'requester', level: 1 }, without).people.map(nameById)).toEqual(['boss']);
    expect(resolve({ kind: 'department_head', of: 'requester', level: 1 }, without).people.map(nameById)).toEqual([
      'boss',
    ]);
  });

  it('asks nobody by a name that two departments share', () => {
    const law = directory.departments.get('hq/law');
    if (!law) throw new Error('no law');
    const twin = { ...law, key: 'law2', path: '总公司/二部/法务部', members: [id('ann')] };
    const two = { ...directory, departments: new Map([...directory.departments, ['hq/law2', twin]]) };
    const found = (name: string) =>
      resolve({ kind: 'department', name }, { ...around, directory: two }).people.map(nameById);
    expect([found('法务部'), found('二部/法务部')]).toEqual([[], ['ann']]);
  });

  it('knows who handled a node last', () => {
    const back = anApproval('thanks', { kind: 'handler_of', node: 'work' });
    const story = asks([aHandle('work', users('ann', 'cy')), back]);
    expect(tasksIn(then(story, 'cy', { type: 'complete' }))).toEqual(['thanks: cy']);
  });
});

describe('fold', () => {
  it('knows who has the ticket now, and keeps the last one when nobody has', () => {
    const story = then(asks([aHandle('a', users('ann')), aHandle('b', users('bo', 'cy'))]), 'ann', {
      type: 'complete',
    });
    expect(story.ticket.assigneeId).toBe(id('ann'));
    expect(then(story, 'cy', { type: 'claim' }).ticket.assigneeId).toBe(id('cy'));
  });

  it('needs a filing first', () => {
    expect(() => fold([])).toThrow('without an event');
    expect(() => fold(asks([aConfirm('ok')]).events.slice(1))).toThrow('cannot begin with');
  });
});
