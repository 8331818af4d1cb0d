/** A group chat on DingTalk: who mentions the robot files, and the group sees how it goes (issue 3, Build 5). */
import { beforeAll, expect, it } from '@jest/globals';
import type { Message } from '../../src/sandbox/client.ts';
import { type CardWords, cardWords } from '../support/cardWords.ts';
import { eventually } from '../support/eventually.ts';
import { PIXEL } from '../support/pixel.ts';
import { completeRepair, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const GROUP = 'IT 报修群';
const GROUP_ID = 'cidSandboxItHelp0001==';
const FANG = 'ding-fangmin';
const NUMBER = /IT-\d{6}-\d{4}/;

eachService('In a DingTalk group', (start) => {
  let running: Running;
  /** Moved on while we look: what is to be done in a second is done at the next look. */
  let ahead = 0;
  beforeAll(async () => {
    running = await start({ clock: () => Date.now() + ahead, admins: ['sandbox/wugang'] });
  });

  const inGroup = async (userid = FANG): Promise<Message[]> => {
    await running.settled();
    return (await running.as(userid).groupMessages(GROUP)).filter(({ from }) => from === 'app');
  };
  const soon = <T>(look: () => Promise<T>): Promise<T> =>
    eventually(async () => {
      ahead += 500;
      await running.settled();
      return look();
    });
  const groupCard = async (title: string, userid = FANG): Promise<CardWords | undefined> =>
    (await inGroup(userid)).map(cardWords).findLast((one) => one?.title === title) ?? undefined;
  const submit = async (title: string): Promise<string> => {
    const fang = running.as(FANG);
    await fang.press('提交', { 问题详细描述: '无法开机', 问题分类: '网络问题', 紧急程度: '一般' });
    const card = await fang.find('the ticket', (one) => {
      const words = cardWords(one);
      return words?.title === title && NUMBER.test(words.subtitle);
    });
    return NUMBER.exec(cardWords(card)?.subtitle ?? '')?.[0] ?? '';
  };

  it('a mention files, and the card follows the ticket to its end', async () => {
    await running.as(FANG).sayInGroup(GROUP, '报修 工位断网');
    expect((await inGroup()).at(-1)?.text).toContain('单聊');
    const number = await submit('工位断网');
    expect(await groupCard('工位断网')).toMatchObject({ emphasis: '待受理', subtitle: number });
    expect((await groupCard('工位断网'))?.facts).toMatchObject({ 提报人: '方敏', 处理人: '宋杰' });
    // Everybody in the group sees the same, and nobody can press anything.
    expect(await groupCard('工位断网', 'ding-dongfei')).toEqual(await groupCard('工位断网'));
    expect(await groupCard('工位断网')).toMatchObject({ buttons: [], notice: '', quote: '' });

    await completeRepair(running, 'ding-songjie');
    await soon(async () => expect(await groupCard('工位断网')).toMatchObject({ emphasis: '待确认' }));
    await running.as(FANG).press('已解决');
    await soon(async () => expect(await groupCard('工位断网')).toMatchObject({ emphasis: '已关闭', over: '已关闭' }));
    expect((await inGroup()).filter((one) => cardWords(one)?.title === '工位断网')).toHaveLength(1);
  });

  it('a mention with a picture files with it', async () => {
    await running.as(FANG).pictureInGroup(GROUP, '蓝屏.png', PIXEL, '报修 电脑蓝屏');
    const number = await submit('电脑蓝屏');
    await running.settled();
    const [file] = (await ticketOf(running, number)).values['form']?.['files'] as readonly number[];
    expect(Buffer.compare(await running.bytes(FANG, `/api/v1/attachments/${file}`), PIXEL)).toBe(0);
    expect(await groupCard('电脑蓝屏')).toMatchObject({ subtitle: number });
  });

  it('what does not mention it is not heard', async () => {
    const before = (await inGroup()).length;
    await running.as(FANG).sayInGroup(GROUP, '报修 没有人听见', false);
    expect(await inGroup()).toHaveLength(before);
    const drafts = (await running.as(FANG).messages()).map((one) => cardWords(one)?.title);
    expect(drafts).not.toContain('没有人听见');
  });

  it.each(['我的工单', '待办', 'IT-202611-0001', '撤回', '今天天气不错'])(
    '%s tells nothing of anybody',
    async (words) => {
      const before = (await inGroup()).length;
      await running.as(FANG).sayInGroup(GROUP, words);
      const said = (await inGroup()).slice(before);
      expect(said).toHaveLength(1);
      expect(said[0]?.text).toContain('群里只受理提单');
      expect(JSON.stringify(said)).not.toMatch(/工位断网|电脑蓝屏|IT-\d/);
    },
  );

  it('the group that is no more ends as a dead letter, and everything else goes on', async () => {
    await running.as(FANG).sayInGroup(GROUP, '报修 解散之前');
    await running.settled();
    await running.sandbox('PUT', 'dingtalk/settings', { disbanded: [GROUP_ID] });
    const number = await submit('解散之前');
    await completeRepair(running, 'ding-songjie');
    await running.settled();
    await running.as(FANG).press('已解决');
    await running.settled();
    expect(await ticketOf(running, number)).toMatchObject({ status: 'closed' });
    await soon(async () => {
      const own = (await running.as(FANG).messages()).map(cardWords);
      expect(own).toContainEqual(expect.objectContaining({ title: '解散之前', emphasis: '已关闭' }));
    });
    const { body } = await running.api('WuGang', 'GET', '/api/v1/dead-letters');
    const { letters } = body as { letters: { kind: string; error: string }[] };
    expect(letters.length).toBeGreaterThan(0);
    expect(new Set(letters.map(({ kind }) => kind))).toEqual(new Set(['group']));
    expect(letters[0]?.error).toMatch(/disbanded|spaceId|解散/);
    expect(running.log.lines.filter(({ message }) => message.includes('dead letter'))).toHaveLength(letters.length);
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
