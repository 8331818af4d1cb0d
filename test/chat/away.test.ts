/** approval-semantics, 代理, in words: set, looked at and ended in a chat; each refusal says what to do instead (S16). */
import { expect, it } from '@jest/globals';
import { makeChat } from '../../src/chat/receive.ts';
import type { Locale } from '../../src/lib/locale.ts';
import { saveLocale } from '../../src/people/locale.ts';
import { substitutesOf } from '../../src/people/substitutes.ts';
import { makeRenderer } from '../../src/ticket/render.ts';
import type { Workspace } from '../../src/workspace/port.ts';
import { BY_CODE } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

eachDatabase('代理 in a chat', (open) => {
  /** It is Monday, 23 November 2026, 10:00. */
  async function opened(locale: Locale = 'zh-CN') {
    const office = await anOffice(open);
    const { db, people, cache, templates, clock, id } = office;
    await db.write((tx) => saveLocale(tx, { personId: id('wangxiao'), locale, announcer: cache }));
    await people.refresh();
    const around = { directory: people.current, offsetMinutes: 480 };
    const renderer = makeRenderer({
      db,
      templates,
      clock,
      publicUrl: 'http://p.test',
      hasForms: () => false,
      ...around,
    });
    const workspaces = new Map([['sandbox', { capabilities: BY_CODE } as Workspace]]);
    const parts = { ...office, ...around, renderer, workspaces, wake: () => {}, directoryChanged: () => {} };
    const receive = makeChat(parts);
    let count = 0;
    const happens = async (account: string, text: string) => {
      const answer = await receive({
        ...{ workspace: 'sandbox', channel: 'app', key: `w${(count += 1)}`, at: clock(), stale: false },
        ...{ account, chat: account, reply: null, what: { type: 'text', text } },
        takes: { text: true, card: false },
      });
      await people.refresh();
      return answer;
    };
    return {
      ...office,
      answer: happens,
      say: async (text: string, account = 'wangxiao') => (await happens(account, text)).text ?? '',
      /** To whom, from when until when, for which templates; the newest first. */
      kept: async () => {
        const all = await db.read((rows) => substitutesOf(rows, { personId: id('wangxiao'), limit: 20 }));
        const name = (one: number) => people.current().people.get(one)?.name ?? '';
        return all.map(({ to, from, until, templates, revokedAt }) => [name(to), from - clock(), until - clock(), templates, revokedAt !== null]); // prettier-ignore
      },
      rename: async (account: string, name: string) => {
        await db.write((tx) => tx.run('UPDATE person SET name = ? WHERE id = ?', [name, id(account)]));
        await people.refresh();
      },
    };
  }
  const MIDNIGHT = -10 * HOUR;

  it('is set in one sentence, and the answer says exactly what was set and how to end it', async () => {
    const chat = await opened();
    const said = await chat.say('代理 韩梅 12月1日到12月5日');
    expect(said).toContain('2026-12-01 00:00 到 2026-12-05 24:00，由韩梅代理您，全部流程');
    expect(said).toContain('「取消代理」');
    expect(await chat.kept()).toEqual([['韩梅', MIDNIGHT + 8 * DAY, MIDNIGHT + 13 * DAY, null, false]]);
    expect(await chat.say('代理 罗毅 今天 只限 报修、用章')).toContain(
      '现在起到 2026-11-23 24:00，由罗毅代理您，只限「IT 报修」「用章申请」',
    );
    expect((await chat.kept())[0]).toEqual(['罗毅', 0, MIDNIGHT + DAY, ['it-repair', 'seal'], false]);
  });

  it('is looked at by both, with the way to the page', async () => {
    const chat = await opened();
    const nothing = await chat.answer('wangxiao', '代理');
    expect(nothing.text).toContain('您没有设置代理');
    expect(nothing.text).toContain('代理 李强 12月1日到12月5日');
    expect(nothing.link).toEqual({ text: '打开代理页面', url: expect.stringMatching(/^http:\/\/p\.test\/m\/away/) });
    await chat.say('代理 韩梅 今天');
    await chat.say('代理 罗毅 明天到后天 只限 用章');
    expect(await chat.say('我的代理')).toContain(
      '代理您的：\n· 韩梅：到 2026-11-23 24:00，全部流程（生效中）\n· 罗毅：2026-11-24 00:00 到 2026-11-25 24:00，只限「用章申请」（未开始）',
    );
    expect(await chat.say('代理', 'hanmei')).toContain('由您代理的：\n· 王晓：到 2026-11-23 24:00');
  });

  it('in English', async () => {
    const chat = await opened('en');
    await chat.rename('hanmei', 'Han Mei');
    const said = await chat.say('substitute Han Mei 2026-12-01 to 2026-12-05 only seal');
    expect(said).toContain('Han Mei stands in for you from 2026-12-01 00:00 until 2026-12-05 24:00, only “用章申请”');
    expect(await chat.say('substitute')).toMatch(/Han Mei: from 2026-12-01 .* \(not begun\)\n/);
    expect(await chat.say('end substitute')).toContain('Ended:\n· Han Mei');
    expect(await chat.say('my substitutes')).toContain('Nobody stands in for you');
    expect(await chat.say('substitute Nobody Here tomorrow')).toContain('“Nobody Here” is not in the directory');
  });

  it('what is missing is asked for, one after the other', async () => {
    const chat = await opened();
    expect(await chat.say('代理 韩梅')).toContain('请韩梅代理您，从什么时候到什么时候');
    expect(await chat.say('过几天吧')).toContain('没有看懂起止时间');
    expect(await chat.say('12月1日到12月5日')).toContain('由韩梅代理您');
    expect(await chat.say('代理 12月7日')).toContain('请谁代理您');
    expect(await chat.say('罗毅')).toContain('2026-12-07 00:00 到 2026-12-07 24:00，由罗毅代理您');
    // Put down in the middle, nothing has changed.
    await chat.say('代理 韩梅');
    expect(await chat.say('取消')).toContain('什么都没有改变');
    expect(await chat.kept()).toHaveLength(2);
  });

  it('of several people of one name it is asked who is meant', async () => {
    const chat = await opened();
    await chat.rename('luoyi', '韩梅');
    const asked = await chat.say('代理 韩梅 明天');
    expect(asked).toMatch(/叫「韩梅」的有几位[^]*1\. 韩梅 · \S+ · \w+\n2\. 韩梅/);
    expect(await chat.kept()).toEqual([]);
    expect(await chat.say('7')).toContain('没有找到「7」');
    expect(await chat.say('2')).toContain('由韩梅代理您');
    const [made] = await chat.db.read((rows) => substitutesOf(rows, { personId: chat.id('wangxiao'), limit: 1 }));
    expect(asked.split('\n')[2]).toContain(chat.people.current().people.get(made?.to ?? 0)?.account);
  });

  it('what can not be is refused, with what to do instead', async () => {
    const chat = await opened();
    expect(await chat.say('代理 王晓 明天')).toBe('不能让自己代理自己，请选择另一位同事。');
    expect(await chat.say('代理 王晓')).toBe('不能让自己代理自己，请选择另一位同事。');
    expect(await chat.say('代理 钱多多 明天')).toContain('通讯录里没有找到「钱多多」，或已离职');
    expect(await chat.say('代理 韩梅 11月1日到11月5日')).toContain('这段时间已经过去');
    expect(await chat.say('代理 韩梅 2026-12-05到2026-12-01')).toContain('结束时间要晚于开始时间');
    expect(await chat.say('代理 韩梅 2月30日到3月1日')).toContain('没有看懂起止时间');
    await chat.say('取消');
    expect(await chat.say('代理 韩梅 明天 只限 请假')).toMatch(/没有叫「请假」的流程。可以写：.*用章申请/);
    await chat.say('代理 韩梅 明天到后天');
    expect(await chat.say('代理 罗毅 明天')).toMatch(/2026-11-24 00:00 至 2026-11-25 24:00 已由韩梅代理，请先撤销它/);
    expect(await chat.say('代理 王晓 明天', 'luoyi')).toContain('王晓在这段时间也不在，由韩梅代理');
    expect(await chat.kept()).toHaveLength(1);
    await chat.db.write((tx) => tx.run("UPDATE person SET state = 'left' WHERE id = ?", [chat.id('luoyi')]));
    await chat.people.refresh();
    expect(await chat.say('代理 罗毅 12月8日')).toContain('「罗毅」，或已离职');
  });

  it('is ended in words: the only one at once, of several whichever is meant', async () => {
    const chat = await opened();
    expect(await chat.say('取消代理')).toContain('没有找到可以取消的代理');
    await chat.say('代理 韩梅 今天');
    // Whoever stands in can not end it.
    expect(await chat.say('取消代理', 'hanmei')).toContain('没有找到可以取消的代理');
    expect(await chat.say('取消代理')).toMatch(/已取消代理：\n· 韩梅[^]*只发给您本人/);
    await chat.say('代理 韩梅 明天');
    await chat.say('代理 罗毅 后天');
    await chat.say('代理 谢斌 12月1日');
    expect(await chat.say('取消代理')).toMatch(/取消哪一个[^]*1\. 韩梅[^]*2\. 罗毅[^]*3\. 谢斌/);
    expect(await chat.say('5')).toContain('取消哪一个');
    expect(await chat.say('2')).toContain('· 罗毅');
    expect(await chat.say('取消代理 谢斌')).toContain('· 谢斌');
    await chat.say('代理 罗毅 后天');
    await chat.say('取消代理');
    expect(await chat.say('全部')).toMatch(/· 韩梅[^]*· 罗毅/);
    expect((await chat.kept()).every(([, , , , revoked]) => revoked)).toBe(true);
  });

  it('is no order in the middle of something else, and no word of a form that begins with it', async () => {
    const chat = await opened();
    await chat.say('报修');
    expect(await chat.say('代理 韩梅 明天')).not.toContain('代理您');
    expect(await chat.kept()).toEqual([]);
    await chat.say('取消');
    expect(await chat.say('代理 服务器连不上 报修')).toContain('已打开「IT 报修」');
    await chat.say('取消');
    const { published } = await chat.templates.publish(
      'template: agency\nname: 代理商准入\nkeywords: [代理商, 代理]\nform:\n  - { id: title, type: text, label: 标题, required: true }\nflow:\n  - { id: work, handle: 处理, assignee: requester }\n',
      null,
      'api',
    );
    expect(published).toBeTruthy();
    expect(await chat.say('代理 华东的新代理商')).toContain('代理商准入');
  });
});
