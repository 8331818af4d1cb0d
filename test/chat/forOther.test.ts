/** 代提 in a chat, in words: for whom and what is asked where it was not said; each refusal says what to do (S14, S15). */
import { expect, it } from '@jest/globals';
import { makeChat } from '../../src/chat/receive.ts';
import type { Locale } from '../../src/lib/locale.ts';
import { saveLocale } from '../../src/people/locale.ts';
import { setRole } from '../../src/people/role.ts';
import { openDraftsOf } from '../../src/ticket/drafts.ts';
import { SYSTEM_ROLES } from '../../src/ticket/permission.ts';
import { makeRenderer } from '../../src/ticket/render.ts';
import type { Workspace } from '../../src/workspace/port.ts';
import { BY_CODE } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';

const TRIP = `template: trip
name: 出差
keywords: [出差]
filing: { who: { department: 市场部 } }
form:
  - { id: title, type: text, label: 事由, required: true }
  - { id: who, type: person, label: 出差人, default: =requester }
flow: [ { id: work, handle: 处理, assignee: { user: sandbox/hejing } } ]
`;

eachDatabase('代提 in a chat', (open) => {
  async function opened(locale: Locale = 'zh-CN') {
    const office = await anOffice(open);
    const { db, people, cache, templates, clock, id } = office;
    const directory = people.current();
    const seat = (name: string, account: string) =>
      setRole(db, { name, members: { people: [id(account)], departments: [] }, directory, announcer: cache });
    await seat(SYSTEM_ROLES.dispatcher, 'zhengjie');
    await seat(SYSTEM_ROLES.manager, 'liqiang');
    await db.write((tx) => saveLocale(tx, { personId: id('zhengjie'), locale, announcer: cache }));
    await people.refresh();
    await templates.publish(TRIP, null, 'test');
    const around = { directory: people.current, offsetMinutes: 480 };
    const renderer = makeRenderer({
      ...{ db, templates, clock, publicUrl: 'http://p.test', hasForms: () => false, ...around },
    });
    const workspaces = new Map([['sandbox', { capabilities: { ...BY_CODE, groups: true } } as Workspace]]);
    const parts = { ...office, ...around, renderer, workspaces, wake: () => {}, directoryChanged: () => {} };
    const receive = makeChat(parts);
    let count = 0;
    const say = async (text: string, account = 'zhengjie', chat = account) => {
      const { text: said = '' } = await receive({
        ...{ workspace: 'sandbox', channel: 'app', key: `w${(count += 1)}`, at: clock(), stale: false },
        ...{ account, chat, reply: null, what: { type: 'text', text } },
        takes: { text: true, card: false },
      });
      return said;
    };
    /** For whom, which form, its title; null: nothing is open. */
    const draft = async (account = 'zhengjie') => {
      const [one] = await db.read((rows) => openDraftsOf(rows, { personId: id(account), workspace: 'sandbox' }));
      return one ? [people.current().people.get(one.requesterId)?.name, one.template.key, one.values['title']] : null;
    };
    return {
      ...office,
      say,
      draft,
      change: async (account: string, column: 'name' | 'state', value: string) => {
        await db.write((tx) => tx.run(`UPDATE person SET ${column} = ? WHERE id = ?`, [value, id(account)]));
        await people.refresh();
      },
    };
  }

  it.each([
    '代提 王晓 报修 打印机卡纸',
    '代提王晓报修打印机卡纸',
    '替王晓报修 打印机卡纸',
    '代提：@王晓，报修 打印机卡纸',
    '代提 wangxiao 报修 打印机卡纸',
  ])('opens the form for the requester: %s', async (text) => {
    const chat = await opened();
    expect(await chat.say(text)).toContain('已打开「IT 报修」，为王晓代提，已填好：\n');
    expect(await chat.draft()).toEqual(['王晓', 'it-repair', '打印机卡纸']);
  });

  it('in English, names of several words, too', async () => {
    const chat = await opened('en');
    await chat.change('wangxiao', 'name', 'Wang Xiao');
    expect(await chat.say('for Wang Xiao IT printer jam')).toContain('” is open for Wang Xiao, filled in so far');
    expect(await chat.draft()).toEqual(['Wang Xiao', 'it-repair', 'printer jam']);
    await chat.say('cancel');
    expect(await chat.say('file for Wang Xiao')).toContain('What do you file for Wang Xiao? Begin with');
    expect(await chat.say('IT screen is black')).toContain('is open for Wang Xiao');
    await chat.say('cancel');
    expect(await chat.say('on behalf of Nobody Here IT x')).toContain('is not in the directory, or has left');
    expect(await chat.say('file for Wang Xiao IT x', 'zhangwei')).toBe(
      '您没有权限代别人提单。请对方自己提交；经常需要代提的话，请联系管理员开通。',
    );
  });

  it('the form’s defaults are the requester’s, and the ticket is theirs', async () => {
    const chat = await opened();
    await chat.say('代提 王晓 出差 广交会');
    expect(await chat.say('提交')).toMatch(/^已为王晓提交 \S+「广交会」，进展会告诉王晓；您想看时发编号。$/);
    const [row] = await chat.db.read((rows) => rows.rows<{ id: number }>('SELECT id FROM ticket'));
    const ticket = await chat.ticket(row?.id ?? 0);
    expect(ticket).toMatchObject({ requesterId: chat.id('wangxiao'), filerId: chat.id('zhengjie') });
    expect(ticket.values['form']?.['who']).toBe(chat.id('wangxiao'));
  });

  it('what was not said is asked, one after the other, and dropped by 取消', async () => {
    const chat = await opened();
    expect(await chat.say('代提')).toBe('为谁代提？请回复姓名或账号。不提了，回复「取消」。');
    expect(await chat.say('王晓')).toContain('为王晓提什么？用这些词开头');
    expect(await chat.say('出差 广交会')).toContain('已打开「出差」，为王晓代提');
    await chat.say('取消');
    expect(await chat.say('代提 报修 打印机卡纸')).toContain('为谁代提？');
    expect(await chat.say('钱多多')).toContain('通讯录里没有找到「钱多多」');
    await chat.say('朱婷');
    expect(await chat.draft()).toEqual(['朱婷', 'it-repair', '打印机卡纸']);
    await chat.say('取消');
    await chat.say('代提');
    expect(await chat.say('报修 键盘')).toContain('为谁代提？');
    expect(await chat.say('取消')).toContain('已放下');
    expect(await chat.say('朱婷')).toContain('没有看懂');
    expect(await chat.draft()).toBeNull();
  });

  it('of several people of one name it is asked who is meant', async () => {
    const chat = await opened();
    await chat.change('luoyi', 'name', '王晓');
    expect(await chat.say('代提 王晓 报修 打印机卡纸')).toMatch(/叫「王晓」的有几位[^]*1\. 王晓 · \S+ · \w+\n2\. 王晓/);
    expect(await chat.draft()).toBeNull();
    expect(await chat.say('7')).toContain('没有找到「7」');
    expect(await chat.say('2')).toContain('已打开「IT 报修」，为王晓代提');
    expect((await chat.draft())?.[2]).toBe('打印机卡纸');
    // Of them a head means the one below.
    await chat.say('代提 王晓 报修 显示器', 'liqiang');
    const [mine] = await chat.db.read((rows) =>
      openDraftsOf(rows, { personId: chat.id('liqiang'), workspace: 'sandbox' }),
    );
    expect(mine?.requesterId).toBe(chat.id('luoyi'));
  });

  it('what can not be is refused, with what to do instead', async () => {
    const chat = await opened();
    const none = '您没有权限代别人提单。请对方自己提交；经常需要代提的话，请联系管理员开通。';
    expect(await chat.say('代提 朱婷 报修 打印机', 'wangxiao')).toBe(none);
    expect(await chat.say('代提', 'wangxiao')).toBe(none);
    expect(await chat.say('替朱婷报修 打印机', 'wangxiao')).toBe(none);
    expect(await chat.draft('wangxiao')).toBeNull();
    expect(await chat.say('代提 王晓 报修 打印机', 'liqiang')).toBe(
      '您只能为自己主管的部门代提，王晓不在其中。请王晓自己提交，或联系管理员。',
    );
    expect(await chat.say('代提 王晓', 'liqiang')).toContain('您只能为自己主管的部门代提');
    expect(await chat.say('代提 罗毅 报修 打印机', 'liqiang')).toContain('为罗毅代提');
    expect(await chat.say('代提 朱婷 出差 广交会')).toBe(
      '朱婷没有权限提交「出差」，不能代提。需要的话，请联系管理员开通。',
    );
    expect(await chat.say('代提 钱多多 报修 打印机')).toContain('通讯录里没有找到「钱多多');
    await chat.change('luoyi', 'state', 'left');
    expect(await chat.say('代提 罗毅 报修 打印机')).toContain('通讯录里没有找到「罗毅');
    expect(await chat.draft()).toBeNull();
  });

  it('said in full it begins something new at any time; else it answers what is asked', async () => {
    const chat = await opened();
    await chat.say('报修');
    await chat.say('代提的打印机');
    expect(await chat.draft()).toEqual(['郑洁', 'it-repair', '代提的打印机']);
    await chat.say('代提 王晓 报修 键盘');
    expect(await chat.draft()).toEqual(['王晓', 'it-repair', '键盘']);
  });

  it('sentences that only begin alike mean what they meant', async () => {
    const chat = await opened();
    await chat.say('替换报修 打印机硒鼓');
    expect((await chat.draft())?.[0]).toBe('郑洁');
    await chat.say('取消');
    await chat.say('for the printer in room 3: IT please');
    expect((await chat.draft())?.[0]).toBe('郑洁');
  });

  it('help tells those who may', async () => {
    const chat = await opened();
    expect(await chat.say('帮助')).toContain('替同事提交，在前面加上「代提 姓名」。');
    expect(await chat.say('帮助', 'wangxiao')).not.toContain('代提');
  });

  it('in a group as well, where nothing is asked', async () => {
    const chat = await opened();
    const group = 'group:cid1';
    expect(await chat.say('代提 王晓 报修 打印机卡纸', 'zhengjie', group)).toMatch(
      /^为王晓代提：「IT 报修」的表单已发到/,
    );
    expect(await chat.draft()).toEqual(['王晓', 'it-repair', '打印机卡纸']);
    expect(await chat.say('代提 王晓', 'zhengjie', group)).toContain('请到与我的单聊里说');
  });
});
