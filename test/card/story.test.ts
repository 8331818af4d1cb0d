/** The shipped templates’ stories, as the cards that each person sees after each act. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Card } from '../../src/card/card.ts';
import { draftCard } from '../../src/card/draftCard.ts';
import { taskCard } from '../../src/card/taskCard.ts';
import { ticketCard } from '../../src/card/ticketCard.ts';
import type { TicketView } from '../../src/card/view.ts';
import { encodeWecom } from '../../src/card/wecom/encode.ts';
import { compileTemplate } from '../../src/flow/compile.ts';
import { filingScope } from '../../src/flow/formScope.ts';
import { parseTemplate } from '../../src/flow/parse.ts';
import { possibleActs } from '../../src/flow/query.ts';
import type { Template } from '../../src/flow/template.ts';
import type { Locale } from '../../src/lib/locale.ts';
import { changeOf } from '../../src/ticket/lastWords.ts';
import {
  aDirectory,
  anApproval,
  aTemplate,
  filed,
  id,
  type Name,
  nameById,
  NOW,
  type Story,
  taskOf,
  then,
  users,
} from '../support/flow.ts';
import { aField } from '../support/form.ts';

const HOUR = 3_600_000;

function shipped(key: string): Template {
  const { spec, findings } = parseTemplate(readFileSync(`templates/${key}.yaml`, 'utf8'));
  if (!spec) throw new Error(JSON.stringify(findings));
  return compileTemplate(spec, 1);
}
const repair = shipped('it-repair');
const seal = shipped('seal');
const directory = aDirectory({
  roles: { 硬件工程师: ['ann'], IT服务台: ['bo', 'cy'], IT主管: ['ken'], 法务: ['dee'], 印章管理员: ['eve'] },
});
const around = {
  names: nameById,
  accounts: nameById,
  departments: (key: string) => key,
  url: (path: string) => `https://desk.example.com${path}`,
  offsetMinutes: 480,
};

type Said = TicketView['lastComment'];
function viewOf(story: Story, reader: Name, lastComment: Said = null, now = NOW + 2 * HOUR): TicketView {
  const { ticket, template } = story;
  const acts = possibleActs(template, ticket, id(reader), directory, NOW);
  return { ...around, ticket, template, receiverId: id(reader), acts, lastComment, now };
}
const ofTicket = (story: Story, reader: Name = 'rita', said?: Said, locale: Locale = 'zh-CN'): Card =>
  ticketCard(viewOf(story, reader, said), locale);
/** The reader's card about the last task of this node. */
function ofTask(story: Story, node: string, reader: Name, said?: Said, locale: Locale = 'zh-CN'): Card {
  const task = story.ticket.tasks.findLast((one) => one.node === node);
  return taskCard(viewOf(story, reader, said), task?.n ?? -1, locale);
}
const buttons = (card: Card): string[] => card.buttons.map(({ text }) => text);
const keys = (card: Card): string[] => card.buttons.map(({ does }) => ('key' in does ? does.key : does.url));

/** The card as a person sees it, in a few lines. */
function drawn({ source, title, subtitle, emphasis, body, facts, quote, buttons, menu, over }: Card): string {
  return [
    `${source} | ${title} | ${emphasis} | ${subtitle}`,
    body,
    ...facts.map(({ label, value, account }) => `${label}: ${value}${account ? ` @${account}` : ''}`),
    ...(quote ? [`“${quote.title}: ${quote.text}”`] : []),
    over === null ? buttons.map(({ text, tone }) => `[${text} ${tone}]`).join(' ') : `(${over}) ${buttons.map(({ text }) => `[${text}]`).join(' ')}`, // prettier-ignore
    ...(menu.length > 0 ? [`… ${menu.map(({ text }) => text).join(' / ')}`] : []),
  ].join('\n');
}

const values = {
  title: '打印机卡纸',
  detail: '三楼东侧打印机卡纸，无法打印。',
  urgency: '非常紧急',
  category: '硬件故障',
  occurred_at: NOW,
  asset: 'PR-07',
};
const solution = { solution: '更换进纸轮', effort: 1.5, core: false };
const start = filed(repair, { directory, values });
const accepted = then(start, 'ann', { type: 'accept' });
const handled = then(accepted, 'ann', { type: 'complete', values: solution });
const agreed = then(handled, 'ken', { type: 'agree' });
const closed = then(agreed, 'rita', { type: 'agree' });
const unsolved = then(agreed, 'rita', { type: 'refuse', comment: '还是卡纸' });

