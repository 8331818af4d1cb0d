/** 代理: tasks that open while somebody is away go to their substitute as well, and either may act. */
import { describe, expect, it } from '@jest/globals';
import { possibleActs } from '../../../src/flow/query.ts';
import { substituteOf } from '../../../src/flow/substitute.ts';
import type { ApproveNode } from '../../../src/flow/template.ts';
import type { TicketEvent } from '../../../src/flow/event.ts';
import { taskPersonRows } from '../../../src/ticket/ticketCodec.ts';
import {
  aDirectory,
  aConfirm,
  aHandle,
  anApproval,
  aTemplate,
  filed,
  id,
  type Name,
  nameById,
  NOW,
  refold,
  type Story,
  taskOf,
  tasksIn,
  then,
  tries,
  users,
} from '../../support/flow.ts';
import { ring } from '../../support/written.ts';

type Away = Partial<Record<Name, Name>>;
const day = 86_400_000;
const at = (away: Away, node: Partial<ApproveNode>, ...people: Name[]): Story =>
  filed(aTemplate([anApproval('check', users(...people), node), anApproval('last', users('boss'))]), {
    directory: aDirectory({ away }),
  });
/** `ann assignee, bo substitute` of each open task. */
const parts = ({ ticket }: Story): string[] =>
  ticket.tasks
    .filter(({ state }) => state === 'open')
    .map(({ people }) => people.map(({ personId, role }) => `${nameById(personId)} ${role}`).join(', '));
const by = (events: readonly TicketEvent[], type: string) =>
  events.filter((event) => event.type === type).map(({ actorId, forId }) => [nameById(actorId), nameById(forId)]);

