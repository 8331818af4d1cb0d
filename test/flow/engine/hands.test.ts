/** Who gets the work at a handling step: by claim and un-claim, and by each strategy (`template-language.md`, "Flow"). */
import { describe, expect, it } from '@jest/globals';
import { candidatesOf } from '../../../src/flow/dispatcher.ts';
import { possibleActs } from '../../../src/flow/query.ts';
import { step } from '../../../src/flow/step.ts';
import type { HandleNode, Template } from '../../../src/flow/template.ts';
import {
  aConfirm,
  aDirectory,
  aHandle,
  aTemplate,
  anApproval,
  filed,
  type Filing,
  filing,
  id,
  type Name,
  nameById,
  refold,
  type Story,
  tasksIn,
  then,
  tries,
  types,
  users,
} from '../../support/flow.ts';
import { aField } from '../../support/form.ts';
import { written } from '../../support/written.ts';

const solved = aConfirm('ok', { onRefuse: { kind: 'to', target: 'work' } });
const work = (strategy: HandleNode['strategy'], more: Partial<HandleNode> = {}): Template =>
  aTemplate([aHandle('work', users('ann', 'bo', 'cy'), { strategy, ...more }), solved]);
const told = ({ effects }: Story): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'tell' ? [`${effect.notice.kind}: ${effect.to.map(nameById).join('|')}`] : [],
  );

describe('认领 claim, un-claim', () => {
  const claimed = (): Story => then(filed(work('claim')), 'ann', { type: 'claim' });

  it('gives a claimed task back to its candidates: their cards, its acceptance and the status go back, too', () => {
    const story = then(claimed(), 'ann', { type: 'release', comment: '要出差' });
    const [task] = story.ticket.tasks;
    expect([tasksIn(story), task?.acceptedAt, story.ticket.status]).toEqual([['work: ann|bo|cy'], null, 'pending']);
    expect(story.ticket.assigneeId).toBeNull();
    const shown = story.effects.flatMap((one) =>
      one.type === 'show' && one.task !== null ? [nameById(one.personId)] : [],
    );
    expect(shown).toEqual(['ann', 'bo', 'cy']);
    expect(told(story)).toEqual(['released: bo|cy']);
    expect(refold(story)).toEqual(story.ticket);
    expect(tasksIn(then(story, 'bo', { type: 'claim' }))).toEqual(['work: bo']);
  });

  it('the first response stays: somebody did answer', () => {
    const story = claimed();
    expect(then(story, 'ann', { type: 'release' }).ticket.firstResponseAt).toBe(story.env.now);
  });

  it.each<{ name: string; story: () => Story; by: Name; refused: string }>([
    { name: 'of whoever did not claim it', story: claimed, by: 'bo', refused: 'already_claimed' },
    { name: 'of what nobody claimed', story: () => filed(work('claim')), by: 'ann', refused: 'not_now' },
    {
      name: 'of what was given to one person',
      story: () => filed(aTemplate([aHandle('work', users('ann'))])),
      by: 'ann',
      refused: 'not_now',
    },
    {
      name: 'of what was transferred to one person',
      story: () => then(claimed(), 'ann', { type: 'transfer', person: id('bo') }),
      by: 'bo',
      refused: 'not_now',
    },
  ])('is no act $name', ({ story, by, refused }) => {
    const now = story();
    expect(tries(now, by, { type: 'release' })).toMatchObject({ refused });
    const { tasks } = possibleActs(now.template, now.ticket, id(by), now.env.directory, now.env.now);
    expect(tasks.flatMap(({ acts }) => acts)).not.toContain('release');
  });
});

describe('round-robin', () => {
  it('asks whose turn it is, and again for another step', () => {
    const two = aTemplate([
      aHandle('first', users('cy', 'ann'), { strategy: 'round-robin' }),
      aHandle('second', users('bo', 'ann'), { strategy: 'round-robin' }),
    ]);
    const env = { now: 0, directory: aDirectory() };
    expect(step(two, null, filing(), env)).toEqual({ need: 'turn', node: 'first', people: [id('ann'), id('cy')] });
    const story = filed(two, { turns: new Map([['first', id('cy')]]) });
    expect(tasksIn(story)).toEqual(['first: cy']);
    const next = then(story, 'cy', { type: 'complete' }, { turns: new Map([['second', id('bo')]]) });
    expect(tasksIn(next)).toEqual(['second: bo']);
  });

  it('whose turn it is and who is no candidate does not get it', () => {
    expect(tasksIn(filed(work('round-robin'), { turns: new Map([['work', id('dee')]]) }))).toEqual(['work: ann']);
  });

  it('needs nothing for one candidate', () => {
    expect(tasksIn(filed(aTemplate([aHandle('work', users('cy'), { strategy: 'round-robin' })])))).toEqual([
      'work: cy',
    ]);
  });
});

