/** Steps of the IT repair story that other stories begin with, on the wire. */
import { loadTicket } from '../../src/ticket/ticketStore.ts';
import type { Running } from './service.ts';

const NUMBER = /IT-\d{6}-\d{4}/;

/** Files by chat and card. @returns the ticket's number */
export async function fileRepair(running: Running, title: string, urgency = '一般', by = 'wangxiao'): Promise<string> {
  const requester = running.as(by);
  await requester.say(`报修 ${title} ${urgency}`);
  await requester.say('三楼东侧，重启过一次没有用');
  await requester.press('提交', { urgency: [urgency], category: ['硬件故障'] });
  const card = await requester.find(
    `the ticket card of ${title}`,
    (one) => one.card?.main_title?.title === title && NUMBER.test(one.card.main_title.desc ?? ''),
  );
  return NUMBER.exec(card.card?.main_title?.desc ?? '')?.[0] ?? '';
}

/** The hardware engineer who got it. */
export async function handlerOf(running: Running, number: string): Promise<string> {
  await running.settled();
  const messages = await running.as('chenwei').messages();
  return messages.some(({ card }) => card?.main_title?.desc?.includes(number)) ? 'chenwei' : 'liuyang';
}

export async function completeRepair(running: Running, userid: string): Promise<void> {
  const handler = running.as(userid);
  await handler.press('受理');
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