describe('代理 substitute', () => {
  it('is named in the task beside the owner, and both have a card', () => {
    const story = at({ ann: 'bo' }, {}, 'ann');
    expect(parts(story)).toEqual(['ann assignee, bo substitute']);
    const shown = story.effects.flatMap((effect) => (effect.type === 'show' && effect.task ? [effect.personId] : []));
    expect(shown).toEqual([id('ann'), id('bo')]);
  });

  it.each<Name>(['ann', 'bo'])('lets either act, and the first wins (%s)', (first) => {
    const story = then(at({ ann: 'bo' }, {}, 'ann'), first, { type: 'agree' });
    expect(tasksIn(story)).toEqual(['last: boss']);
    expect(by(story.events, 'task.done')).toEqual([[first, first === 'bo' ? 'ann' : '-']]);
    const late = first === 'ann' ? 'bo' : 'ann';
    expect(tries(story, late, { type: 'agree', task: 2 })).toMatchObject({
      refused: 'task_over',
      facts: { by: first },
    });
    expect(refold(story)).toEqual(story.ticket);
  });

  it('may do what the holder may, each act as B for A', () => {
    const story = at({ ann: 'bo' }, {}, 'ann');
    const may = (name: Name) =>
      possibleActs(story.template, story.ticket, id(name), story.env.directory, story.env.now).tasks;
    expect(may('bo')).toEqual(may('ann'));
    const added = then(story, 'bo', { type: 'add_sign', how: 'before', people: [id('cy')] });
    expect(by(added.events, 'task.sign_added')).toEqual([['bo', 'ann']]);
    expect(tasksIn(then(added, 'cy', { type: 'agree' }))).toEqual(['check: ann']);
    expect(tasksIn(then(story, 'bo', { type: 'transfer', person: id('dee') }))).toEqual(['check: dee']);
    expect(by(then(story, 'bo', { type: 'return', to: 'filing' }).events, 'task.done')).toEqual([['bo', 'ann']]);
  });

  it('goes one hop and no further', () => {
    const story = at({ ann: 'bo', bo: 'cy' }, {}, 'ann');
    expect(parts(story)).toEqual(['ann assignee, bo substitute']);
    expect(tries(story, 'cy', { type: 'agree', task: 2 })).toMatchObject({ refused: 'not_your_task' });
  });

  it('is left out where they have a task of their own at that visit', () => {
    expect(parts(at({ ann: 'bo' }, { mode: 'all' }, 'ann', 'bo'))).toEqual(['ann assignee', 'bo assignee']);
  });

  it('steps back once they get a task of their own there', () => {
    let story = at({ ann: 'bo' }, { mode: 'all' }, 'ann', 'cy');
    expect(parts(story)).toEqual(['ann assignee, bo substitute', 'cy assignee']);
    story = then(story, 'cy', { type: 'transfer', person: id('bo') });
    expect(parts(story)).toEqual(['ann assignee', 'bo assignee']);
    expect(refold(story)).toEqual(story.ticket);
  });

  it('is left out where they asked for it themselves, at approvals', () => {
    expect(parts(at({ ann: 'rita' }, {}, 'ann'))).toEqual(['ann assignee']);
    const work = filed(aTemplate([aHandle('work', users('ann'))]), {
      directory: aDirectory({ away: { ann: 'rita' } }),
    });
    expect(parts(work)).toEqual(['rita substitute, ann assignee']);
  });

  it('comes with whoever receives a task, and goes with whoever gives it', () => {
    const story = then(at({ ann: 'bo', dee: 'eve' }, {}, 'ann'), 'ann', { type: 'transfer', person: id('dee') });
    expect(parts(story)).toEqual(['dee assignee, eve substitute']);
  });

  it('comes when the turn has come: in a sequence, and back from those who were asked', () => {
    let story = at({ bo: 'dee' }, { mode: 'sequence' }, 'ann', 'bo');
    expect(story.ticket.tasks[1]?.people).toEqual([{ personId: id('bo'), role: 'assignee' }]);
    story = then(story, 'ann', { type: 'agree' });
    expect(parts(story)).toEqual(['bo assignee, dee substitute']);
    story = then(story, 'bo', { type: 'delegate', person: id('eve') });
    story = then(story, 'eve', { type: 'advise', comment: 'fine' }, { now: NOW + 2 * day });
    expect(parts(story)).toEqual(['bo assignee']);
  });

  it('does not come for what was open before, or opens after', () => {
    const directory = aDirectory({ away: { ann: 'bo' } });
    expect(substituteOf(directory, id('ann'), 'test', NOW - 2 * day)).toBeNull();
    expect(substituteOf(directory, id('ann'), 'test', NOW + 2 * day)).toBeNull();
  });

  it('stands in for the candidates of a pool, and takes it in their name', () => {
    const directory = aDirectory({ away: { ann: 'dee', cy: 'eve' } });
    const story = filed(aTemplate([aHandle('work', users('ann', 'bo', 'cy')), aConfirm('ok')]), { directory });
    expect(parts(story)).toEqual(['ann candidate, bo candidate, cy candidate, dee substitute, eve substitute']);
    const claimed = then(story, 'dee', { type: 'claim' });
    expect(tasksIn(claimed)).toEqual(['work: ann']);
    expect(by(claimed.events, 'task.claimed')).toEqual([['dee', 'ann']]);
    for (const name of ['bo', 'cy', 'eve'] as const)
      expect(tries(claimed, name, { type: 'complete' })).toMatchObject({
        refused: 'already_claimed',
        facts: { by: 'ann' },
      });
    const open = claimed.ticket.tasks.flatMap((task) => taskPersonRows(1, task)).filter((row) => row.open === 1);
    expect(open.map((row) => nameById(row.person_id))).toEqual(['ann', 'dee']);
    expect(tasksIn(then(claimed, 'ann', { type: 'complete' }))).toEqual(['ok: rita']);
  });

  it('is reminded with the owner', () => {
    const timeout = [
      { after: { kind: 'wall', ms: 3_600_000 } as never, then: { kind: 'remind', people: { kind: 'assignee' } } },
    ] as const;
    const story = ring(at({ ann: 'bo' }, { timeout }, 'ann'));
    expect(story.effects).toContainEqual({ type: 'tell', to: [id('ann'), id('bo')], notice: { kind: 'reminder' } });
    expect(taskOf(story, 'bo')?.assigneeId).toBe(id('ann'));
  });

  it('confirms in the requester’s name', () => {
    const directory = aDirectory({ away: { rita: 'bo' } });
    const story = then(filed(aTemplate([aHandle('work', users('ann')), aConfirm('ok')]), { directory }), 'ann', {
      type: 'complete',
    });
    expect(then(story, 'bo', { type: 'agree' }).ticket.outcome).toBe('confirmed');
  });
});