describe('all', () => {
  const each = (more: Partial<HandleNode> = {}): Story => filed(work('all', more));

  it('gives each a task, and goes on when the last has completed', () => {
    const story = each();
    expect(tasksIn(story)).toEqual(['work: ann', 'work: bo', 'work: cy']);
    const two = then(then(story, 'bo', { type: 'complete' }), 'ann', { type: 'complete' });
    expect([tasksIn(two), two.ticket.status]).toEqual([['work: cy'], 'pending']);
    const all = then(two, 'cy', { type: 'complete' });
    expect([tasksIn(all), all.ticket.status]).toEqual([['ok: rita'], 'confirming']);
    expect(refold(all)).toEqual(all.ticket);
  });

  it('each fills the form, and the last one’s values stand', () => {
    const story = each({ form: [aField('note', 'text', { required: true })] });
    const by = (name: Name, from: Story) => then(from, name, { type: 'complete', values: { note: name } });
    expect(tries(story, 'ann', { type: 'complete' })).toMatchObject({ refused: 'bad_input' });
    expect(by('bo', by('cy', by('ann', story))).ticket.values['work']).toEqual({ note: 'bo' });
  });

  it('one return is enough: the others’ tasks are cancelled, and all have it again afterwards', () => {
    const begun = then(then(each(), 'ann', { type: 'accept' }), 'bo', { type: 'complete' });
    const back = then(begun, 'cy', { type: 'return', to: 'filing' });
    expect(tasksIn(back, 'cancelled')).toEqual(['work: ann']);
    const again = then(back, 'rita', { type: 'submit' });
    expect(tasksIn(again)).toEqual(['work: ann', 'work: bo', 'work: cy']);
    expect(again.ticket.tasks.filter(({ state, acceptedAt }) => state === 'open' && acceptedAt !== null)).toHaveLength(
      2,
    );
  });
});

