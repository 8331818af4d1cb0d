/** Parallel branches, return and tokens: the eight rules of `approval-semantics.md`, each by its number. */
import { describe, expect, it } from '@jest/globals';
import { givenUp, mayResume, returnTargets } from '../../../src/flow/returnTargets.ts';
import { filed, refold, type Story, taskOf, tasksIn, then, tries, types } from '../../support/flow.ts';
import { written } from '../../support/written.ts';

const BRANCHES = `
      - name: 技术
        flow:
          - { id: tech, handle: 技术, assignee: { user: ann } }
          - { id: check, approve: 复核, approver: { user: bo } }
      - name: 法务
        flow:
          - { id: law, approve: 法务, approver: { user: dee } }`;
const flow = (region: string) => `
  - { id: plan, handle: 计划, assignee: { user: cy } }
  - id: both
    parallel: 并行
    ${region}
    branches: ${BRANCHES}
  - { id: last, approve: 终审, approver: { user: ken } }`;
const standard = written(flow('join: all'));

const planned = (template = standard): Story =>
  then(filed(template, { values: { title: 'x', kind: '甲' } }), 'cy', { type: 'complete' });

describe('a region', () => {
  it('1: is a set of tokens, each with the regions around it', () => {
    const story = planned();
    expect(tasksIn(story)).toEqual(['tech: ann', 'law: dee']);
    const [region] = story.ticket.regions;
    expect(story.ticket.tokens.map(({ node, regions }) => [node, regions])).toEqual([
      ['tech', [region?.id]],
      ['law', [region?.id]],
    ]);
    expect(refold(story)).toEqual(story.ticket);
  });

  it('2: is through when all have arrived, once', () => {
    let story = then(planned(), 'dee', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['tech: ann']);
    story = then(then(story, 'ann', { type: 'complete' }), 'bo', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['last: ken']);
    expect(story.ticket.tokens).toHaveLength(1);
    expect(story.ticket.tokens[0]?.regions).toEqual([]);
    expect(types(story.events).filter((type) => type === 'region.closed')).toHaveLength(1);
    expect(then(story, 'ken', { type: 'agree' }).ticket).toMatchObject({ status: 'closed', tokens: [], regions: [] });
  });

  it('2: ends by one refusal, unless branches decide alone', () => {
    const refused = then(planned(), 'dee', { type: 'refuse', comment: '不合规' });
    expect(refused.ticket).toMatchObject({ status: 'refused', outcome: 'refused', regions: [] });
    expect(tasksIn(refused, 'cancelled')).toEqual(['tech: ann']);
    let alone = then(planned(written(flow('one_refusal_ends_all: false'))), 'dee', { type: 'refuse' });
    expect(tasksIn(alone)).toEqual(['tech: ann']);
    alone = then(then(alone, 'ann', { type: 'complete' }), 'bo', { type: 'agree' });
    expect(tasksIn(alone)).toEqual(['last: ken']);
  });

  it('2: of which every branch was refused is refused', () => {
    const alone = planned(written(flow('one_refusal_ends_all: false')));
    const story = then(then(then(alone, 'dee', { type: 'refuse' }), 'ann', { type: 'complete' }), 'bo', {
      type: 'refuse',
    });
    expect(story.ticket.status).toBe('refused');
  });

  it('joins by the first (any): the others are cancelled', () => {
    const story = then(planned(written(flow('join: any'))), 'dee', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['last: ken']);
    expect(tasksIn(story, 'cancelled')).toEqual(['tech: ann']);
  });

  it('of which too many were refused for its number is refused: it waits for nothing that cannot come', () => {
    const story = then(planned(written(flow('join: 2\n    one_refusal_ends_all: false'))), 'dee', { type: 'refuse' });
    expect(story.ticket.status).toBe('refused');
  });
});

