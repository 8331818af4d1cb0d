/** A service ticket's way: filed, taken, done, approved where it must be, confirmed. Rows S39 to S45 of the requirements. */
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '../../../src/lib/refusal.ts';
import {
  aConfirm,
  aDirectory,
  aHandle,
  aTemplate,
  anApproval,
  filed,
  id,
  options,
  read,
  refold,
  role,
  tasksIn,
  then,
  tries,
  type Story,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';

const directory = aDirectory({ roles: { 工程师: ['ann', 'bo'], IT主管: ['ken'] } });
const repair = aTemplate(
  [
    aHandle('repair', role('工程师'), {
      form: [
        aField('solution', 'textarea', { required: true }),
        aField('effort', 'number', { required: true, min: 0 }),
        aField('core', 'switch'),
      ],
    }),
    anApproval('supervise', role('IT主管'), {
      when: (scope) => read(scope, 'form', 'urgency') === '非常紧急' || read(scope, 'repair', 'core') === true,
      onRefuse: { kind: 'to', target: 'repair' },
      control: true,
    }),
    aConfirm('confirm', { onRefuse: { kind: 'to', target: 'repair' } }),
  ],
  {
    form: [
      aField('title', 'text', { means: 'title', required: true }),
      aField('urgency', 'radio', { means: 'urgency', options: options('一般', '紧急', '非常紧急') }),
    ],
  },
);
const done = { type: 'complete', values: { solution: 'new roller', effort: 1.5, core: false } } as const;
const file = (urgency = '一般'): Story => filed(repair, { directory, values: { title: '打印机卡纸', urgency } });

describe('a repair', () => {
  it('S38: waits as one pool task of all engineers, and says why they were asked', () => {
    const story = file();
    expect(tasksIn(story)).toEqual(['repair: ann|bo']);
    expect(story.ticket).toMatchObject({ status: 'pending', assigneeId: null, title: '打印机卡纸', urgency: '一般' });
    expect(story.ticket.tasks[0]?.rule).toBe('role: 工程师');
  });

  it('shows its end to the requester; who had a duty before keeps the card that says what became of it', () => {
    const solved = then(then(then(file(), 'ann', { type: 'claim' }), 'ann', done), 'rita', { type: 'agree' });
    expect(solved.ticket.status).toBe('closed');
    const cards = solved.effects.flatMap((effect) => (effect.type === 'show' ? [[effect.personId, effect.task]] : []));
    const confirm = solved.ticket.tasks[1]?.n;
    expect(cards).toEqual([
      [id('rita'), null],
      [id('rita'), confirm],
    ]);
  });

  it('shows a card about a duty that is over anew when what it tells was filled in again', () => {
    const unsolved = { type: 'refuse', comment: 'still stuck' } as const;
    const again = then(then(then(then(file(), 'ann', { type: 'claim' }), 'ann', done), 'rita', unsolved), 'ann', {
      ...done,
      values: { ...done.values, solution: 'another roller' },
    });
    const cards = again.effects.flatMap((effect) => (effect.type === 'show' ? [[effect.personId, effect.task]] : []));
    const [first, asked] = again.ticket.tasks.map(({ n }) => n);
    expect(cards).toEqual(expect.arrayContaining([[id('ann'), first], [id('bo'), first], [id('rita'), asked]])); // prettier-ignore
  });

  it('counts a claim as acceptance, and tells the requester once', () => {
    const story = then(file(), 'ann', { type: 'claim' });
    expect(story.ticket).toMatchObject({ status: 'processing', assigneeId: id('ann'), firstResponseAt: story.env.now });
    expect(story.effects.filter(({ type }) => type === 'tell')).toEqual([
      { type: 'tell', to: [id('rita')], notice: { kind: 'accepted', by: id('ann') } },
    ]);
  });

  it('S39, S40: is not done without solution and effort', () => {
    const refusal = tries(then(file(), 'ann', { type: 'claim' }), 'ann', {
      type: 'complete',
      values: { solution: 'x' },
    });
    expect(isRefusal(refusal) && refusal).toMatchObject({ refused: 'bad_input', fields: [{ field: 'effort' }] });
  });

  it.each([
    { urgency: '非常紧急', core: false, waits: 'supervise: ken', because: 'S41: very urgent' },
    { urgency: '一般', core: true, waits: 'supervise: ken', because: 'S41: it touches a core system' },
    { urgency: '紧急', core: false, waits: 'confirm: rita', because: 'S42: otherwise straight to the next step' },
  ])('$because → $waits', ({ urgency, core, waits }) => {
    const story = then(file(urgency), 'ann', { type: 'complete', values: { ...done.values, core } });
    expect(tasksIn(story)).toEqual([waits]);
  });

  it('S43, S44: the requester confirms, and the flow ends', () => {
    const story = then(then(file(), 'bo', done), 'rita', { type: 'agree' });
    expect(story.ticket).toMatchObject({ status: 'closed', outcome: 'confirmed', closedAt: story.env.now, tokens: [] });
    expect(story.ticket.resolvedAt).toBe(story.env.now - 60_000);
    expect(refold(story)).toEqual(story.ticket);
  });

  it('S45: not solved needs an explanation, and goes back to the same handler as processing', () => {
    const story = then(file(), 'bo', done);
    expect(tries(story, 'rita', { type: 'refuse', comment: ' ' })).toMatchObject({ refused: 'comment_required' });
    const back = then(story, 'rita', { type: 'refuse', comment: 'still jams' });
    expect(tasksIn(back)).toEqual(['repair: bo']);
    expect(back.ticket).toMatchObject({ status: 'processing', resolvedAt: null, visits: { repair: 2 } });
    expect(back.effects.some(({ type }) => type === 'tell')).toBe(false);
  });
});
