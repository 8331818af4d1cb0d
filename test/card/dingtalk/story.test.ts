/** The IT repair's story (S3–S45) as DingTalk draws it: the variables that are there, of each card that people see. */
import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Card } from '../../../src/card/card.ts';
import { cardInput } from '../../../src/card/cardInput.ts';
import { encodeDingtalk } from '../../../src/card/dingtalk/encode.ts';
import { draftCard } from '../../../src/card/draftCard.ts';
import { groupCard } from '../../../src/card/groupCard.ts';
import { taskCard } from '../../../src/card/taskCard.ts';
import { ticketCard } from '../../../src/card/ticketCard.ts';
import { lookOf, type TicketView } from '../../../src/card/view.ts';
import { compileTemplate } from '../../../src/flow/compile.ts';
import { filingScope } from '../../../src/flow/formScope.ts';
import { parseTemplate } from '../../../src/flow/parse.ts';
import { possibleActs } from '../../../src/flow/query.ts';
import { shownFields } from '../../../src/form/shown.ts';
import { aDirectory, filed, id, type Name, nameById, NOW, type Story, then } from '../../support/flow.ts';

const { spec } = parseTemplate(readFileSync('templates/it-repair.yaml', 'utf8'));
if (!spec) throw new Error('the shipped template is broken');
const repair = compileTemplate(spec, 1);
const directory = aDirectory({ roles: { 硬件工程师: ['ann'], IT服务台: ['bo', 'cy'], IT主管: ['ken'] } });
const around = {
  names: nameById,
  url: (path: string) => path,
  forms: true,
  now: NOW + 7_200_000,
  offsetMinutes: 480,
};
const values = { title: '打印机卡纸', detail: '三楼东侧打印机卡纸，无法打印。', urgency: '非常紧急', category: '硬件故障', asset: 'PR-07' }; // prettier-ignore

function viewOf({ ticket, template }: Story, reader: Name): TicketView {
  return { ...around, ticket, template, receiverId: id(reader), acts: possibleActs(template, ticket, id(reader), directory, around.now) }; // prettier-ignore
}
/** With the node's form on it, as the chat asks it. */
function taskOf(story: Story, node: string, reader: Name): Card {
  const view = viewOf(story, reader);
  const n = story.ticket.tasks.findLast((task) => task.node === node)?.n ?? -1;
  const scope = filingScope(repair, id('rita'), { directory, now: NOW });
  const fields = shownFields({ fields: repair.nodes[node]?.form ?? [], access: {}, values: {}, scope });
  const inputs = fields.flatMap((field) => cardInput(field, lookOf(view, 'zh-CN')) ?? []);
  return taskCard({ ...view, asked: { act: 'complete', pressed: false, inputs } }, n, 'zh-CN');
}
function shown(card: Card): unknown {
  const { params, dropped } = encodeDingtalk(card, { openUrl: (url) => url });
  const there = Object.entries(params).filter(([, value]) => value !== '');
  const read = there.map(([name, value]) => [name, value.startsWith('{') ? (JSON.parse(value) as unknown) : value]);
  return { ...(Object.fromEntries(read) as object), dropped };
}

const start = filed(repair, { directory, values });
const accepted = then(start, 'ann', { type: 'accept' });
const handled = then(accepted, 'ann', { type: 'complete', values: { solution: '更换进纸轮', effort: 1.5 } });
const agreed = then(handled, 'ken', { type: 'agree' });
const closed = then(agreed, 'rita', { type: 'agree' });

it('a draft is a form', () => {
  const scope = filingScope(repair, id('rita'), { directory, now: NOW });
  const given = { title: '打印机卡纸', urgency: '紧急' };
  const view = { ...around, draftId: 3, version: 1, template: repair, values: given, scope, over: null };
  expect(shown(draftCard(view, 'zh-CN'))).toMatchSnapshot();
  expect(shown(draftCard({ ...view, over: { filed: 'IT-202611-0042' } }, 'zh-CN'))).toMatchSnapshot();
});

it('the requester, the group and the end', () => {
  for (const story of [start, agreed, closed])
    expect(shown(ticketCard(viewOf(story, 'rita'), 'zh-CN'))).toMatchSnapshot();
  expect(shown(groupCard(viewOf(accepted, 'rita'), 'zh-CN'))).toMatchSnapshot();
});

it('the group is asked nothing, whoever it is who must do something', () => {
  expect(ticketCard(viewOf(agreed, 'rita'), 'zh-CN').body).toContain('请您确认');
  for (const story of [start, accepted, handled, agreed, closed]) {
    const card = groupCard(viewOf(story, 'rita'), 'zh-CN');
    expect(card).toMatchObject({ body: expect.not.stringMatching(/您|见下方/), buttons: [], inputs: [], menu: [] });
  }
  expect(groupCard(viewOf(agreed, 'rita'), 'zh-CN').body).toContain(`等待 ${nameById(id('rita'))} 确认`);
  for (const status of ['refused', 'suspended', 'withdrawn', 'returned'] as const) {
    const view = viewOf(accepted, 'rita');
    const there = { ...view, ticket: { ...view.ticket, status } };
    expect(groupCard(there, 'zh-CN').body).not.toMatch(/您|见下方/);
    expect(groupCard(there, 'en').body).not.toMatch(/you|below/i);
  }
});

it('the engineer, with the form of what was done', () => {
  expect(shown(taskCard(viewOf(start, 'ann'), start.ticket.tasks[0]?.n ?? -1, 'zh-CN'))).toMatchSnapshot();
  expect(shown(taskOf(accepted, 'repair', 'ann'))).toMatchSnapshot();
  expect(shown(taskOf(handled, 'repair', 'ann'))).toMatchSnapshot();
});

it('the supervisor, and the requester who confirms', () => {
  const last = (story: Story): number => story.ticket.tasks.at(-1)?.n ?? -1;
  expect(shown(taskCard(viewOf(handled, 'ken'), last(handled), 'zh-CN'))).toMatchSnapshot();
  expect(shown(taskCard(viewOf(agreed, 'rita'), last(agreed), 'zh-CN'))).toMatchSnapshot();
});