describe('an IT repair', () => {
  it('is shown to the requester from filing to its end (S3)', () => {
    const told = [start, accepted, handled, agreed, closed].map((story) => drawn(ofTicket(story)));
    expect(told).toMatchSnapshot();
  });

  it('is shown to the handler with the buttons that fit (S38)', () => {
    expect(drawn(ofTask(start, 'repair', 'ann'))).toMatchSnapshot();
    expect(drawn(ofTask(accepted, 'repair', 'ann'))).toMatchSnapshot();
    expect(drawn(ofTask(handled, 'repair', 'ann'))).toMatchSnapshot();
  });

  it('is shown to the supervisor with what was done (S41)', () => {
    expect(drawn(ofTask(handled, 'supervise', 'ken'))).toMatchSnapshot();
    expect(drawn(ofTask(agreed, 'supervise', 'ken'))).toMatchSnapshot();
  });

  it('asks the requester whether it is solved (S43), and sends it back with the comment (S45)', () => {
    expect(drawn(ofTask(agreed, 'confirm', 'rita'))).toMatchSnapshot();
    expect(drawn(ofTask(closed, 'confirm', 'rita'))).toMatchSnapshot();
    expect(drawn(ofTask(unsolved, 'confirm', 'rita'))).toMatchSnapshot();
    const again = ofTask(unsolved, 'repair', 'ann', { by: id('rita'), text: '还是卡纸' });
    expect(again.quote).toEqual({ title: 'rita', text: '还是卡纸' });
    expect(drawn(again)).toMatchSnapshot();
  });

  it('reads in English, too', () => {
    expect(drawn(ofTicket(start, 'rita', null, 'en'))).toMatchSnapshot();
    expect(drawn(ofTask(accepted, 'repair', 'ann', null, 'en'))).toMatchSnapshot();
    expect(drawn(ofTask(agreed, 'confirm', 'rita', null, 'en'))).toMatchSnapshot();
  });

  it('carries in each button what it does, in which version', () => {
    const [task] = start.ticket.tasks;
    expect(keys(ofTask(start, 'repair', 'ann')).slice(0, 2)).toEqual([`t.accept.1.${task?.n}.${task?.version}`, `t.transfer.1.${task?.n}.${task?.version}`]); // prettier-ignore
    expect(keys(ofTask(accepted, 'repair', 'ann'))[1]).toBe(
      `https://desk.example.com/m/t/1?task=${task?.n}&act=complete`,
    );
    expect(ofTicket(start).menu.map(({ key }) => key)).toEqual(['k.comment.1.1', 'k.urge.1.1', 'k.withdraw.1.1']);
  });

  it('offers nothing to whom it does not concern', () => {
    const card = ofTask(start, 'repair', 'bo');
    expect(card.over).toBe('已转交给ann');
    expect(buttons(card)).toEqual(['查看']);
  });

  it('does not say of a task handed on that it was accepted', () => {
    const handed = then(start, 'ann', { type: 'transfer', person: id('bo'), comment: '不在' });
    expect(ofTask(handed, 'repair', 'ann').over).toBe('已转交给bo');
  });
});

describe('a pool', () => {
  const pool = filed(
    { ...repair, nodes: { ...repair.nodes, repair: { ...repair.nodes['repair'], strategy: 'claim' } as never } },
    { directory, values: { ...values, urgency: '一般', category: '其他' } },
  );
  const claimed = then(pool, 'bo', { type: 'claim' });

  it('has one button to take the task, for each of them', () => {
    expect(buttons(ofTask(pool, 'repair', 'bo'))[0]).toBe('受理');
    expect(keys(ofTask(pool, 'repair', 'cy'))[0]).toMatch(/^t\.claim\./);
    expect(buttons(ofTask(pool, 'repair', 'bo')).filter((text) => text === '受理')).toHaveLength(1);
    expect(ofTicket(pool).body).toBe('已通知 bo、cy，等待受理。');
  });

  it('tells the others who was first', () => {
    expect(ofTask(claimed, 'repair', 'cy').over).toBe('已由bo受理');
    expect(ofTask(claimed, 'repair', 'bo').over).toBeNull();
  });
});

describe('a seal request', () => {
  const request = filed(seal, {
    directory,
    values: Object.fromEntries(
      seal.form.filter((field) => field.required).map((field) => [field.id, valueFor(field.id)]),
    ),
  });
  const manager = then(request, 'ken', { type: 'agree' });

  it('is shown to each approver when their turn comes', () => {
    expect(drawn(ofTask(request, request.ticket.tasks[0]?.node ?? '', 'ken'))).toMatchSnapshot();
    expect(drawn(ofTicket(manager))).toMatchSnapshot();
    const waiting = manager.ticket.tasks.find(({ state }) => state === 'waiting');
    expect(taskCard(viewOf(manager, 'eve'), waiting?.n ?? -1, 'zh-CN').over).toBe('还没轮到您');
  });

  it('is over for those whom a refusal spared', () => {
    const refused = then(manager, 'dee', { type: 'refuse', comment: '合同未审' });
    const last = refused.ticket.tasks.at(-1);
    expect(taskCard(viewOf(refused, 'eve'), last?.n ?? -1, 'zh-CN').over).toBe('dee已拒绝');
    const card = ofTicket(refused, 'rita', { by: id('dee'), text: '合同未审' });
    expect(drawn(card)).toMatchSnapshot();
  });

  it('goes back to the requester to be corrected', () => {
    const returned = then(request, 'ken', { type: 'return', to: 'filing', comment: '请写明用途' });
    const said = { by: id('ken'), text: '请写明用途' };
    expect(drawn(ofTask(returned, 'filing', 'rita', said))).toMatchSnapshot();
    expect(drawn(ofTicket(returned, 'rita', said))).toMatchSnapshot();
  });

  it('says that it was withdrawn', () => {
    const withdrawn = then(request, 'rita', { type: 'withdraw', comment: '' });
    expect(ofTask(withdrawn, withdrawn.ticket.tasks[0]?.node ?? '', 'ken').over).toBe('提报人已撤回');
    expect(ofTicket(withdrawn).over).toBe('已撤回');
  });
});

