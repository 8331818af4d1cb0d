/** The shipped templates, from their text to the end of a ticket: language and engine are one thing to whoever files. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../../src/flow/check.ts';
import type { Template } from '../../../src/flow/template.ts';
import type { Values } from '../../../src/form/field.ts';
import { aDirectory, filed, id, refold, type Story, tasksIn, then, tries } from '../../support/flow.ts';

const shipped = (name: string): Template => compiled(readFileSync(`templates/${name}.yaml`, 'utf8'));
function compiled(text: string): Template {
  const { template, findings } = checkTemplate(text, null, 1);
  if (!template) throw new Error(JSON.stringify(findings));
  return template;
}

describe('it-repair', () => {
  const template = shipped('it-repair');
  const directory = aDirectory({
    roles: { 硬件工程师: ['ann', 'bo'], 软件工程师: ['cy'], 网络工程师: [], IT服务台: ['dee'], IT主管: ['ken'] },
  });
  const load = new Map([
    [id('ann'), 2],
    [id('bo'), 0],
  ]);
  const file = (values: Values): Story =>
    filed(template, { directory, load, values: { title: '打印机卡纸', detail: '三楼', ...values } });
  const done = { type: 'complete', values: { solution: '更换滚轮', effort: 1.5, core: false } } as const;

  it.each([
    {
      category: '硬件故障',
      open: 'repair: bo',
      because: 'S35: hardware engineers, the one with the fewest open tasks',
    },
    { category: '软件问题', open: 'repair: cy', because: 'S36: software engineers' },
    { category: '网络问题', open: 'repair: ken', because: 'S37: no network engineer is there, so IT主管' },
    { category: '其他', open: 'repair: dee', because: 'the default: the service desk' },
  ])('$category → $open: $because', ({ category, open }) => {
    const story = file({ category });
    expect(tasksIn(story)).toEqual([open]);
    expect(story.ticket).toMatchObject({ status: 'pending', urgency: '一般', category });
    expect(story.ticket.values['form']).toMatchObject({ reporter: id('rita'), occurred_at: story.env.now });
  });

  it('is filed, accepted, done, approved (very urgent), not solved, done again, approved again, confirmed', () => {
    let story = file({ category: '硬件故障', urgency: '非常紧急' });
    const statuses = [story.ticket.status];
    const say = (...said: Parameters<typeof then> extends [Story, ...infer Rest] ? Rest : never): void => {
      story = then(story, ...said);
      statuses.push(story.ticket.status);
    };
    say('bo', { type: 'accept' });
    say('bo', done);
    say('ken', { type: 'agree' });
    say('rita', { type: 'refuse', comment: '还是卡纸' });
    expect(tasksIn(story)).toEqual(['repair: bo']);
    say('bo', done);
    say('ken', { type: 'agree' });
    say('rita', { type: 'agree' });
    expect(statuses).toEqual([
      'pending',
      'processing',
      'approving',
      'confirming',
      'processing',
      'approving',
      'confirming',
      'closed',
    ]);
    expect(story.ticket).toMatchObject({ outcome: 'confirmed', visits: { repair: 2, supervise: 2, confirm: 2 } });
    expect(refold(story)).toEqual(story.ticket);
  });

  it.each([
    { core: true, open: 'supervise: ken', because: 'S41: a core system' },
    { core: false, open: 'confirm: rita', because: 'S42: straight on' },
  ])('$because', ({ core, open }) => {
    const story = then(file({ category: '软件问题' }), 'cy', { ...done, values: { ...done.values, core } });
    expect(tasksIn(story)).toEqual([open]);
  });

  it('goes back to the handler when the supervisor refuses', () => {
    const story = then(file({ category: '软件问题', urgency: '非常紧急' }), 'cy', done);
    expect(tasksIn(then(story, 'ken', { type: 'refuse' }))).toEqual(['repair: cy']);
  });

  it('sends few messages in an ordinary life: one card each, and one word that it was accepted', () => {
    const accepted = then(file({ category: '软件问题' }), 'cy', { type: 'accept' });
    const told = (story: Story): number => story.effects.filter(({ type }) => type === 'tell').length;
    expect([told(file({ category: '软件问题' })), told(accepted), told(then(accepted, 'cy', done))]).toEqual([0, 1, 0]);
  });
});

describe('seal', () => {
  const template = shipped('seal');
  const values = { title: '采购合同', reason: '签约', kind: '合同章', copies: 2, use_on: '2026-11-03' };
  const directory = aDirectory({ roles: { 法务: ['dee'], 印章管理员: ['adam'] } });
  const file = (requester: 'rita' | 'dee' = 'rita'): Story => filed(template, { directory, requester, values });

  it('passes the manager, then 法务, then 印章管理员, one after the other', () => {
    const first = then(file(), 'ken', { type: 'agree' });
    expect([tasksIn(first), tasksIn(first, 'waiting')]).toEqual([['stamp: dee'], ['stamp: adam']]);
    const story = then(then(first, 'dee', { type: 'agree' }), 'adam', { type: 'agree' });
    expect(story.ticket).toMatchObject({ status: 'closed', outcome: 'approved', category: '合同章' });
    expect(refold(story)).toEqual(story.ticket);
  });

  it('is refused by 法务 for good, with the reason', () => {
    const story = then(then(file(), 'ken', { type: 'agree' }), 'dee', { type: 'refuse', comment: '缺附件' });
    expect(story.ticket).toMatchObject({ status: 'refused', outcome: 'refused' });
  });

  it('never lets 法务 decide on their own request', () => {
    const story = then(file('dee'), 'eve', { type: 'agree' });
    expect(tasksIn(story)).toEqual(['stamp: adam']);
  });

  it('may be withdrawn until the manager has decided', () => {
    expect(then(file(), 'rita', { type: 'withdraw', comment: '' }).ticket.status).toBe('withdrawn');
    const late = tries(then(file(), 'ken', { type: 'agree' }), 'rita', { type: 'withdraw' });
    expect(late).toMatchObject({ refused: 'too_late_to_withdraw' });
  });
});

describe('a template’s text', () => {
  it('runs its nested ways, conditions, formulas and messages in the engine', () => {
    const template = compiled(`template: purchase
name: 采购
keywords: [采购]
number: P-{seq:4}
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: items, type: table, label: 明细, columns: [ { id: qty, type: number, label: 数量 }, { id: price, type: money, label: 单价 }, { id: line, type: money, label: 金额, formula: row.qty * row.price, sum: true } ] }
  - { id: total, type: money, label: 合计, formula: form.items.sum_line }
  - { id: mentor, type: person, label: 导师 }
flow:
  - id: tier
    branch: 金额分级
    cases:
      - { name: 小额, when: form.total < 5000, flow: [] }
      - name: 其他
        flow:
          - { id: finance, approve: 财务, approver: { role: 财务 }, mode: all }
          - { id: chief, approve: 总经理, approver: { user: boss }, when: form.total > 90000 }
  - { id: hello, notify: 通知, to: { field: mentor }, text: "{requester.name} 采购 {form.total}" }
  - { id: buy, handle: 采购, assignee: { department: 法务部 } }
`);
    const directory = aDirectory({ roles: { 财务: ['cy', 'dee'] } });
    const file = (price: number): Story =>
      filed(template, { directory, values: { title: 't', mentor: id('bo'), items: [{ qty: 2, price, line: null }] } });
    expect(tasksIn(file(100))).toEqual(['buy: dee|eve']);
    expect(file(100).effects).toContainEqual({
      type: 'tell',
      to: [id('bo')],
      notice: { kind: 'text', text: expect.stringContaining('rita 采购 200') as unknown },
    });
    const large = then(then(file(50_000), 'cy', { type: 'agree' }), 'dee', { type: 'agree' });
    expect(tasksIn(large)).toEqual(['chief: boss']);
    expect(tasksIn(then(large, 'boss', { type: 'agree' }))).toEqual(['buy: dee|eve']);
    expect(tasksIn(then(then(file(5_000), 'cy', { type: 'agree' }), 'dee', { type: 'agree' }))).toEqual([
      'buy: dee|eve',
    ]);
  });
});
