/** A platform whose cards hold whole forms, whose clicks take no words, and which never delivers a click again. */
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Card } from '../../src/card/card.ts';
import { makeChat } from '../../src/chat/receive.ts';
import { beginCard, cardByPlatformKey } from '../../src/ticket/cards.ts';
import { lockDraft, saveDraft } from '../../src/ticket/drafts.ts';
import { makeRenderer } from '../../src/ticket/render.ts';
import type { Answered, Inbound, InboundEvent, Workspace } from '../../src/workspace/port.ts';
import { FREELY } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, aRepair, type Office } from '../support/office.ts';

eachDatabase('a chat with forms on its cards', (open) => {
  let office: Office;
  let receive: ReturnType<typeof makeChat>;
  let count = 0;
  let synced = 0;
  beforeAll(async () => {
    office = await anOffice(open);
    const { db, templates, clock, people } = office;
    const publicUrl = 'http://paidan.test';
    const shared = { ...office, directory: people.current, offsetMinutes: 480 };
    const renderer = makeRenderer({
      ...{ db, templates, clock, publicUrl, directory: people.current, offsetMinutes: 480 },
      hasForms: () => true,
    });
    const workspaces = new Map([['sandbox', { capabilities: FREELY } as Workspace]]);
    receive = makeChat({ ...shared, renderer, workspaces, wake: () => {}, directoryChanged: () => void (synced += 1) });
  });
  beforeEach(() => office.db.write((tx) => tx.run('DELETE FROM outbox')));

  const happens = (account: string, what: Inbound, more: Partial<InboundEvent> = {}): Promise<Answered> =>
    receive({
      ...{ workspace: 'sandbox', channel: 'robot', key: `f${(count += 1)}`, at: office.clock(), stale: false },
      ...{ account, chat: account, reply: null, what },
      takes: { text: false, card: what.type === 'click' },
      ...more,
    });
  const types = (account: string, text: string, more?: Partial<InboundEvent>) =>
    happens(account, { type: 'text', text }, more);
  const outbox = () =>
    office.db.read((r) => r.rows<Row>('SELECT kind, workspace_id, payload, due_at FROM outbox ORDER BY id'));
  interface Row {
    kind: string;
    workspace_id: string | null;
    payload: string;
    due_at: number;
  }
  const newestDraft = async () =>
    (await office.db.read((r) => r.one<{ id: number }>('SELECT MAX(id) AS id FROM draft')))?.id ?? 0;
  const newest = async () =>
    office.ticket((await office.db.read((r) => r.one<{ id: number }>('SELECT MAX(id) AS id FROM ticket')))?.id ?? 0);
  /** A card as delivery would have sent it. */
  const shownTo = (account: string, of: { ticketId?: number; draftId?: number; role: string }, version = 1) => {
    const place = { ticketId: of.ticketId ?? null, draftId: of.draftId ?? null, workspace: 'sandbox' };
    return beginCard(office.db, { ...place, receiver: account, role: of.role }, 1, version);
  };
  const presses = (account: string, card: string, key: string, picked: Record<string, string[]> = {}) =>
    happens(account, { type: 'click', card, key, picked, code: null });
  const keyOf = (card: Card | undefined, text: string): string => {
    const all = [...(card?.buttons ?? []).map((b) => ({ ...b, ...b.does })), ...(card?.menu ?? [])];
    const found = all.find((one) => one.text === text);
    if (!found || !('key' in found)) throw new Error(`No ${text} on ${JSON.stringify(card)}`);
    return found.key;
  };
  const FORM = { title: ['打印机卡纸'], detail: ['三楼东侧'], urgency: ['一般'], category: ['硬件故障'] };

  /** Filed by wangxiao, and the card of whoever it was given to. */
  const repair = async () => {
    const by = office.id('wangxiao');
    const { ticketId } = await office.tickets.file(null, {
      ...{ by, requesterId: by, templateKey: 'it-repair', values: aRepair },
    });
    const { assigneeId, tasks } = await office.ticket(ticketId);
    const handler = office.people.current().people.get(assigneeId ?? 0)?.account ?? '';
    const n = tasks[0]?.n ?? 0;
    const card = await shownTo(handler, { ticketId, role: `task:${n}` });
    const key = (act: string, version: number) => `t.${act}.${ticketId}.${n}.${version}`;
    return { ticketId, handler, n, card: card.platform_key ?? '', key };
  };

  it('opens a form without a word, and files what was typed and chosen on it (S20, S24)', async () => {
    expect(await types('wangxiao', '报修 打印机卡纸')).toEqual({});
    expect((await outbox()).map(({ kind }) => kind)).toEqual(['draft']);
    const draftId = await newestDraft();
    const { platform_key: card } = await shownTo('wangxiao', { draftId, role: 'draft' });
    const { card: filed } = await presses('wangxiao', card ?? '', `d.submit.${draftId}`, FORM);
    expect(filed).toMatchObject({ kind: 'ticket', title: '打印机卡纸', notice: null });
    expect(await newest()).toMatchObject({ status: 'pending', category: '硬件故障', group: null });
    expect((await newest()).values['form']).toMatchObject({ detail: '三楼东侧' });
  });

  it('says on the card what is missing or unreadable, and keeps what was right', async () => {
    await types('hanmei', '报修 键盘');
    const draftId = await newestDraft();
    const { platform_key: card } = await shownTo('hanmei', { draftId, role: 'draft' });
    const bad = { ...FORM, category: [], occurred_at: ['天知道'] };
    const { card: again, text } = await presses('hanmei', card ?? '', `d.submit.${draftId}.1`, bad);
    expect(text).toBeUndefined();
    expect(again?.notice).toContain('发生时间');
    expect(again?.inputs.find(({ key }) => key === 'detail')?.value).toEqual(['三楼东侧']);
    const missing = await presses('hanmei', card ?? '', `d.submit.${draftId}.2`, { ...FORM, category: [] });
    expect(missing.card?.notice).toContain('问题分类');
    const unread = await presses('hanmei', card ?? '', `d.submit.${draftId}.3`, { ...FORM, occurred_at: ['天知道'] });
    expect(unread.card?.notice).toMatch(/^「发生时间」[^\n]*$/);
    const { card: filed } = await presses('hanmei', card ?? '', `d.submit.${draftId}.4`, FORM);
    expect(filed?.kind).toBe('ticket');
  });

  it('keeps the rest of the form when one value is not acceptable', async () => {
    await types('zhuting', '报修 键盘');
    const draftId = await newestDraft();
    const { platform_key: card } = await shownTo('zhuting', { draftId, role: 'draft' });
    const long = { ...FORM, title: ['长'.repeat(61)] };
    const { card: again } = await presses('zhuting', card ?? '', `d.submit.${draftId}.1`, long);
    expect(again?.notice).toContain('工单标题');
    expect(again?.notice).not.toContain('都齐了');
    expect(again?.inputs.find(({ key }) => key === 'title')?.value).toEqual(long.title);
    expect(again?.inputs.find(({ key }) => key === 'category')?.value).toEqual(['硬件故障']);
  });

  it('takes nothing back that was filled in elsewhere since the form was shown', async () => {
    await types('hanmei', '报修 键盘');
    const draftId = await newestDraft();
    const { platform_key: card } = await shownTo('hanmei', { draftId, role: 'draft' });
    const shownAt = office.clock();
    office.pass(5_000);
    // On its page.
    await office.db.write(async (tx) => {
      const draft = await lockDraft(tx, draftId, office.clock());
      if (draft) await saveDraft(tx, draft, { ...draft.values, detail: '空格键失灵' }, office.clock());
    });
    const asShown = { ...FORM, title: ['键盘'], detail: [''] };
    await presses('hanmei', card ?? '', `d.submit.${draftId}.${shownAt}`, asShown);
    expect((await newest()).values['form']).toMatchObject({ detail: '空格键失灵', category: '硬件故障' });
  });

  it('empties what was emptied on the form as it is', async () => {
    await types(
      'hanmei',
      '报修 键盘坏了，昨天还好好的，今天早上一开机就有好几个键没有反应，重启也没有用，插到别的电脑上也一样',
    );
    const draftId = await newestDraft();
    const { platform_key: card } = await shownTo('hanmei', { draftId, role: 'draft' });
    const asShown = { ...FORM, title: ['键盘'], detail: [''] };
    const { card: again } = await presses('hanmei', card ?? '', `d.submit.${draftId}.${office.clock()}`, asShown);
    expect(again?.notice).toContain('还差');
    expect(again?.inputs.find(({ key }) => key === 'detail')?.value).toEqual([]);
  });

  it('shows on the form what was said beside it', async () => {
    await types('zhuting', '报修 键盘');
    await office.db.write((tx) => tx.run('DELETE FROM outbox'));
    await types('zhuting', '硬件故障');
    expect((await outbox()).map(({ kind }) => kind)).toContain('draft');
    await office.db.write((tx) => tx.run('DELETE FROM outbox'));
    const media = { kind: 'image', id: 'p9', name: null, until: office.clock() + 1000 } as const;
    await happens('zhuting', { type: 'media', media });
    expect((await outbox()).map(({ kind }) => kind)).toContain('draft');
  });

  it('asks for the result as soon as the work is accepted, and takes it in one click (S39, S40)', async () => {
    const { ticketId, handler, card, key } = await repair();
    const accepted = await presses(handler, card, key('accept', 1));
    expect(accepted.card?.inputs.map(({ key: name }) => name)).toEqual(['solution', 'effort', 'core']);
    const complete = keyOf(accepted.card, '完成');
    const odd = await presses(handler, card, complete, { solution: ['换了搓纸轮'], effort: ['很久'], core: [] });
    expect(odd.card?.notice).toContain('工作耗时');
    expect(odd.card?.inputs.find(({ key: name }) => name === 'solution')?.value).toEqual(['换了搓纸轮']);
    const done = await presses(handler, card, complete, { solution: ['换了搓纸轮'], effort: ['0.5'], core: ['false'] });
    expect(done.card).toMatchObject({ over: expect.stringMatching(/您/), inputs: [] });
    expect(await office.ticket(ticketId)).toMatchObject({ status: 'confirming' });
  });

  it('asks for a reason on the card, and goes back to it as it was (S40)', async () => {
    const { ticketId, handler, card, key } = await repair();
    const form = await presses(handler, card, key('transfer', 1));
    expect(form.card?.inputs.map(({ key: name }) => name)).toEqual(['_person', '_comment']);
    expect(form.card?.notice).toBeNull();
    const back = await presses(handler, card, keyOf(form.card, '返回'));
    expect(keyOf(back.card, '转交')).toBe(key('transfer', 1));
    const half = await presses(handler, card, key('transfer', 1), { _person: ['李强'], _comment: [''] });
    expect(half.card?.notice).toContain('原因');
    await presses(handler, card, key('transfer', 1), { _person: ['nobody'], _comment: ['出差'] });
    expect((await office.ticket(ticketId)).assigneeId).toBe(office.id(handler));
    const refused = await presses(handler, card, key('transfer', 1), { _person: ['李强'], _comment: ['今天出差'] });
    expect(refused.card?.notice).toContain('李强');
    expect(refused.card?.inputs.map(({ value }) => value)).toEqual([['李强'], ['今天出差']]);
    const [name, colleague] = handler === 'chenwei' ? ['刘洋', 'liuyang'] : ['陈伟', 'chenwei'];
    await presses(handler, card, key('transfer', 1), { _person: [name], _comment: ['今天出差'] });
    expect((await office.ticket(ticketId)).assigneeId).toBe(office.id(colleague));
  });

  it('shows the present state each time, though a look is the same click as before', async () => {
    const { ticketId, handler, n, card, key } = await repair();
    const look = { type: 'click', card, key: `t.look.${ticketId}.${n}.1`, picked: {}, code: null } as const;
    await happens(handler, look, { key: 'the-same-look' });
    const comment = { type: 'comment', by: office.id('wangxiao'), comment: '又响了', files: [] } as const;
    await office.act(ticketId, comment);
    const again = await happens(handler, look, { key: 'the-same-look' });
    expect(again.card?.quote?.text).toContain('又响了');
    expect(keyOf(again.card, '转交')).toBe(key('transfer', 1));
  });

  it('takes a comment on the card', async () => {
    const { ticketId } = await repair();
    const { platform_key: card } = await shownTo('wangxiao', { ticketId, role: 'requester' });
    const { version } = await office.ticket(ticketId);
    const form = await presses('wangxiao', card ?? '', `k.comment.${ticketId}.${version}`);
    expect(form.card?.inputs.map(({ key }) => key)).toEqual(['_comment']);
    const said = await presses('wangxiao', card ?? '', keyOf(form.card, '补充说明'), { _comment: ['还有异响'] });
    expect(said.card?.quote?.text).toContain('还有异响');
  });

  it('takes the same comment once, however late the form that nobody answered is sent again', async () => {
    const { ticketId } = await repair();
    const { platform_key: card } = await shownTo('wangxiao', { ticketId, role: 'requester' });
    const { version } = await office.ticket(ticketId);
    const key = `k.comment.${ticketId}.${version}`;
    await presses('wangxiao', card ?? '', key, { _comment: ['还有异响'] });
    const again = await presses('wangxiao', card ?? '', key, { _comment: ['还有异响 '] });
    expect(again.card?.quote?.text).toBe('还有异响');
    expect((await office.ticket(ticketId)).version).toBe(version + 1);
    const form = await presses('wangxiao', card ?? '', keyOf(again.card, '补充说明'));
    await presses('wangxiao', card ?? '', keyOf(form.card, '补充说明'), { _comment: ['还有异响'] });
    expect((await office.ticket(ticketId)).version).toBe(version + 2);
  });

  it('tells on the card who was first, since a click takes no words (invariant 4)', async () => {
    const { handler, card, key } = await repair();
    await presses(handler, card, key('accept', 1));
    const late = await presses(handler, card, key('accept', 1));
    expect(late.text).toBeUndefined();
    expect(late.card?.notice).toMatch(/.+/);
    expect((await outbox()).filter(({ kind }) => kind === 'say')).toEqual([]);
  });

  it('answers a button of an old card, pressed once more, with the present state and without doing it again', async () => {
    const { ticketId, handler, card, key } = await repair();
    const accept = { type: 'click', card, key: key('accept', 1), picked: {}, code: null } as const;
    await happens(handler, accept, { key: 'the-same-press' });
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    const { version } = await office.ticket(ticketId);
    const again = await happens(handler, accept, { key: 'the-same-press' });
    expect(again.card?.over).toContain('撤回');
    expect(again.left).toBeDefined();
    expect((await office.ticket(ticketId)).version).toBe(version);
  });

  it('counts an answered card as shown only once the answer left; else its row shows it by a call', async () => {
    const { handler, n, card, key } = await repair();
    await office.db.write((tx) => tx.run('DELETE FROM outbox'));
    const { left } = await presses(handler, card, key('accept', 1));
    const shown = async () =>
      (await office.db.read((r) => cardByPlatformKey(r, 'sandbox', card)))?.shown_version ?? null;
    expect(await shown()).not.toBe(2);
    const own = (await outbox()).find((row) => row.kind === 'card' && row.payload.includes(`"task":${n}}`));
    expect(own?.due_at).toBeGreaterThan(office.clock() + 1_000);
    left?.();
    for (let i = 0; i < 100 && (await shown()) !== 2; i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await shown()).toBe(2);
  });

  it('notes what the answer shows, and not what a second delivery would have shown', async () => {
    const { ticketId } = await repair();
    const card = await shownTo('wangxiao', { ticketId, role: 'requester' });
    const { version } = await office.ticket(ticketId);
    const { platform_key: platformKey } = card;
    const key = `k.comment.${ticketId}.${version}`;
    const click = {
      type: 'click',
      card: platformKey ?? '',
      key,
      picked: { _comment: ['还有异响'] },
      code: null,
    } as const;
    const [first, second] = [
      await happens('wangxiao', click, { key: 'the-same-comment' }),
      await happens('wangxiao', click, { key: 'the-same-comment' }),
    ];
    expect(second.card).toEqual(first.card);
    second.left?.();
    first.left?.();
    const shown = async () =>
      (await office.db.read((r) => cardByPlatformKey(r, 'sandbox', platformKey ?? '')))?.shown_version ?? 0;
    for (let i = 0; i < 100 && (await shown()) < version + 1; i += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await shown()).toBe(version + 1);
    expect((await office.ticket(ticketId)).version).toBe(version + 1);
  });

  it('says by a message of its own what an answer can not carry, where it was said', async () => {
    const reply = { address: 'https://example.com/session', until: office.clock() + 1000 };
    expect(await types('wangxiao', '帮助', { reply })).toEqual({});
    const [row] = await outbox();
    expect(row).toMatchObject({ kind: 'say', workspace_id: 'sandbox' });
    expect(JSON.parse(row?.payload ?? '{}')).toMatchObject({
      chat: 'wangxiao',
      reply,
      text: expect.stringContaining('报修'),
    });
  });

  it('tells somebody without an account what to do, where the platform allows it', async () => {
    const reply = { address: 'https://example.com/session', until: office.clock() + 1000 };
    expect(await types('', '报修', { chat: '', reply })).toEqual({});
    expect((await outbox()).map(({ kind }) => kind)).toEqual(['say']);
    await office.db.write((tx) => tx.run('DELETE FROM outbox'));
    expect(await types('', '报修', { chat: '' })).toEqual({});
    expect(await outbox()).toEqual([]);
    // They are in no directory: each word of theirs would have it read anew.
    expect(synced).toBe(0);
    await types('somebody-new', '报修');
    expect(synced).toBe(1);
  });

  it('files from a group: the form is private, and the group sees how it goes (S19)', async () => {
    const chat = 'group:cid1==';
    const heard = await types('tangmin', '报修 投影仪', { chat, takes: { text: true, card: false } });
    expect(heard.text).toContain('单聊');
    const draftId = await newestDraft();
    const { platform_key: card } = await shownTo('tangmin', { draftId, role: 'draft' });
    await presses('tangmin', card ?? '', `d.submit.${draftId}`, FORM);
    expect(await newest()).toMatchObject({ group: { workspace: 'sandbox', chat } });
    const group = (await outbox()).find(({ kind }) => kind === 'group');
    expect(group).toMatchObject({ workspace_id: 'sandbox', payload: JSON.stringify({ chat }) });
  });

  it('a form begun in a group takes the place of the one between us, and the reverse', async () => {
    await types('dengli', '报修 键盘坏了');
    const direct = await newestDraft();
    await types('dengli', '报修 群里的投影', { chat: 'group:cid1==' });
    const group = await newestDraft();
    await types('dengli', '分类是硬件故障');
    const open = (id: number) => office.db.write(async (tx) => (await lockDraft(tx, id, office.clock()))?.open);
    expect([await open(direct), await open(group)]).toEqual([false, true]);
    await types('dengli', '报修 鼠标坏了');
    expect([await open(group), await open(await newestDraft())]).toEqual([false, true]);
  });

  it('tells nobody’s own business in a group', async () => {
    const { text } = await types('wangxiao', '我的工单', { chat: 'group:cid1==', takes: { text: true, card: false } });
    expect(text).toContain('单聊');
    expect(text).not.toContain('IT-');
  });

  it('says in a group what can be asked for there, and no more', async () => {
    const { text } = await types('wangxiao', '帮助', { chat: 'group:cid1==', takes: { text: true, card: false } });
    expect(text).toContain('报修');
    expect(text).not.toContain('我的工单');
  });

  it('takes pictures that stand between the words, and those sent afterwards between the two of us', async () => {
    const picture = (id: string) => ({ kind: 'image' as const, id, name: null, until: office.clock() + 1000 });
    const chat = 'group:cid1==';
    await happens('dengli', { type: 'text', text: '报修 显示器', media: [picture('p1')] }, { chat });
    await happens('dengli', { type: 'media', media: picture('p2') });
    const row = await office.db.read((r) =>
      r.one<{ field_values: string }>('SELECT field_values FROM draft WHERE id = (SELECT MAX(id) FROM draft)'),
    );
    expect((JSON.parse(row?.field_values ?? '{}') as { files: number[] }).files).toHaveLength(2);
  });
});
