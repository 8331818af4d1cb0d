/** Steps of the IT repair story that other stories begin with, on the wire. People of both platforms. */
import { loadTicket } from '../../src/ticket/ticketStore.ts';
import { keyOf } from './chatter.ts';
import { cardWords } from './cardWords.ts';
import type { Running } from './service.ts';

const NUMBER = /IT-\d{6}-\d{4}/;
export const DETAIL = '三楼东侧，重启过一次没有用';

interface Filing {
  readonly by?: string;
  readonly urgency?: string;
  readonly category?: string;
}

/** Files by chat and card, on whichever platform the requester is. @returns the ticket's number */
export async function fileRepair(
  running: Running,
  title: string,
  { by = 'wangxiao', urgency = '一般', category = '硬件故障' }: Filing = {},
): Promise<string> {
  const requester = running.as(by);
  await requester.say(`报修 ${title} ${urgency}`);
  const draft = await requester.find(
    `the draft of ${title}`,
    (one) => cardWords(one)?.title === title && keyOf(one, '提交') !== null,
  );
  if (draft.interactive) {
    await requester.press('提交', { 问题详细描述: DETAIL, 紧急程度: urgency, 问题分类: category });
  } else {
    await requester.say(DETAIL);
    await requester.press('提交', { urgency: [urgency], category: [category] });
  }
  const card = await requester.find(
    `the ticket card of ${title}`,
    (one) => cardWords(one)?.title === title && NUMBER.test(cardWords(one)?.subtitle ?? ''),
  );
  return NUMBER.exec(cardWords(card)?.subtitle ?? '')?.[0] ?? '';
}

/** The hardware engineer who got it. */
export async function handlerOf(running: Running, number: string): Promise<string> {
  await running.settled();
  const messages = await running.as('chenwei').messages();
  return messages.some(({ card }) => card?.main_title?.desc?.includes(number)) ? 'chenwei' : 'liuyang';
}

/** @param pause  between accepting and completing */
export async function completeRepair(
  running: Running,
  userid: string,
  pause: () => Promise<void> = async () => {},
): Promise<void> {
  await running.settled();
  const handler = running.as(userid);
  await handler.press('受理');
  await pause();
  const card = await handler.find('the accepted task', (one) => keyOf(one, '完成') !== null);
  if (card.interactive) {
    await handler.press('完成', { 处理方案: '更换了搓纸轮', 工作耗时: 1.5, 涉及核心系统: '否' });
    return;
  }
  await handler.press('完成');
  for (const answer of ['更换了搓纸轮', '1.5', '否']) await handler.say(answer);
}

export async function ticketOf({ service }: Running, number: string) {
  const stored = await service.app.db.read(async (reader) => {
    const row = await reader.one<{ id: number }>('SELECT id FROM ticket WHERE number = ?', [number]);
    return row && loadTicket(reader, row.id);
  });
  if (!stored) throw new Error(`There is no ${number}`);
  return stored.ticket;
}
