/**
 * Platforms whose cards change at any time, with groups and to-dos, and people who are on two of them: issue 3, points 5 to 7.
 * Beside each: the calls that it costs, P12 of `performance.md`.
 */
import { beforeEach, expect, it } from '@jest/globals';
import { makeDeadLetters } from '../../src/delivery/deadLetters.ts';
import { LEASE_MS, makeQueue, type Queue } from '../../src/delivery/queue.ts';
import { makeCardSender, makeDraftSender, makeGroupSender } from '../../src/delivery/sendCard.ts';
import type { Sender, SenderParts } from '../../src/delivery/sender.ts';
import { makeSaySender } from '../../src/delivery/sendSay.ts';
import { makeTextSender } from '../../src/delivery/sendText.ts';
import { makeTodoSender } from '../../src/delivery/sendTodo.ts';
import { groupChat } from '../../src/lib/chat.ts';
import { raiseRevision } from '../../src/people/revision.ts';
import type { OutboxRow } from '../../src/store/entity/traffic.ts';
import { beginDraft } from '../../src/ticket/drafts.ts';
import { awayRow, checkRow, draftRow, outboxPart, sayRow } from '../../src/ticket/outboxRow.ts';
import { makeRenderer, type Renderer } from '../../src/ticket/render.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';
import { anOffice, aRepair, type Office } from '../support/office.ts';
import { aFreePlatform } from './freePlatform.ts';

const GROUP = groupChat('cid1');

