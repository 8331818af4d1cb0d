/** What is said and clicked in a chat, without a wire: events in, neutral answers out, on a real database. */
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Card } from '../../src/card/card.ts';
import { makeChat } from '../../src/chat/receive.ts';
import { makeRenderer, type Renderer } from '../../src/ticket/render.ts';
import { beginCard } from '../../src/ticket/cards.ts';
import type { Answer, Inbound, Workspace } from '../../src/workspace/port.ts';
import { BY_CODE } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, type Office } from '../support/office.ts';

eachDatabase('a chat', (open) => {
  let office: Office;
  let receive: ReturnType<typeof makeChat>;
  let renderer: Renderer;
  let count = 0;
  let synced = 0;
  beforeAll(async () => {
    office = await anOffice(open);
    const { db, once, commands, templates, people, clock, log } = office;
    renderer = makeRenderer({
      db,
      templates,
      directory: people.current,
      clock,
      offsetMinutes: 480,
      publicUrl: 'http://paidan.test',
    });
    const workspaces = new Map([['sandbox', { capabilities: BY_CODE } as Workspace]]);
    const directoryChanged = () => void (synced += 1);
    receive = makeChat({
      db,
      once,
      commands,
      templates,
      renderer,
      directory: people.current,
      workspaces,
      clock,
      log,
      offsetMinutes: 480,
      wake: () => {},
      cache: office.cache,
      directoryChanged,
    });
  });

  const happens = (account: string, what: Inbound, key = `k${(count += 1)}`): Promise<Answer> =>
    receive({
      workspace: 'sandbox',
      channel: 'app',
      key,
      at: office.clock(),
      stale: false,
      account,
      chat: account,
      takes: { text: true, card: what.type === 'click' },
      reply: null,
      what,
    });
  const say = async (account: string, text: string, key?: string) =>
    (await happens(account, { type: 'text', text }, key)).text ?? '';
  const click = (
    account: string,
    key: string,
    picked: Record<string, string[]> = {},
    card = 'none',
    code: string | null = null,
  ) =>
    happens(account, {
      type: 'click',
      card,
      key,
      picked,
      code: code === null ? null : { code, until: office.clock() + 72 * 3_600_000 },
    });
  const keyOf = (card: Card | undefined, text: string): string => {
    const button = card?.buttons.find((one) => one.text === text) ?? card?.menu.find((one) => one.text === text);
    if (!button) throw new Error(`No ${text} on ${JSON.stringify(card?.buttons)}`);
    return 'key' in button ? button.key : 'key' in button.does ? button.does.key : '';
  };
  const draftIdOf = async () =>
    (await office.db.read((r) => r.one<{ id: number }>('SELECT MAX(id) AS id FROM draft')))?.id ?? 0;
  const newest = async () => {
    const row = await office.db.read((r) => r.one<{ id: number }>('SELECT MAX(id) AS id FROM ticket'));
    return office.ticket(row?.id ?? 0);
  };

  let account = 'wangxiao';
  const people = ['wangxiao', 'hanmei', 'tangmin', 'zhuting', 'dengli', 'xiebin', 'zhouming', 'gaofeng'];
  beforeEach(() => {
    account = people[count % people.length] ?? 'wangxiao';
  });

  const file = async (title = '打印机卡纸') => {
    await say(account, `报修 ${title} 紧急`);
    await say(account, '三楼东侧');
    return click(account, `d.submit.${await draftIdOf()}`, { category: ['硬件故障'], urgency: ['紧急'] });
  };

  it('understands template, urgency and title in one message, and asks for the rest (S19, S24)', async () => {
    const said = await say(account, '报修 打印机卡纸 紧急');
    expect(said).toContain('IT 报修');
    expect(said).toContain('打印机卡纸');
    expect(said).toContain('紧急');
    expect(said).toContain('问题详细描述');
    expect(await say(account, '三楼东侧')).toContain('问题分类');
    const answer = await click(account, `d.submit.${await draftIdOf()}`, { category: ['硬件故障'], urgency: ['紧急'] });
    expect(answer.card).toMatchObject({ kind: 'ticket', title: '打印机卡纸' });
    expect(await newest()).toMatchObject({ status: 'pending', urgency: '紧急', category: '硬件故障' });
  });

  it('takes the button first and the words after', async () => {
    await say(account, '报修 键盘坏了');
    const early = await click(account, `d.submit.${await draftIdOf()}`, { category: ['硬件故障'] });
    expect(early.text).toContain('问题详细描述');
    expect(await say(account, '空格键不灵')).toMatch(/已提交 IT-/);
    expect(await newest()).toMatchObject({ title: '键盘坏了', urgency: '一般' });
  });

  it('a draft survives and can be cancelled', async () => {
    await say(account, '报修 显示器');
    expect(await say(account, '取消')).toContain('已取消');
    expect(await say(account, '提交')).toContain('没有待提交');
  });

  it('a message delivered again gets the same answer and does nothing (invariant 3)', async () => {
    const before = await office.count('draft');
    const first = await say(account, '报修 鼠标', 'same');
    expect(await say(account, '报修 鼠标', 'same')).toBe(first);
    expect(await office.count('draft')).toBe(before + 1);
  });

  it('asks for every field of the node, one by one, and says what is wrong (S39, S40)', async () => {
    await file();
    const ticket = await newest();
    const handler = office.people.current().people.get(ticket.assigneeId ?? 0)?.account ?? '';
    const accepted = await click(
      handler,
      `t.accept.${ticket.id}.${ticket.tasks[0]?.n ?? 0}.${ticket.tasks[0]?.version ?? 0}`,
    );
    expect(accepted.card?.emphasis).toBe('处理中');
    expect((await click(handler, keyOf(accepted.card, '完成'))).text).toContain('处理方案');
    expect(await say(handler, '换了搓纸轮')).toContain('工作耗时');
    expect(await say(handler, '很久')).toContain('数字');
    expect(await say(handler, '1.5小时')).toContain('涉及核心系统');
    expect(await say(handler, '1')).toContain('已提交处理结果');
    expect((await office.ticket(ticket.id)).values['repair']).toMatchObject({
      solution: '换了搓纸轮',
      effort: 1.5,
      core: true,
    });
  });

  it('a click on an old card is answered with the present state, and its code is kept', async () => {
    await file();
    const ticket = await newest();
    const task = ticket.tasks[0];
    if (!task?.assigneeId) throw new Error('no handler');
    const handler = office.people.current().people.get(task.assigneeId)?.account ?? '';
    const place = {
      ticketId: ticket.id,
      draftId: null,
      workspace: 'sandbox',
      receiver: handler,
      role: `task:${task.n}`,
    };
    const card = await beginCard(office.db, place, 1, ticket.version);
    await office.act(ticket.id, { type: 'withdraw', by: ticket.requesterId, comment: '好了' });
    const answer = await click(
      handler,
      `t.accept.${ticket.id}.${task.n}.${task.version}`,
      {},
      card.platform_key ?? '',
      'code-of-refused-click',
    );
    expect(answer.card?.over).toBeTruthy();
    const kept = await office.db.read((r) =>
      r.one('SELECT * FROM card_code WHERE code = ?', ['code-of-refused-click']),
    );
    expect(kept).toMatchObject({ card_id: card.id, origin: 'click' });
  });

  it('a draft’s button pressed again shows how the ticket stands that its card has become', async () => {
    await say(account, '报修 打印机卡纸 紧急');
    await say(account, '三楼东侧');
    const draftId = await draftIdOf();
    const place = { ticketId: null, draftId, workspace: 'sandbox', receiver: account, role: 'draft' };
    const key = (await beginCard(office.db, place, 1, office.clock())).platform_key ?? '';
    const press = () => click(account, `d.submit.${draftId}`, { category: ['硬件故障'] }, key);
    expect((await press()).card?.kind).toBe('ticket');
    expect((await press()).card?.kind).toBe('ticket');
    expect((await click(account, `d.cancel.${draftId}`, {}, key)).card?.kind).toBe('ticket');
    expect(await newest()).toMatchObject({ status: 'pending' });
  });

  it('a button that is no longer there, because the answer was lost, is answered with the present card', async () => {
    await file();
    const ticket = await newest();
    const [task] = ticket.tasks;
    const handler = office.people.current().people.get(task?.assigneeId ?? 0)?.account ?? '';
    const key = `t.accept.${ticket.id}.${task?.n ?? 0}.${task?.version ?? 0}`;
    expect(keyOf((await click(handler, key)).card, '完成')).toBeTruthy();
    expect(keyOf((await click(handler, key)).card, '完成')).toBeTruthy();
    // What is still offered is explained in words.
    expect((await click(handler, `k.withdraw.${ticket.id}.1`)).card).toBeDefined();
    expect((await click(account, `k.withdraw.${ticket.id}.1`)).text).toBeTruthy();
  });

  it('the menu of a task’s card acts on the ticket, and the card stays the task’s', async () => {
    await file();
    const ticket = await newest();
    const [task] = ticket.tasks;
    const handler = office.people.current().people.get(task?.assigneeId ?? 0)?.account ?? '';
    const role = `task:${task?.n ?? 0}`;
    const place = { ticketId: ticket.id, draftId: null, workspace: 'sandbox', receiver: handler, role };
    const card = await beginCard(office.db, place, 1, ticket.version);
    await office.act(ticket.id, { type: 'withdraw', by: ticket.requesterId, comment: '好了' });
    const answer = await click(handler, `k.comment.${ticket.id}.${ticket.version}`, {}, card.platform_key ?? '');
    expect(answer.card).toMatchObject({ kind: 'task', over: expect.stringContaining('撤回') });
  });

  it('a refused click that comes 20 times at once is refused 20 times, and keeps one code', async () => {
    await file();
    const ticket = await newest();
    const task = ticket.tasks[0];
    const handler = office.people.current().people.get(task?.assigneeId ?? 0)?.account ?? '';
    const place = {
      ticketId: ticket.id,
      draftId: null,
      workspace: 'sandbox',
      receiver: handler,
      role: `task:${task?.n}`,
    };
    const card = await beginCard(office.db, place, 1, ticket.version);
    await office.act(ticket.id, { type: 'withdraw', by: ticket.requesterId, comment: '好了' });
    const key = `t.accept.${ticket.id}.${task?.n}.${task?.version}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => click(handler, key, {}, card.platform_key ?? '', 'code-of-20')),
    );
    expect(answers.every((answer) => answer.card?.over)).toBe(true);
    const kept = await office.db.read((r) => r.rows('SELECT id FROM card_code WHERE code = ?', ['code-of-20']));
    expect(kept).toHaveLength(1);
  });

  it('lists, help, withdrawing by word, and what nobody understands', async () => {
    expect(await say(account, '帮助')).toContain('报修');
    await file('待撤回的工单');
    expect(await say(account, '我的工单')).toContain('待撤回的工单');
    const { number, id } = await newest();
    expect(await say(account, `撤回 ${number.toLowerCase()}`)).toContain('原因');
    expect(await say(account, '自己修好了')).toContain('已撤回');
    expect((await office.ticket(id)).status).toBe('withdrawn');
    expect(await say(account, '今天天气不错')).toContain('没有看懂');
    expect(await say('chenwei', '待办')).toBeTruthy();
    expect(await say(account, number)).toContain('待撤回的工单');
  });

  it('speaks English to whoever wants it, and Chinese again', async () => {
    expect(await say('dengli', 'English')).toContain('English from now on');
    await office.people.refresh();
    expect(await say('dengli', 'my tickets')).toContain('You have no tickets');
    expect(await say('dengli', '中文')).toContain('之后都说中文');
    await office.people.refresh();
    expect(await say('dengli', '我的工单')).toContain('您还没有工单');
  });

  it('a long sentence becomes the title and the description', async () => {
    const long = '打印机卡纸了，重启也没有用，'.repeat(6);
    const answer = await say('dengli', `报修 ${long} 紧急`);
    expect(answer).toContain(`问题详细描述：${long.slice(0, 60)}`);
    await say('dengli', '取消');
  });

  it('a number that nobody has is asked about, not filed', async () => {
    expect(await say('wangxiao', 'IT-209912-0001')).toContain('没有找到这张工单');
  });

  it('pictures become attachments of the draft; without one they are asked about', async () => {
    const picture: Inbound = {
      type: 'media',
      media: { kind: 'image', id: 'media-1', name: null, until: office.clock() + 1000 },
    };
    expect((await happens('heJing'.toLowerCase(), picture)).text).toContain('不知道');
    await say(account, '报修 屏幕碎了');
    expect((await happens(account, picture)).text).toContain('共 1 个');
    await say(account, '屏幕右上角');
    await click(account, `d.submit.${await draftIdOf()}`, { category: ['硬件故障'] });
    const ticket = await newest();
    expect(ticket.values['form']?.['files']).toHaveLength(1);
    const row = await office.db.read((r) => r.one('SELECT ticket_id, state FROM attachment ORDER BY id DESC LIMIT 1'));
    expect(row).toMatchObject({ ticket_id: ticket.id, state: 'pending' });
  });

  it('a stranger is told what to do, and the directory is looked at again', async () => {
    const before = synced;
    expect(await say('nobody-knows-me', '报修')).toContain('通讯录');
    expect(synced).toBe(before + 1);
  });

  it('a forged or foreign key opens nothing', async () => {
    await file('别人的工单');
    const ticket = await newest();
    const stranger = account === 'tangmin' ? 'dengli' : 'tangmin';
    const answer = await click(stranger, `t.accept.${ticket.id}.${ticket.tasks[0]?.n ?? 0}.1`);
    expect(answer.card).toBeUndefined();
    expect(answer.text).not.toContain('别人的工单');
    expect((await click(stranger, '../../etc')).text).toBeTruthy();
  });

  it('a draft that another one takes the place of is shown as cancelled', async () => {
    await say(account, '报修 显示器');
    const first = await draftIdOf();
    const before = (await renderer.draftCard(first))?.version ?? 0;
    await say(account, '报修 键盘');
    const after = await renderer.draftCard(first);
    expect(after?.card.over).toBe('已取消');
    expect(after?.version).toBeGreaterThan(before);
    const rows = await office.db.read((r) =>
      r.rows<{ payload: string }>('SELECT payload FROM outbox ORDER BY id DESC LIMIT 2'),
    );
    const personId = office.id(account);
    const shown = rows.map(({ payload }) => JSON.parse(payload) as unknown);
    expect(shown).toEqual([
      { personId, draftId: first + 1 },
      { personId, draftId: first },
    ]);
  });
});
