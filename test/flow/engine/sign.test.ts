/** 加签, 减签 and 委托: people who are asked beside those of the step's own rule. */
import { describe, expect, it } from '@jest/globals';
import { possibleActs } from '../../../src/flow/query.ts';
import type { ApproveNode } from '../../../src/flow/template.ts';
import { wantsOf } from '../../../src/flow/wants.ts';
import type { SignWay } from '../../../src/flow/ticket.ts';
import {
  aConfirm,
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
  users,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';
import { ring } from '../../support/written.ts';

const last = anApproval('last', users('boss'), { dedupe: 'none' });
const asks = (node: Partial<ApproveNode> = {}, ...people: Name[]): Story =>
  filed(aTemplate([anApproval('check', users(...(people.length > 0 ? people : ['ann' as const])), node), last]));
const add = (how: SignWay, ...people: Name[]) => ({ type: 'add_sign', how, people: people.map(id) }) as const;
const stands = (story: Story) => ({
  open: tasksIn(story),
  waiting: tasksIn(story, 'waiting'),
  delegated: tasksIn(story, 'delegated'),
});
const told = ({ effects }: Story, kind: string) =>
  effects.flatMap((effect) => (effect.type === 'tell' && effect.notice.kind === kind ? effect.to : []));
const same = (story: Story): void => expect(refold(story)).toEqual(story.ticket);

describe('加签 before', () => {
  const asked = (node?: Partial<ApproveNode>): Story =>
    then(asks(node), 'ann', { ...add('before', 'dee', 'eve'), comment: '合规吗' });

  it('sets my task aside while the added answer, and brings it back when all have', () => {
    let story = asked();
    expect(stands(story)).toEqual({ open: ['check: dee', 'check: eve'], waiting: ['check: ann'], delegated: [] });
    expect(story.ticket.tasks.slice(1)).toMatchObject([
      { kind: 'approve', via: 'before', parent: story.ticket.tasks[0]?.n },
      { kind: 'approve', via: 'before', parent: story.ticket.tasks[0]?.n },
    ]);
    expect(told(story, 'asked')).toEqual([id('dee'), id('eve')]);
    expect(tries(story, 'ann', { type: 'agree', task: story.ticket.tasks[0]?.n ?? 0 })).toMatchObject({
      refused: 'not_now',
    });
    story = then(story, 'dee', { type: 'agree', comment: '没问题' });
    expect(tasksIn(story)).toEqual(['check: eve']);
    expect(told(story, 'advice')).toEqual([id('ann')]);
    story = then(story, 'eve', { type: 'agree' });
    expect(stands(story)).toEqual({ open: ['check: ann'], waiting: [], delegated: [] });
    same(story);
    expect(tasksIn(then(story, 'ann', { type: 'agree' }))).toEqual(['last: boss']);
  });

  it('refused: comes back as advice and decides nothing', () => {
    let story = then(asked(), 'dee', { type: 'refuse', comment: '不合规' });
    expect(story.effects).toContainEqual({
      type: 'tell',
      to: [id('ann')],
      notice: { kind: 'advice', by: id('dee'), refused: true, text: '不合规' },
    });
    story = then(story, 'eve', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['check: ann']);
    expect(tasksIn(then(story, 'ann', { type: 'agree' }))).toEqual(['last: boss']);
  });

  it('binding: their refusal decides the step at once', () => {
    const { acts } = anApproval('x', users());
    const story = then(asked({ acts: { ...acts, addSign: 'binding' } }), 'dee', { type: 'refuse', comment: '不合规' });
    expect(story.ticket).toMatchObject({ status: 'refused', outcome: 'refused' });
    expect(tasksIn(story, 'closed')).toEqual(['check: ann', 'check: eve']);
  });

  it('asks for help at work: the added answer in words, and the work comes back', () => {
    let story = filed(aTemplate([aHandle('work', users('ann', 'bo')), aConfirm('ok')]));
    story = then(story, 'ann', add('before', 'dee'));
    expect(stands(story)).toEqual({ open: ['work: dee'], waiting: ['work: ann'], delegated: [] });
    expect([story.ticket.status, story.ticket.assigneeId]).toEqual(['processing', id('ann')]);
    expect(tries(story, 'dee', { type: 'complete' })).toMatchObject({ refused: 'not_now' });
    expect(tries(story, 'dee', { type: 'advise', comment: ' ' })).toMatchObject({ refused: 'comment_required' });
    story = then(story, 'dee', { type: 'advise', comment: '换电源' });
    expect(tasksIn(story)).toEqual(['work: ann']);
    expect(story.ticket.resolvedAt).toBeNull();
    same(story);
    expect(tasksIn(then(story, 'ann', { type: 'complete' }))).toEqual(['ok: rita']);
  });

  it('leaves the step’s form to whoever decides', () => {
    const form = [aField('opinion', 'text', { required: true })];
    const story = then(asks({ form }), 'ann', add('before', 'dee'));
    expect(tries(story, 'dee', { type: 'agree', values: { opinion: 'x' } })).toMatchObject({
      refused: 'unknown_field',
    });
    const back = then(story, 'dee', { type: 'agree' });
    expect(tries(back, 'ann', { type: 'agree' })).toMatchObject({ refused: 'bad_input' });
  });

  it('goes one step: who advises asks nobody, sends nothing back, but may pass the question on', () => {
    const story = asked();
    for (const wish of [
      add('before', 'cy'),
      { type: 'delegate', person: id('cy') },
      { type: 'return', to: 'filing' },
    ] as const)
      expect(tries(story, 'dee', wish)).toMatchObject({ refused: 'not_now' });
    expect(tasksIn(then(story, 'dee', { type: 'transfer', person: id('cy') }))).toEqual(['check: cy', 'check: eve']);
  });

  it('lets my task go to another, who then decides with the advice', () => {
    const moved = then(asked(), 'ann', { type: 'transfer', person: id('cy'), task: 2 });
    expect(stands(moved)).toMatchObject({ waiting: ['check: cy'] });
    const story = then(then(moved, 'dee', { type: 'agree' }), 'eve', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['check: cy']);
    same(story);
  });

  it('does not hold up others: what they decide closes all', () => {
    const story = then(then(asks({ mode: 'any' }, 'ann', 'bo'), 'ann', add('before', 'dee')), 'bo', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['last: boss']);
    expect(tasksIn(story, 'closed')).toEqual(['check: ann', 'check: dee']);
  });

  it('in a sequence keeps the place of whoever asked', () => {
    let story = then(asks({ mode: 'sequence' }, 'ann', 'bo'), 'ann', add('before', 'dee'));
    expect(stands(story)).toMatchObject({ open: ['check: dee'], waiting: ['check: ann', 'check: bo'] });
    story = then(story, 'dee', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['check: ann']);
    expect(tasksIn(then(story, 'ann', { type: 'agree' }))).toEqual(['check: bo']);
  });

  it('climbs the step’s ladder for the added; who never answers is gone without', () => {
    const hour = { kind: 'wall', ms: 3_600_000 } as never;
    const timeout = [{ after: hour, then: { kind: 'approve' } }] as const;
    const story = then(asks({ timeout }), 'ann', add('before', 'dee'));
    expect(story.ticket.timers.map(({ key }) => key)).toEqual(['task 3']);
    const back = ring(story);
    expect(tasksIn(back)).toEqual(['check: ann']);
    expect(told(back, 'reminder')).toEqual([id('ann')]);
    expect(back.ticket.timers.map(({ key }) => key)).toEqual(['task 2']);
    same(back);
  });
});

describe('加签 after', () => {
  it('records my agreement at once, and the step ends when the added have agreed', () => {
    const form = [aField('opinion', 'text', { required: true })];
    const ask = asks({ form });
    expect(tries(ask, 'ann', add('after', 'dee'))).toMatchObject({ refused: 'bad_input' });
    const story = then(ask, 'ann', { ...add('after', 'dee', 'eve'), values: { opinion: 'fine' } });
    expect(tasksIn(story, 'done:agree')).toEqual(['check: ann']);
    expect(story.ticket.values['check']).toEqual({ opinion: 'fine' });
    const one = then(story, 'dee', { type: 'agree', values: { opinion: 'good' } });
    expect(tasksIn(one)).toEqual(['check: eve']);
    expect(tasksIn(then(one, 'eve', { type: 'agree', values: { opinion: 'ok' } }))).toEqual(['last: boss']);
    same(one);
  });

  it('refused: decides the step', () => {
    const story = then(then(asks(), 'ann', add('after', 'dee')), 'dee', { type: 'refuse', comment: '超预算' });
    expect(story.ticket.outcome).toBe('refused');
    expect(story.events.at(-1)).toMatchObject({ personal: { reason: '超预算' } });
  });

  it('in 或签 closes the others at once: the first has decided', () => {
    const story = then(asks({ mode: 'any' }, 'ann', 'bo'), 'ann', add('after', 'dee'));
    expect([tasksIn(story), tasksIn(story, 'closed')]).toEqual([['check: dee'], ['check: bo']]);
    expect(tasksIn(then(story, 'dee', { type: 'agree' }))).toEqual(['last: boss']);
  });

  it('in 会签 waits for the others as well as for the added', () => {
    const story = then(asks({ mode: 'all' }, 'ann', 'bo'), 'ann', add('after', 'dee'));
    expect(tasksIn(story)).toEqual(['check: bo', 'check: dee']);
    const agreed = then(story, 'dee', { type: 'agree' });
    expect(tasksIn(agreed)).toEqual(['check: bo']);
    expect(tasksIn(then(agreed, 'bo', { type: 'agree' }))).toEqual(['last: boss']);
  });

  it('in a sequence comes before the next one’s turn', () => {
    let story = then(asks({ mode: 'sequence' }, 'ann', 'bo'), 'ann', add('after', 'dee'));
    expect(stands(story)).toMatchObject({ open: ['check: dee'], waiting: ['check: bo'] });
    story = then(story, 'dee', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['check: bo']);
  });

  it('lets the added ask in turn, before and after', () => {
    let story = then(then(asks(), 'ann', add('after', 'dee')), 'dee', add('before', 'eve'));
    expect(stands(story)).toMatchObject({ open: ['check: eve'], waiting: ['check: dee'] });
    story = then(then(story, 'eve', { type: 'agree' }), 'dee', add('after', 'cy'));
    expect(tasksIn(story)).toEqual(['check: cy']);
    expect(tasksIn(then(story, 'cy', { type: 'agree' }))).toEqual(['last: boss']);
  });
});

describe('加签 parallel', () => {
  it.each<{ mode: ApproveNode['mode']; agree: Name[]; because: string }>([
    { mode: 'all', agree: ['ann', 'bo', 'dee'], because: 'all three must agree now' },
    { mode: { percent: 60 }, agree: ['ann', 'dee'], because: '60% of three, rounded up, are two' },
    { mode: { min: 2 }, agree: ['dee', 'bo'], because: 'any two of the three' },
  ])('counts as one more task of the rule: $because', ({ mode, agree }) => {
    let story = then(asks({ mode }, 'ann', 'bo'), 'ann', add('parallel', 'dee'));
    for (const [i, name] of agree.entries()) {
      expect(story.ticket.visits['last']).toBeUndefined();
      story = then(story, name, { type: 'agree' });
      expect(story.ticket.visits['last'] === 1).toBe(i === agree.length - 1);
    }
    same(story);
  });

  it('is refused where one decides, or one after the other', () => {
    for (const mode of ['any', 'sequence'] as const) {
      const story = asks({ mode }, 'ann', 'bo');
      expect(tries(story, 'ann', add('parallel', 'dee'))).toMatchObject({
        refused: 'bad_input',
        fields: [expect.objectContaining({ field: 'how' })],
      });
      const { template, ticket } = story;
      const [how] = wantsOf({ template, ticket, task: taskOf(story, 'ann') ?? null }, 'add_sign').filter(
        ({ part }) => part === 'how',
      );
      expect(how?.options).toEqual(['before', 'after']);
    }
  });
});

describe('加签: who may be added', () => {
  it.each<{ people: Name[]; gone?: Name[]; refused: string; because: string }>([
    { people: [], refused: 'bad_input', because: 'nobody' },
    { people: ['dee', 'dee'], refused: 'bad_input', because: 'twice' },
    { people: ['ann'], refused: 'bad_input', because: 'oneself' },
    { people: ['bo'], refused: 'bad_input', because: 'who decides here already' },
    { people: ['rita'], refused: 'bad_input', because: 'the requester, at an approval' },
    { people: ['cy'], gone: ['cy'], refused: 'unknown_person', because: 'who has left' },
  ])('not $because', ({ people, gone = [], refused }) => {
    const story = filed(aTemplate([anApproval('check', users('ann', 'bo'), { mode: 'all' })]), {
      directory: aDirectory({ gone }),
    });
    for (const how of ['before', 'after', 'parallel'] as const)
      expect(tries(story, 'ann', add(how, ...people))).toMatchObject({ refused });
  });

  it('not again who has decided, but again who has only advised', () => {
    let story = then(asks({ mode: 'all' }, 'ann', 'bo'), 'ann', { type: 'agree' });
    expect(tries(story, 'bo', add('before', 'ann'))).toMatchObject({ refused: 'bad_input' });
    story = then(then(story, 'bo', add('before', 'dee')), 'dee', { type: 'agree' });
    expect(tasksIn(then(story, 'bo', add('before', 'dee')))).toEqual(['check: dee']);
  });

  it('nobody where the template says never', () => {
    const { acts } = anApproval('x', users());
    const story = asks({ acts: { ...acts, addSign: 'never' } });
    expect(tries(story, 'ann', add('before', 'dee'))).toMatchObject({ refused: 'not_allowed' });
  });
});

describe('减签', () => {
  const asked = (): Story => then(asks(), 'ann', add('before', 'dee', 'eve'));
  const off = (person: Name, task: number) => ({ type: 'remove_sign', person: id(person), task }) as const;

  it('before: the last one off, or answered, brings my task back', () => {
    let story = then(asked(), 'ann', off('dee', 2));
    expect(stands(story)).toMatchObject({ open: ['check: eve'], waiting: ['check: ann'] });
    expect(tasksIn(story, 'removed')).toEqual(['check: dee']);
    story = then(story, 'ann', off('eve', 4));
    expect(tasksIn(story)).toEqual(['check: ann']);
    same(story);
  });

  it('is shown on my task and on the added one, to whoever asked and to an admin, and to nobody else', () => {
    const story = asked();
    const ask = (name: Name) =>
      possibleActs(story.template, story.ticket, id(name), story.env.directory, story.env.now).tasks.flatMap(
        ({ n, acts, removable }) => (acts.includes('remove_sign') ? [[n, removable]] : []),
      );
    const all = [
      [2, [id('dee'), id('eve')]],
      [3, [id('dee')]],
      [4, [id('eve')]],
    ];
    expect([ask('ann'), ask('adam'), ask('dee'), ask('rita')]).toEqual([all, all, [], []]);
    const byAdmin = then(then(story, 'adam', off('dee', 3)), 'adam', off('eve', 2));
    expect(tasksIn(byAdmin)).toEqual(['check: ann']);
    expect(told(byAdmin, 'reminder')).toEqual([id('ann')]);
    expect(tries(story, 'dee', off('eve', 4))).toMatchObject({ refused: 'not_now' });
    expect(tries(story, 'ann', off('boss', 2))).toMatchObject({ refused: 'bad_input' });
  });

  it('the template’s own flow admin may as well', () => {
    const template = aTemplate([anApproval('check', users('ann'))], { admin: users('cy') });
    const story = then(filed(template), 'ann', add('before', 'dee'));
    expect(tasksIn(then(story, 'cy', off('dee', 2)))).toEqual(['check: ann']);
  });

  it('after: the last one off ends the step, for everybody else has agreed', () => {
    const story = then(asks(), 'ann', add('after', 'dee'));
    expect(tasksIn(then(story, 'ann', off('dee', 2)))).toEqual(['last: boss']);
  });

  it('after: takes off whom the added had asked, too', () => {
    const story = then(then(asks(), 'ann', add('after', 'dee')), 'dee', add('before', 'eve'));
    const ended = then(story, 'ann', off('dee', 2));
    expect([tasksIn(ended), tasksIn(ended, 'removed')]).toEqual([['last: boss'], ['check: dee', 'check: eve']]);
  });

  it('parallel: the rule counts again without', () => {
    let story = then(asks({ mode: 'all' }, 'ann', 'bo'), 'ann', add('parallel', 'dee'));
    story = then(then(story, 'ann', { type: 'agree' }), 'bo', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['check: dee']);
    expect(tasksIn(then(story, 'ann', off('dee', 2)))).toEqual(['last: boss']);
  });

  it('is too late once they have answered', () => {
    const story = then(asked(), 'dee', { type: 'agree' });
    expect(tries(story, 'ann', off('dee', 3))).toMatchObject({ refused: 'not_now' });
    expect(tries(story, 'dee', { type: 'agree', task: 3 })).toMatchObject({ refused: 'task_over' });
  });
});

describe('委托 delegate', () => {
  const asked = (): Story => then(asks(), 'ann', { type: 'delegate', person: id('dee'), comment: '你怎么看' });

  it('asks one person for an opinion, and the owner decides', () => {
    let story = asked();
    expect(stands(story)).toEqual({ open: ['check: dee'], waiting: [], delegated: ['check: ann'] });
    expect(story.ticket.status).toBe('approving');
    expect(tries(story, 'dee', { type: 'agree' })).toMatchObject({ refused: 'not_now' });
    expect(tries(story, 'ann', { type: 'agree', task: 2 })).toMatchObject({ refused: 'not_now' });
    story = then(story, 'dee', { type: 'advise', comment: '可以' });
    expect(tasksIn(story)).toEqual(['check: ann']);
    expect(told(story, 'advice')).toEqual([id('ann')]);
    same(story);
    expect(tasksIn(then(story, 'ann', { type: 'agree' }))).toEqual(['last: boss']);
  });

  it('needs words both ways', () => {
    expect(tries(asks(), 'ann', { type: 'delegate', person: id('dee'), comment: '' })).toMatchObject({
      refused: 'comment_required',
    });
    expect(tries(asked(), 'dee', { type: 'advise', comment: '' })).toMatchObject({ refused: 'comment_required' });
  });

  it('can be taken back', () => {
    const story = then(asked(), 'ann', { type: 'remove_sign', person: id('dee'), task: 2 });
    expect([tasksIn(story), tasksIn(story, 'removed')]).toEqual([['check: ann'], ['check: dee']]);
    same(story);
  });

  it('works for work as well', () => {
    const work = filed(aTemplate([aHandle('work', users('ann')), aConfirm('ok')]));
    const story = then(work, 'ann', { type: 'delegate', person: id('dee') });
    expect(stands(story)).toEqual({ open: ['work: dee'], waiting: [], delegated: ['work: ann'] });
    expect(tasksIn(then(story, 'dee', { type: 'advise', comment: '重启' }))).toEqual(['work: ann']);
  });
});

describe('what moves the flow', () => {
  const deep = (): Story => {
    const story = then(
      filed(aTemplate([aHandle('work', users('cy')), anApproval('check', users('ann', 'bo'), { mode: 'all' })])),
      'cy',
      {
        type: 'complete',
      },
    );
    return then(then(story, 'ann', add('after', 'dee')), 'dee', { type: 'delegate', person: id('eve') });
  };

  it('closes everybody who was added: a return', () => {
    const story = then(deep(), 'bo', { type: 'return', to: 'work' });
    expect(tasksIn(story)).toEqual(['work: cy']);
    expect(tasksIn(story, 'cancelled')).toEqual(['check: dee', 'check: eve']);
    expect(tasksIn(story, 'delegated')).toEqual([]);
    same(story);
  });

  it('closes everybody who was added: a withdrawal', () => {
    const story = then(deep(), 'rita', { type: 'withdraw' });
    expect(tasksIn(story, 'cancelled')).toEqual(['check: bo', 'check: dee', 'check: eve']);
    expect(taskOf(story, 'eve')).toBeUndefined();
  });
});