describe('going back', () => {
  const checked = (): Story => then(then(planned(), 'dee', { type: 'agree' }), 'ann', { type: 'complete' });

  it('3: to a step of the same branch moves that token only', () => {
    const story = then(then(planned(), 'ann', { type: 'complete' }), 'bo', { type: 'return', to: 'tech' });
    expect(tasksIn(story)).toEqual(['law: dee', 'tech: ann']);
    expect(story.ticket.regions).toHaveLength(1);
  });

  it('4: before the split closes the region, and says how much work is given up', () => {
    const story = checked();
    const task = taskOf(story, 'bo');
    if (!task) throw new Error('bo has it');
    expect(returnTargets(story.template, story.ticket, task)).toEqual(['filing', 'plan', 'tech']);
    expect(givenUp(story.template, story.ticket, task, 'plan')).toBe(1);
    expect(givenUp(story.template, story.ticket, task, 'tech')).toBe(0);
    const back = then(then(planned(), 'ann', { type: 'complete' }), 'bo', { type: 'return', to: 'plan' });
    expect(tasksIn(back)).toEqual(['plan: cy']);
    expect(tasksIn(back, 'cancelled')).toEqual(['law: dee']);
    expect(back.ticket.regions).toEqual([]);
    const again = then(back, 'cy', { type: 'complete' });
    expect(tasksIn(again)).toEqual(['tech: ann', 'law: dee']);
    expect(again.ticket.visits).toMatchObject({ both: 2, tech: 2, law: 2 });
    expect(refold(again)).toEqual(again.ticket);
  });

  it('to a step that only its own `when` may have skipped, once it has run; not into a case', () => {
    const flow = `
  - { id: a, approve: 一审, approver: { user: ann }, when: form.kind == "甲" }
  - id: way
    branch: 分
    cases:
      - { name: x, when: form.kind == "甲", flow: [ { id: in_x, approve: 在内, approver: { user: cy } } ] }
      - { name: y, flow: [] }
  - { id: b, approve: 二审, approver: { user: bo }, fields: { kind: editable } }`;
    const began = (kind: string) => filed(written(flow), { values: { title: 'x', kind } });
    const run = then(then(began('甲'), 'ann', { type: 'agree' }), 'cy', { type: 'agree' });
    const task = taskOf(run, 'bo');
    expect(task && returnTargets(run.template, run.ticket, task)).toEqual(['filing', 'a']);
    const back = then(run, 'bo', { type: 'return', to: 'a' });
    expect(tasksIn(back)).toEqual(['a: ann']);
    expect(tasksIn(then(then(back, 'ann', { type: 'agree' }), 'cy', { type: 'agree' }))).toEqual(['b: bo']);
    expect(tries(began('乙'), 'bo', { type: 'return', to: 'a' })).toMatchObject({ refused: 'bad_return_target' });
  });

  it('5: into another branch is not offered, nor into one from behind the join', () => {
    let story = checked();
    const task = taskOf(story, 'bo');
    expect(task && returnTargets(story.template, story.ticket, task)).not.toContain('law');
    story = then(story, 'bo', { type: 'agree' });
    const last = taskOf(story, 'ken');
    expect(last && returnTargets(story.template, story.ticket, last)).toEqual(['filing', 'plan']);
  });

  it('6: straight back, but never across a region that was given up', () => {
    const resuming = written(
      flow('join: all').replace('approver: { user: ken }', 'approver: { user: ken }, after_return: ask'),
    );
    let story = then(then(then(planned(resuming), 'dee', { type: 'agree' }), 'ann', { type: 'complete' }), 'bo', {
      type: 'agree',
    });
    story = then(story, 'ken', { type: 'return', to: 'plan', then: 'resume' });
    story = then(story, 'cy', { type: 'complete' });
    expect(tasksIn(story)).toEqual(['last: ken']);
    const inside = written(
      flow('join: all').replace('approver: { user: bo }', 'approver: { user: bo }, after_return: resume'),
    );
    let across = then(then(planned(inside), 'ann', { type: 'complete' }), 'bo', { type: 'return', to: 'plan' });
    const task = across.ticket.tasks.find(({ node }) => node === 'check');
    expect(task && mayResume(inside, task, 'plan')).toBe(false);
    across = then(across, 'cy', { type: 'complete' });
    expect(tasksIn(across)).toEqual(['tech: ann', 'law: dee']);
    let within = then(then(planned(inside), 'ann', { type: 'complete' }), 'bo', { type: 'return', to: 'tech' });
    within = then(within, 'ann', { type: 'complete' });
    expect(tasksIn(within)).toEqual(['law: dee', 'check: bo']);
  });

  it('to filing from a branch gives everything up, and submitting begins anew', () => {
    let story = then(planned(), 'dee', { type: 'return', to: 'filing' });
    expect(story.ticket).toMatchObject({ status: 'returned', regions: [] });
    story = then(story, 'rita', { type: 'submit', values: {} });
    expect(tasksIn(story)).toEqual(['plan: cy']);
  });
});

