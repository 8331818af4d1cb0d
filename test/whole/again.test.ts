/**
 * 再次提交 in the chats of both platforms, on the wire: by the button of the card of what did not go through, and by word.
 * `approval-semantics.md`, withdraw.
 */
import { beforeAll, expect, it } from '@jest/globals';
import type { Message } from '../../src/sandbox/client.ts';
import { keyOf } from '../support/cardPress.ts';
import { cardWords } from '../support/cardWords.ts';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

/** Several people, in turn: no platform lets one person be told everything within a minute. */
const LEAVE = `template: leave
name: 请假
keywords: [请假]
number: LV-{seq:4}
form:
  - { id: title, type: text, label: 事由, required: true }
  - { id: kind, type: radio, label: 类型, options: [年假, 病假], required: true }
  - { id: days, type: number, label: 天数, required: true }
flow: [ { id: boss, approve: 主管审批, approver: { user: sandbox/hejing } } ]
`;

eachService('Filing again in a chat', (start) => {
  let running: Running;
  let ahead = 0;
  let count = 0;
  beforeAll(async () => {
    running = await start({ clock: () => Date.now() + ahead });
    const { findings, published } = await running.service.app.templates.publish(LEAVE, null, 'test');
    expect([published === null, findings.filter(({ severity }) => severity === 'error')]).toEqual([false, []]);
  });

  const soon = <T>(look: () => Promise<T>): Promise<T> =>
    eventually(async () => {
      ahead += 500;
      await running.settled();
      return look();
    });
  const api = async (who: string, path: string, body: unknown): Promise<{ id: number; number: string }> => {
    const { status, body: answer } = await running.api(who, 'POST', `/api/v1/tickets${path}`, body);
    expect([status < 300, status < 300 ? '' : answer]).toEqual([true, '']);
    return answer as { id: number; number: string };
  };
  /** Filed, and then withdrawn by the requester or refused by the approver. */
  const inVain = async (who: string, how: 'withdraw' | 'refuse') => {
    const title = `探亲 ${(count += 1)}`;
    const values = { title, kind: '年假', days: 3 };
    const filed = await api(who, '', { template: 'leave', values });
    const { tasks } = await ticketOf(running, filed.number);
    const doing = how === 'withdraw' ? { act: how, comment: '' } : { act: how, task: tasks[0]?.n, comment: '先排班' };
    await api(how === 'withdraw' ? who : 'hejing', `/${filed.id}/acts`, doing);
    return { ...filed, title };
  };
  const over = (who: string, number: string): Promise<Message> =>
    soon(() =>
      running.as(who).find(`the card of ${number}`, (one) => {
        const words = cardWords(one);
        return words?.subtitle.includes(number) === true && keyOf(one, '再次提交') !== null;
      }),
    );
  const draft = (who: string, number: string): Promise<Message> =>
    soon(() =>
      running
        .as(who)
        .find(`the form that follows ${number}`, (one) => keyOf(one, '提交') !== null && factsOf(one).includes(number)),
    );
  /** As a text, or on DingTalk, with a link, as a card of its own. */
  const told = async (who: string, words: string) =>
    soon(() =>
      running
        .as(who)
        .find(words, ({ from, text, actionCard }) => from === 'app' && `${text} ${actionCard?.text}`.includes(words)),
    );
  const press = (who: string, message: Message, button: string, query = '') => {
    const key = keyOf(message, button) ?? '';
    const chatter = running.as(who);
    if (!message.interactive) return chatter.click({ messageId: message.id, key }, query);
    return chatter.press(button, {}, query);
  };
  const numbers = () =>
    running.service.app.db.read((reader) => reader.rows<{ number: string }>('SELECT number FROM ticket ORDER BY id'));
  const newest = async () => (await numbers()).at(-1)?.number ?? '';

  it.each([
    ['wangxiao', 'withdraw'],
    ['wangxiao', 'refuse'],
    ['ding-fangmin', 'withdraw'],
    ['ding-fangmin', 'refuse'],
  ] as const)('by the card’s button: %s after %s', async (who, how) => {
    const old = await inVain(who, how);
    const card = await over(who, old.number);
    expect(cardWords(card)?.body).toMatch(/可以再次提交。$/);
    await press(who, card, '再次提交');
    const form = await draft(who, old.number);
    expect(cardWords(form)?.title).toBe(old.title);
    await press(who, form, '提交');
    const number = await newest();
    expect(number).not.toBe(old.number);
    const after = await ticketOf(running, number);
    expect(after.values['form']).toMatchObject({ title: old.title, kind: '年假', days: 3 });
    expect(after.links).toMatchObject([{ kind: 'follows', number: old.number }]);
    await soon(async () =>
      expect((await ticketOf(running, old.number)).links).toMatchObject([{ kind: 'followed_by', number }]),
    );
    // The old card says where it went, and its button is gone.
    await soon(async () => {
      const shown = (await running.as(who).messages()).find(({ id }) => id === card.id);
      expect([shown && cardWords(shown)?.body, shown && keyOf(shown, '再次提交')]).toEqual([
        `${how === 'withdraw' ? '已撤回' : '申请没有通过'}，已再次提交为 ${number}。`,
        null,
      ]);
    });
  });

  it.each(['wangxiao', 'ding-fangmin'])('pressed again and again it is one form and one ticket: %s', async (who) => {
    const old = await inVain(who, 'withdraw');
    const card = await over(who, old.number);
    await press(who, card, '再次提交', '?repeat=3&concurrent=1');
    const form = await draft(who, old.number);
    const before = (await numbers()).length;
    await press(who, form, '提交', '?repeat=3');
    await running.settled();
    expect(await numbers()).toHaveLength(before + 1);
    const drafts = await running.service.app.db.read((reader) =>
      reader.rows('SELECT id FROM draft WHERE follows_id = ?', [old.id]),
    );
    expect(drafts).toHaveLength(1);
  });

  it.each(['zhangwei', 'ding-yuanli'])('cancelled, the same button opens it once more: %s', async (who) => {
    const old = await inVain(who, 'withdraw');
    const card = await over(who, old.number);
    await press(who, card, '再次提交');
    await draft(who, old.number);
    await running.as(who).say('取消');
    await soon(
      async () =>
      expect((await running.as(who).messages()).some((one) => keyOf(one, '提交') && factsOf(one).includes(old.number))).toBe(false), // prettier-ignore
    );
    ahead += 60_000;
    await press(who, card, '再次提交');
    await draft(who, old.number);
    await running.as(who).say('取消');
  });

  it.each(['luoyi', 'ding-luhao'])('by word, with the number or without: %s', async (who) => {
    const chatter = running.as(who);
    const [first, second] = [await inVain(who, 'refuse'), await inVain(who, 'withdraw')];
    await chatter.say(`再次提交 ${first.number}`);
    await draft(who, first.number);
    // The form that is open is not lost to another one.
    await chatter.say('再次提交');
    await told(who, '「请假」还没有提交');
    await chatter.say('取消');
    await chatter.say('submit again');
    await draft(who, second.number);
    await chatter.say('提交');
    await soon(async () => expect((await ticketOf(running, await newest())).links).toMatchObject([{ number: second.number }])); // prettier-ignore
    const third = await newest();
    await chatter.say(`再次提交 ${second.number}`);
    await told(who, `工单 ${second.number} 已经再次提交为 ${third}，请看那一张；它结束后，可以从它再次提交。`);
    await chatter.say(`${third} 再次提交`);
    await told(who, `工单 ${third} 还没有结束，不能再次提交。`);
    await chatter.say('再次提交 LV-9999');
    await told(who, '没有找到这张工单');
  });

  it('nothing is left to file again', async () => {
    await running.as('zhuting').say('再次提交');
    await told('zhuting', '您没有撤回或没通过的工单');
    await running.as('zhuting').say('English');
    await soon(async () => {
      await running.as('zhuting').say('submit again');
      expect(await running.as('zhuting').lastText()).toMatch(/^No ticket of yours was/);
    });
  });
});

/** Everything that a card says, as text. */
const factsOf = ({ card, interactive }: Message): string => JSON.stringify(interactive?.data ?? card ?? {});