eachDatabase('cards that change freely', (open) => {
  let office: Office;
  let queue: Queue;
  let senders: Record<string, Sender>;
  let home: ReturnType<typeof aFreePlatform>;
  let plant: ReturnType<typeof aFreePlatform>;
  let saves: boolean;
  let renderer: Renderer;
  let parts: SenderParts;
  beforeEach(async () => {
    office = await anOffice(open);
    home = aFreePlatform('sandbox');
    plant = aFreePlatform('plant', { quota: { calls: 5000, pushes: 3000 } });
    saves = false;
    const { db, clock, cache, log, people, templates } = office;
    queue = makeQueue({ db, clock, random: () => 0.5, log: aLog() });
    const directory = people.current;
    renderer = makeRenderer({ db, templates, directory, clock, offsetMinutes: 480, publicUrl: 'http://p.test' });
    const workspaces = new Map([home, plant].map(({ workspace }) => [workspace.id, workspace]));
    parts = { db, queue, cache, clock, log, directory, workspaces, thrifty: () => saves };
    senders = {
      card: makeCardSender(parts, renderer),
      draft: makeDraftSender(parts, renderer),
      group: makeGroupSender(parts, renderer),
      todo: makeTodoSender(parts, renderer),
      text: makeTextSender(parts),
      say: makeSaySender(parts),
    };
  });

  const settled = async (): Promise<void> => {
    for (let rows = await queue.claim(20); rows.length > 0; rows = await queue.claim(20))
      for (const row of rows) await senders[row.kind]?.(row);
  };
  const rowsOf = (kind: string): Promise<OutboxRow[]> =>
    office.db.read((r) => r.rows<OutboxRow>('SELECT * FROM outbox WHERE kind = ? ORDER BY id', [kind]));
  const act = async (ticketId: number, type: 'accept' | 'complete'): Promise<void> => {
    const { tasks, assigneeId } = await office.ticket(ticketId);
    const task = tasks.find(({ state }) => state === 'open');
    const on = { by: assigneeId ?? -1, task: task?.n ?? 0, taskVersion: task?.version ?? 0 };
    await office.act(
      ticketId,
      type === 'accept' ? { type, ...on } : { type, ...on, values: { solution: '换了滚筒', effort: 1 }, comment: '' },
    );
  };
  const engineer = async (ticketId: number) => {
    const id = (await office.ticket(ticketId)).assigneeId ?? -1;
    return { id, account: office.people.current().people.get(id)?.account ?? '' };
  };
  /** The person gets a second account, on the other platform. */
  const alsoAtThePlant = async (personId: number, account: string): Promise<void> => {
    await office.db.write(async (tx) => {
      const row = { account, account_verbatim: account, union_id: null, person_id: personId, left_at: null };
      await tx.insert('identity', [{ workspace_id: 'plant', ...row }]);
      await raiseRevision(tx);
    });
    await office.people.refresh();
  };
  const sayIn = (chat: string, madeAt: number) =>
    office.db.write((tx) => tx.insertAll([outboxPart([sayRow('plant', { chat, text: '好的' }, madeAt)])]));

  it('follows the ticket on the same cards, and says nothing that a card shows', async () => {
    const { ticketId } = await office.file('wangxiao');
    await settled();
    const { account } = await engineer(ticketId);
    await act(ticketId, 'accept');
    await settled();
    expect(home.shownTo('wangxiao').map(({ emphasis }) => emphasis)).toEqual(['处理中']);
    expect(home.shownTo(account)).toHaveLength(1);
    expect(home.texts).toEqual([]);
    expect((await rowsOf('text')).map(({ state }) => state)).toEqual(['dropped']);
  });

  it('代理: both are told, each in their own words and language, where they are at home', async () => {
    const [ownerId, substituteId] = [office.id('wangxiao'), office.id('hanmei')];
    await office.db.write(async (tx) => {
      await tx.run("UPDATE person SET locale = 'en' WHERE id = ?", [substituteId]);
      await raiseRevision(tx);
      const until = Date.UTC(2026, 10, 27, 10);
      const rows = (['began', 'over'] as const).flatMap((what) =>
        [ownerId, substituteId].map((personId) =>
          awayRow(personId, { what, ownerId, substituteId, until, partly: what === 'began' }, office.clock()),
        ),
      );
      await tx.insertAll([outboxPart(rows)]);
    });
    await office.people.refresh();
    await settled();
    expect(home.texts.map(({ to, text }) => `${to} ${text}`)).toEqual([
      'wangxiao 即日起由韩梅代理您，到 2026-11-27 18:00 为止。部分流程的新待办会同时发给两位，谁先处理都算；要提前结束，发「取消代理」。',
      'hanmei You stand in for 王晓 until 2026-11-27 18:00. Their new tasks of some templates come to you as well, and either may act.',
      'wangxiao 韩梅对您的代理已结束，新的待办只发给您本人。',
      'hanmei You no longer stand in for 王晓: their new tasks don’t come to you any more.',
    ]);
    expect((await rowsOf('text')).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('what the nightly check found is told to whom it is addressed, where they are at home', async () => {
    const check = {
      template: { key: 'seal', version: 2, name: '用章申请' },
      found: [{ line: 6, zh: '「zhaolei」已离职', en: '“zhaolei” has left' }],
      more: 3,
    };
    await office.db.write((tx) => tx.insertAll([outboxPart([checkRow(office.id('wugang'), check, office.clock())])]));
    await settled();
    expect(home.texts.map(({ to, text }) => [to, ...text.split('\n')])).toEqual([
      [
        'wugang',
        '夜间检查发现流程「用章申请」（seal v2）有新的问题：',
        '· 第 6 行：「zhaolei」已离职',
        '· 另有 3 项',
        '请修改流程后重新发布，或补全通讯录和角色；运行 paidan template check --published 可查看全部。',
      ],
    ]);
  });

  it('a to-do is made for work, not for one tap, and ends as the task ends', async () => {
    const { ticketId } = await office.file('wangxiao');
    await settled();
    const { account } = await engineer(ticketId);
    expect([...home.todos.values()]).toEqual([expect.objectContaining({ account, state: 'open' })]);
    await act(ticketId, 'accept');
    await act(ticketId, 'complete');
    await settled();
    // The requester's task to confirm has none.
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['done']);
    expect(home.calls.filter((call) => ['todo', 'find', 'end'].includes(call))).toEqual(['todo', 'end']);
  });

  it('a task that somebody else ended is removed from the list', async () => {
    const { ticketId } = await office.file('wangxiao');
    await settled();
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await settled();
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['removed']);
  });

  it('a task that ended before its to-do was begun, but after it was looked at, leaves none behind', async () => {
    const { ticketId } = await office.file('wangxiao');
    for (const row of await queue.claim(20)) await senders[row.kind]?.(row);
    let ended = false;
    const late: Renderer['ticketCard'] = async (...of) => {
      const view = await renderer.ticketCard(...of);
      if (ended) return view;
      ended = true;
      await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
      for (const row of await queue.claim(20)) await senders[row.kind]?.(row);
      return view;
    };
    const [row] = await queue.claim(1);
    if (row?.kind === 'todo') await makeTodoSender(parts, { ...renderer, ticketCard: late })(row);
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['open']);
    await settled();
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['removed']);
  });

  it('a to-do that can’t be made holds no card up', async () => {
    home.plan('todo', { result: 'later', platformCode: 'busy', reason: 'flow control' });
    const { ticketId } = await office.file('wangxiao');
    await settled();
    await act(ticketId, 'accept');
    await settled();
    const { account } = await engineer(ticketId);
    expect(home.shownTo(account).map(({ emphasis }) => emphasis)).toEqual(['处理中']);
  });

  it.each(['lost', 'died'] as const)('a to-do whose answer %s is looked for before it is made again', async (how) => {
    home.plan('todo', how);
    const { ticketId } = await office.file('wangxiao');
    // What died never answers: its row is left as its process leaves it.
    const rows = await queue.claim(20);
    for (const row of rows) await senders[row.kind]?.(row);
    for (const row of await queue.claim(20)) void senders[row.kind]?.(row);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await rowsOf('todo')).map(({ state, resend }) => [state, how === 'died' ? '' : resend])).toEqual([
      ['sending', how === 'died' ? '' : 'ask_status_first'],
    ]);
    office.pass(LEASE_MS + 1);
    await settled();
    expect(home.calls.filter((call) => ['todo', 'find'].includes(call))).toEqual(['todo', 'find']);
    expect((await rowsOf('todo')).map(({ state }) => state)).toEqual(['sent']);
    await act(ticketId, 'accept');
    await act(ticketId, 'complete');
    await settled();
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['done']);
  });

  it('a card that arrived without a word is not left with its buttons when its task ended meanwhile', async () => {
    home.plan('card', 'died');
    home.plan('card', 'died');
    const { ticketId } = await office.file('wangxiao');
    for (const row of await queue.claim(20)) void senders[row.kind]?.(row);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { account } = await engineer(ticketId);
    expect(home.shownTo(account).map(({ over }) => over)).toEqual([null]);
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    office.pass(LEASE_MS + 1);
    await settled();
    expect(home.shownTo(account).map(({ over }) => over)).toEqual([expect.any(String)]);
  });

  it('a card about nothing left to do is not begun', async () => {
    const { ticketId } = await office.file('wangxiao');
    const { account } = await engineer(ticketId);
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await settled();
    expect(home.shownTo(account)).toEqual([]);
    expect(home.calls).not.toContain('update');
  });

  it('a card that the platform no longer knows is sent anew, where somebody has something to do', async () => {
    const { ticketId } = await office.file('wangxiao');
    await settled();
    const gone = { result: 'dead', platformCode: 'param.cardNotExist', reason: 'no such card' } as const;
    home.plan('update', gone);
    home.plan('update', gone);
    await act(ticketId, 'accept');
    await settled();
    const { account } = await engineer(ticketId);
    // The engineer's second card; the requester only watches.
    expect(home.shownTo(account).map(({ emphasis }) => emphasis)).toEqual(['待受理', '处理中']);
    expect(home.shownTo('wangxiao')).toHaveLength(1);
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await settled();
    expect(home.shownTo('wangxiao').map(({ emphasis }) => emphasis)).toEqual(['待受理', '已撤回']);
  });

  it('a card that was made, and reached nobody, is sent under another key when it is sent again', async () => {
    const nowhere = {
      result: 'dead',
      platformCode: 'deliverResults',
      reason: 'not in the group',
      keyTaken: true,
    } as const;
    home.plan('card', nowhere);
    await office.file('wangxiao');
    await settled();
    const { db, clock } = office;
    const letters = makeDeadLetters({ db, clock, wake: () => undefined });
    const [letter] = await letters.list(10);
    await letters.resend(letter?.id ?? 0);
    await settled();
    const keys = await db.read((r) =>
      r.rows<{ platform_key: string; state: string }>('SELECT platform_key, state FROM card ORDER BY id'),
    );
    const [burnt] = keys.filter(({ state }) => state === 'lost');
    expect(home.cards.has(burnt?.platform_key ?? '')).toBe(false);
    expect(home.cards.size).toBe(2);
    expect(await letters.list(10)).toEqual([]);
  });

  it('what waits for a larger quota goes at once when an admin has bought it; what is under way is left alone', async () => {
    home.plan('card', { result: 'later', platformCode: 'ApiCountLimitForOrg', reason: 'used up', waitMs: 3_600_000 });
    await office.file('wangxiao');
    await settled();
    const shown = home.cards.size;
    const { db, clock } = office;
    const letters = makeDeadLetters({ db, clock, wake: () => undefined });
    await db.write((tx) => tx.insertAll([outboxPart([sayRow('sandbox', { chat: 'wangxiao', text: 'x' }, clock())])]));
    const [underWay] = await queue.claim(1);
    await queue.later(underWay!, 'busy', []);
    office.pass(1_000);
    expect(await queue.claim(1)).toHaveLength(1);

    expect(await letters.resendAll()).toEqual({ count: 0, hurried: 1 });
    await settled();
    expect(home.cards.size).toBe(shown + 1);
    expect(await letters.resendAll()).toEqual({ count: 0, hurried: 0 });
  });

  it('a card whose first answer was lost is brought up to date, though the second sending changes nothing', async () => {
    home.plan('card', 'lost');
    const { ticketId } = await office.file('wangxiao');
    for (const row of await queue.claim(20)) await senders[row.kind]?.(row);
    await act(ticketId, 'accept');
    office.pass(60_000);
    await settled();
    expect(home.shownTo('wangxiao').map(({ emphasis }) => emphasis)).toEqual(['处理中']);
  });

  it('a to-do is made and ended also where the card beside it can’t be shown', async () => {
    const { ticketId } = await office.file('wangxiao');
    home.plan('card', { result: 'dead', platformCode: '403', reason: 'a scope is missing' });
    home.plan('card', { result: 'dead', platformCode: '403', reason: 'a scope is missing' });
    await settled();
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['open']);
    // Whoever has the duty is told where it can be done instead.
    expect(home.texts.map(({ text, link }) => [text, link?.url])).toEqual([
      [expect.stringContaining('在页面里办理'), expect.stringContaining(`/m/t/${ticketId}`)],
    ]);
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await settled();
    expect([...home.todos.values()].map(({ state }) => state)).toEqual(['removed']);
  });

  it('a draft stays where it was begun, and so does what the requester hears later', async () => {
    const personId = office.id('wangxiao');
    await alsoAtThePlant(personId, 'wang');
    const template = office.templates.current().get('it-repair');
    if (!template) throw new Error('no template');
    const draft = await office.db.write(async (tx) => {
      const begun = await beginDraft(tx, { personId, workspace: 'plant', chat: 'wang' }, template, {}, office.clock());
      await tx.insertAll([outboxPart([draftRow(begun.id, personId, office.clock())])]);
      return begun;
    });
    await settled();
    expect([plant.shownTo('wang').length, home.cards.size]).toEqual([1, 0]);
    const { ticketId } = await office.file('wangxiao');
    const adopted = 'UPDATE card SET ticket_id = ?, draft_id = NULL, role = ?, shown_version = 0 WHERE draft_id = ?';
    await office.db.write((tx) => tx.run(adopted, [ticketId, 'requester', draft.id]));
    await settled();
    expect(home.shownTo('wangxiao')).toEqual([]);
    await act(ticketId, 'accept');
    // The second update within a second waits its turn; rates are counted by the real clock.
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    office.pass(1_100);
    await settled();
    expect(plant.shownTo('wang').map(({ emphasis }) => emphasis)).toEqual(['处理中']);
  });

  it('who left the home platform is reached on the other', async () => {
    await alsoAtThePlant(office.id('wangxiao'), 'wang');
    await office.db.write(async (tx) => {
      await tx.run("UPDATE identity SET left_at = 1 WHERE workspace_id = 'sandbox' AND account = 'wangxiao'");
      await raiseRevision(tx);
    });
    await office.people.refresh();
    const personId = office.people.current().accounts.get('plant/wang') ?? -1;
    const asked = { by: personId, requesterId: personId, templateKey: 'it-repair', values: aRepair };
    await office.tickets.file(null, asked);
    await settled();
    expect(plant.shownTo('wang')).toHaveLength(1);
  });

  it('where calls are counted, none is made for what the card says that asks the requester to confirm', async () => {
    await alsoAtThePlant(office.id('wangxiao'), 'wang');
    await office.db.write(async (tx) => {
      await tx.run("UPDATE identity SET left_at = 1 WHERE workspace_id = 'sandbox' AND account = 'wangxiao'");
      await raiseRevision(tx);
    });
    await office.people.refresh();
    const by = office.people.current().accounts.get('plant/wang') ?? -1;
    const filing = { by, requesterId: by, templateKey: 'it-repair', values: aRepair };
    const { ticketId } = await office.tickets.file(null, filing);
    await settled();
    await act(ticketId, 'accept');
    await settled();
    await act(ticketId, 'complete');
    await settled();
    expect(plant.shownTo('wang').map(({ kind, emphasis }) => [kind, emphasis])).toEqual([['ticket', '处理中'], ['task', '待确认']]); // prettier-ignore
    expect(plant.calls).toEqual(['card', 'update', 'card']);
  });

  it('the group in which it was filed sees it, changed at most once a second, and how it ended', async () => {
    const by = office.id('wangxiao');
    const group = { workspace: 'plant', chat: GROUP };
    const filing = { by, requesterId: by, templateKey: 'it-repair', values: aRepair, group };
    const { ticketId } = await office.tickets.file(null, filing);
    await settled();
    expect(plant.calls).toEqual(['card']);
    await act(ticketId, 'accept');
    await settled();
    for (const text of ['一', '二', '三'])
      await office.act(ticketId, { type: 'comment', by, comment: text, files: [] });
    await settled();
    expect(plant.calls).toEqual(['card', 'update']);
    await office.act(ticketId, { type: 'withdraw', by, comment: '好了' });
    office.pass(1_000);
    await settled();
    expect(plant.calls).toEqual(['card', 'update', 'update']);
    expect(plant.shownTo(GROUP).map(({ emphasis, kind }) => [kind, emphasis])).toEqual([['group', '已撤回']]);
  });

  it('when the month is nearly used up, only what matters is sent', async () => {
    const by = office.id('wangxiao');
    await alsoAtThePlant(by, 'wang');
    saves = true;
    const group = { workspace: 'plant', chat: GROUP };
    const filing = { by, requesterId: by, templateKey: 'it-repair', values: aRepair, group };
    const { ticketId } = await office.tickets.file(null, filing);
    await settled();
    await act(ticketId, 'accept');
    await settled();
    expect(plant.calls).toEqual(['card']);
    expect(home.todos.size).toBe(0);
    await office.act(ticketId, { type: 'withdraw', by, comment: '好了' });
    await settled();
    expect(plant.calls).toEqual(['card', 'update']);
  });

  it('what may not come twice is not said again when nobody knows whether it arrived', async () => {
    for (const how of ['lost', 'died'] as const) {
      plant.plan('text', how);
      await sayIn(GROUP, office.clock());
      for (const row of await queue.claim(1)) void senders['say']?.(row);
      await new Promise((resolve) => setTimeout(resolve, 300));
      office.pass(LEASE_MS + 1);
      await settled();
    }
    expect(plant.calls).toEqual(['text', 'text']);
    const rows = await rowsOf('say');
    expect(rows.map(({ state, resend }) => [state, resend])).toEqual([
      ['dead', 'never_resend'],
      ['dead', 'never_resend'],
    ]);
    expect(rows.map(({ error }) => error?.startsWith('unknown whether it arrived'))).toEqual([true, true]);
  });

  it('an answer is said where it was asked for, and not two hours later', async () => {
    await sayIn('wang', office.clock() - 2 * 3_600_000 - 1);
    await sayIn('wang', office.clock());
    await settled();
    expect(plant.texts.map(({ to, text }) => [to, text])).toEqual([['wang', '好的']]);
    expect((await rowsOf('say')).map(({ state }) => state)).toEqual(['dropped', 'sent']);
  });
});
