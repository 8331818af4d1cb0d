/** People whom the requester picks, in a chat: in words where cards ask little, on the card's form where they hold it. */
import { expect, it } from '@jest/globals';
import { makeChat } from '../../src/chat/receive.ts';
import { setRole } from '../../src/people/role.ts';
import { beginCard } from '../../src/ticket/cards.ts';
import { makeRenderer } from '../../src/ticket/render.ts';
import type { Capabilities, Inbound, Workspace } from '../../src/workspace/port.ts';
import { BY_CODE, FREELY } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';

const TEXT = `template: review
name: 评审
keywords: [评审]
form:
  - { id: title, type: text, label: 标题, required: true }
flow:
  - { id: judge, approve: 评审, approver: { requester_picks: { role: 评审专家 }, min: 1, max: 2 }, mode: all }
`;

eachDatabase('picking approvers in a chat', (open) => {
  async function opened(capabilities: Capabilities) {
    const office = await anOffice(open);
    const { db, people, cache, templates, clock } = office;
    const members = { people: ['hanmei', 'luoyi', 'xiebin'].map(office.id), departments: [] };
    await setRole(db, { name: '评审专家', members, directory: people.current(), announcer: cache });
    await people.refresh();
    const { published } = await templates.publish(TEXT, null, 'api');
    expect(published).toBeTruthy();
    const hasForms = () => capabilities === FREELY;
    const around = { directory: people.current, offsetMinutes: 480 };
    const renderer = makeRenderer({ db, templates, clock, publicUrl: 'http://p.test', hasForms, ...around });
    const workspaces = new Map([['sandbox', { capabilities } as Workspace]]);
    const receive = makeChat({
      ...office,
      ...around,
      renderer,
      workspaces,
      wake: () => {},
      directoryChanged: () => {},
    });
    let count = 0;
    const happens = (what: Inbound) =>
      receive({
        ...{ workspace: 'sandbox', channel: 'app' as const, key: `p${(count += 1)}`, at: clock(), stale: false },
        ...{ account: 'wangxiao', chat: 'wangxiao', reply: null, what },
        takes: { text: capabilities !== FREELY, card: what.type === 'click' },
      });
    const newest = async (table: string) =>
      (await db.read((r) => r.one<{ id: number }>(`SELECT MAX(id) AS id FROM ${table}`)))?.id ?? 0;
    return {
      say: async (text: string) => (await happens({ type: 'text', text })).text ?? '',
      /** The button of the draft's card, with what was chosen on it. */
      async press(picked: Record<string, string[]>) {
        const draftId = await newest('draft');
        const place = { ticketId: null, draftId, workspace: 'sandbox', receiver: 'wangxiao', role: 'draft' };
        const { platform_key: card } = await beginCard(db, place, 1, 1);
        return happens({ type: 'click', card: card ?? '', key: `d.submit.${draftId}`, picked, code: null });
      },
      asked: async () => {
        const { tasks } = await office.ticket(await newest('ticket'));
        return tasks.map(({ assigneeId }) => people.current().people.get(assigneeId ?? 0)?.account);
      },
      id: office.id,
    };
  }

  it('in words: the list is told, and names or numbers are taken', async () => {
    const chat = await opened(BY_CODE);
    const first = await chat.say('评审 选型方案');
    expect(first).toContain('评审的人选');
    expect(first).toMatch(/1\D+韩梅[^]*2\D+罗毅[^]*3\D+谢斌/);
    expect(await chat.say('吴刚')).toContain('没有找到唯一的「吴刚」');
    expect(await chat.say('1、2、3')).toContain('最多选 2 人');
    await chat.say('谢斌、1');
    await chat.press({});
    expect(await chat.asked()).toEqual(['xiebin', 'hanmei']);
  });

  it('on a card that holds the form: several of the list are chosen there, and strangers are refused', async () => {
    const chat = await opened(FREELY);
    await chat.say('评审 选型方案');
    const { card } = await chat.press({ title: ['选型方案'], picks_judge: [String(chat.id('wugang'))] });
    expect(card?.notice).toContain('请从这些人里选：韩梅、罗毅、谢斌');
    const input = card?.inputs.find(({ key }) => key === 'picks_judge');
    expect(input).toMatchObject({ kind: 'choices', required: true, label: '评审的人选' });
    expect(input?.options.map(({ text }) => text)).toEqual(['韩梅', '罗毅', '谢斌']);
    await chat.press({ title: ['选型方案'], picks_judge: ['luoyi', 'hanmei'].map((one) => String(chat.id(one))) });
    expect(await chat.asked()).toEqual(['luoyi', 'hanmei']);
  });
});