describe('a confirmation behind the join says “not solved”', () => {
  const confirmed = (plan: string) => {
    const text = `${plan}
  - { id: both, parallel: 并行, branches: [ { name: a, flow: [ { id: tech, handle: 技术, assignee: { user: ann } } ] }, { name: b, flow: [ { id: law, approve: 法务, approver: { user: dee } } ] } ] }
  - { id: last, confirm: 确认 }`;
    let story = filed(written(text), { values: { title: 'x', kind: '甲' } });
    if (plan) story = then(story, 'cy', { type: 'complete' });
    story = then(then(story, 'ann', { type: 'complete' }), 'dee', { type: 'agree' });
    return then(story, 'rita', { type: 'refuse' });
  };
  it('back to who handled it before the split', () => {
    expect(tasksIn(confirmed('\n  - { id: plan, handle: 计划, assignee: { user: cy } }'))).toEqual(['plan: cy']);
  });
  it('back to the requester where that was inside: the branches are walked again', () => {
    let story = confirmed('');
    expect(tasksIn(story)).toEqual(['filing: rita']);
    story = then(story, 'rita', { type: 'submit' });
    expect(tasksIn(story)).toEqual(['tech: ann', 'law: dee']);
  });
});

describe('a branch with every: true', () => {
  const template = written(`
  - id: who
    branch: 需要谁
    every: true
    cases:
      - { name: 加急, when: form.urgent, flow: [ { id: a, handle: 甲, assignee: { user: ann } } ] }
      - { name: 大额, when: form.total > 100, flow: [ { id: b, handle: 乙, assignee: { user: bo } } ] }
      - { name: 其他, flow: [ { id: c, handle: 丙, assignee: { user: cy } } ] }
  - { id: last, handle: 收尾, assignee: { user: ken } }`);
  const file = (values: object) => filed(template, { values: { title: 'x', kind: '甲', ...values } });

  it.each([
    { values: { urgent: true, total: 500 }, open: ['a: ann', 'b: bo'], because: 'all that hold' },
    { values: { urgent: true, total: 5 }, open: ['a: ann'], because: 'one' },
    { values: { total: 5 }, open: ['c: cy'], because: 'the default, when no other does' },
  ])('walks $open: $because', ({ values, open }) => expect(tasksIn(file(values))).toEqual(open));

  it('goes on when all that were walked have come', () => {
    const story = then(file({ urgent: true, total: 500 }), 'bo', { type: 'complete' });
    expect(tasksIn(story)).toEqual(['a: ann']);
    expect(tasksIn(then(story, 'ann', { type: 'complete' }))).toEqual(['last: ken']);
  });
});

it('regions nest: an inner one that is through carries the outer on', () => {
  const template = written(`
  - id: outer
    parallel: 外
    branches:
      - name: 一
        flow:
          - id: inner
            parallel: 内
            branches:
              - { name: x, flow: [ { id: a, handle: 甲, assignee: { user: ann } } ] }
              - { name: y, flow: [] }
          - { id: after, handle: 内后, assignee: { user: bo } }
      - { name: 二, flow: [ { id: c, handle: 丙, assignee: { user: cy } } ] }
  - { id: last, handle: 收尾, assignee: { user: ken } }`);
  let story = filed(template, { values: { title: 'x', kind: '甲' } });
  expect(tasksIn(story)).toEqual(['a: ann', 'c: cy']);
  story = then(then(story, 'ann', { type: 'complete' }), 'cy', { type: 'complete' });
  expect(tasksIn(story)).toEqual(['after: bo']);
  expect(tasksIn(then(story, 'bo', { type: 'complete' }))).toEqual(['last: ken']);
  expect(refold(story)).toEqual(story.ticket);
});