function valueFor(field: string): string | number {
  const found = seal.form.find((one) => one.id === field);
  if (found?.type === 'number') return 2;
  if (found?.type === 'date') return '2026-11-05';
  return found?.options[0]?.value ?? '与供应商续签合同';
}

describe('a draft', () => {
  const draft = (given: Record<string, string>, over: { filed: string } | 'cancelled' | null = null): Card =>
    draftCard(
      {
        ...around,
        draftId: 3,
        version: 1,
        template: repair,
        values: given,
        scope: filingScope(repair, id('rita'), { directory, now: NOW }),
        over,
        now: NOW,
      },
      'zh-CN',
    );

  it('says what is missing, and asks for the choices', () => {
    const card = draft({ title: '打印机卡纸', urgency: '紧急' });
    expect(drawn(card)).toMatchSnapshot();
    expect(card.inputs.map(({ key, value, required }) => [key, value, required])).toMatchSnapshot();
    const { card: wecom, dropped } = encodeWecom(card, { taskId: 'c3-1', openUrl: (url) => url });
    expect(wecom).toMatchSnapshot();
    expect(dropped).toMatchSnapshot();
  });

  it('asks for the device only where the category says so', () => {
    expect(draft({ category: '硬件故障' }).inputs.map(({ key }) => key)).toContain('asset');
    expect(draft({ category: '软件问题' }).inputs.map(({ key }) => key)).not.toContain('asset');
  });

  it('is over once it is filed or cancelled', () => {
    expect(draft(values as never, { filed: 'IT-202611-0042' })).toMatchObject({
      over: '已提交 IT-202611-0042',
      inputs: [],
      buttons: [],
    });
    expect(draft({}, 'cancelled').over).toBe('已取消');
  });
});

describe('what is encrypted', () => {
  const secret = { ...repair, form: repair.form.map((field) => (field.means === 'category' ? field : { ...field, encrypt: true })) }; // prettier-ignore
  const hidden = filed(secret, { directory, values: { ...values, detail: '密码是 123' } });
  it('never stands on a card', () => {
    const node = secret.nodes['repair'];
    const sealed: Template = {
      ...secret,
      nodes: {
        ...secret.nodes,
        repair: { ...node, form: node?.form.map((field) => ({ ...field, encrypt: true })) ?? [] } as never,
      },
    };
    const done = { ...then(then(hidden, 'ann', { type: 'accept' }), 'ann', { type: 'complete', values: solution }), template: sealed }; // prettier-ignore
    const all = [ofTicket(done), ofTask(done, 'repair', 'ann'), ofTask(done, 'supervise', 'ken')].map((card) => JSON.stringify(card)).join(); // prettier-ignore
    for (const word of ['密码', 'PR-07', '更换进纸轮', '1.5']) expect(all).not.toContain(word);
    expect(all).toContain('硬件故障');
  });
});

describe('Edit with approval', () => {
  it('shows on the next card what stood there before, and what is new', () => {
    const template = aTemplate(
      [
        anApproval('first', users('ann'), { fields: { amount: 'editable', note: 'editable' } }),
        anApproval('second', users('bo')),
      ],
      {
        form: [
          aField('title', 'text', { means: 'title' }),
          aField('amount', 'number'),
          aField('note', 'text'),
          aField('kind', 'text'),
        ],
      },
    );
    const values = { title: 't', amount: 5000, kind: '甲' };
    const story = then(filed(template, { values }), 'ann', {
      type: 'agree',
      values: { 'form.amount': 4800, 'form.note': '打折' },
    });
    const view = { ...viewOf(story, 'bo'), lastChange: changeOf([...story.events].reverse()) };
    expect(taskCard(view, taskOf(story, 'bo')?.n ?? -1, 'zh-CN').facts.slice(1)).toEqual([
      { label: 'amount', value: '5000 → 4800' },
      { label: 'note', value: '— → 打折' },
      { label: 'kind', value: '甲' },
    ]);
  });
});