describe('分派 dispatch', () => {
  const company = (...dispatchers: Name[]) => aDirectory({ roles: { 派单员: dispatchers } });
  const dispatched = (given: Filing = { directory: company('dee', 'eve') }, more: Partial<HandleNode> = {}): Story =>
    filed(work('dispatcher', more), given);
  const to = (story: Story, by: Name, person: Name, env: Partial<Story['env']> = {}): Story =>
    then(story, by, { type: 'dispatch', person: id(person) }, env);

  it('goes to the dispatchers first, who pick the handler; it stays pending, and nobody has answered yet', () => {
    const story = dispatched();
    expect([tasksIn(story), story.ticket.tasks[0]?.kind, story.ticket.status]).toEqual([
      ['work: dee|eve'],
      'dispatch',
      'pending',
    ]);
    const given = to(story, 'eve', 'bo');
    expect([tasksIn(given), given.ticket.tasks[1]?.kind, given.ticket.status]).toEqual([
      ['work: bo'],
      'handle',
      'pending',
    ]);
    expect([given.ticket.assigneeId, given.ticket.firstResponseAt]).toEqual([id('bo'), null]);
    expect(
      tries(given, 'dee', { type: 'dispatch', person: id('cy'), task: given.ticket.tasks[0]?.n ?? 0 }),
    ).toMatchObject({
      refused: 'task_over',
      facts: { by: 'eve', result: 'dispatch' },
    });
    expect(tasksIn(then(given, 'bo', { type: 'complete' }))).toEqual(['ok: rita']);
    expect(refold(given)).toEqual(given.ticket);
  });

  it('claiming the dispatch neither answers the requester nor moves the status', () => {
    const story = then(dispatched(), 'dee', { type: 'claim' });
    expect([story.ticket.status, story.ticket.firstResponseAt]).toEqual(['pending', null]);
  });

  it('offers the rule’s candidates first, and takes anyone who is here', () => {
    const story = dispatched();
    const on = { template: story.template, ticket: story.ticket, directory: story.env.directory, now: 0 };
    expect(story.ticket.tasks.flatMap((task) => candidatesOf(on, task)).map(nameById)).toEqual(['ann', 'bo', 'cy']);
    expect(tasksIn(to(story, 'dee', 'ken'))).toEqual(['work: ken']);
    expect(tasksIn(to(story, 'dee', 'dee'))).toEqual(['work: dee']);
  });

  it('nobody who has left is picked, and nobody but a dispatcher picks', () => {
    const directory = aDirectory({ roles: { 派单员: ['dee'] }, gone: ['bo'] });
    const story = dispatched({ directory });
    expect(tries(story, 'dee', { type: 'dispatch', person: id('bo') })).toMatchObject({ refused: 'unknown_person' });
    const task = story.ticket.tasks[0]?.n ?? 0;
    expect(tries(story, 'ann', { type: 'dispatch', person: id('ann'), task })).toMatchObject({
      refused: 'not_your_task',
    });
  });

  it('without a dispatcher the node’s fall-back picks, then the flow admin, with an alarm', () => {
    const fallBack = { ifEmpty: { kind: 'people', of: users('ken') } } as const;
    expect(tasksIn(dispatched({ directory: company() }, fallBack))).toEqual(['work: ken']);
    const story = dispatched({ directory: company() });
    expect([tasksIn(story), story.ticket.tasks[0]?.kind]).toEqual([['work: adam'], 'dispatch']);
    expect(types(story.events)).toContain('people.missing');
  });

  it('a dispatcher can ask the requester for more; what comes back to a handler needs no dispatching', () => {
    const asked = then(then(dispatched(), 'dee', { type: 'return', to: 'filing' }), 'rita', { type: 'submit' });
    expect([tasksIn(asked), asked.ticket.tasks.at(-1)?.kind]).toEqual([['work: dee|eve'], 'dispatch']);
    const unsolved = then(then(to(asked, 'dee', 'bo'), 'bo', { type: 'complete' }), 'rita', { type: 'refuse' });
    expect([tasksIn(unsolved), unsolved.ticket.tasks.at(-1)?.kind]).toEqual([['work: bo'], 'handle']);
    const anew = to(dispatched(undefined, { onReturn: 'anew' }), 'dee', 'bo');
    const back = then(then(anew, 'bo', { type: 'return', to: 'filing' }), 'rita', { type: 'submit' });
    expect(back.ticket.tasks.at(-1)?.kind).toBe('dispatch');
  });

  it('a handler may give it back to the one who dispatched it', () => {
    const story = to(dispatched({ directory: company('ken') }), 'ken', 'bo');
    expect(tasksIn(then(story, 'bo', { type: 'transfer', person: id('ken') }))).toEqual(['work: ken']);
  });
});

it('every strategy of the language runs', () => {
  for (const strategy of ['claim', 'round-robin', 'least-open', 'all', 'dispatcher']) {
    const template = written(`  - { id: work, handle: 办理, assignee: { role: IT }, strategy: ${strategy} }`);
    expect(template.nodes['work']).toMatchObject({ strategy });
  }
});

describe('意见 comment on act', () => {
  const check = (): Story =>
    filed(aTemplate([aHandle('work', users('ann')), anApproval('check', users('bo')), solved]));
  it('is required on refuse, return, transfer and "not solved", and optional on agree and the rest', () => {
    const worked = then(check(), 'ann', { type: 'complete' });
    const silent = { comment: '  ' };
    expect(tries(check(), 'ann', { type: 'transfer', person: id('bo'), ...silent })).toMatchObject({
      refused: 'comment_required',
    });
    expect(tries(worked, 'bo', { type: 'refuse', ...silent })).toMatchObject({ refused: 'comment_required' });
    expect(tries(worked, 'bo', { type: 'return', to: 'work', ...silent })).toMatchObject({
      refused: 'comment_required',
    });
    const agreed = then(worked, 'bo', { type: 'agree', ...silent });
    expect(tries(agreed, 'rita', { type: 'refuse', ...silent })).toMatchObject({ refused: 'comment_required' });
    expect(then(agreed, 'rita', { type: 'agree', ...silent }).ticket.outcome).toBe('confirmed');
  });
});
