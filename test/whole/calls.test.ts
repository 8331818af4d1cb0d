/** P12 of `performance.md`: what the platform is asked during the whole life of an ordinary ticket. */
import { beforeAll, expect, it } from '@jest/globals';
import { completeRepair, fileRepair, handlerOf, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const MOST = 8;
/** The directory is swept by the clock, whatever happens to tickets. */
const CONTACTS = /^(department|user)\//;

eachService('The calls of an ordinary ticket (P12)', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
  });

  it(`are at most ${MOST}: filed, accepted, completed, confirmed`, async () => {
    await running.settled();
    await running.sandbox('DELETE', 'calls');
    const number = await fileRepair(running, '打印机卡纸');
    await completeRepair(running, await handlerOf(running, number));
    await running.settled();
    await running.as('wangxiao').press('已解决');
    await running.settled();
    expect(await ticketOf(running, number)).toMatchObject({ status: 'closed', outcome: 'confirmed' });

    const { calls } = (await running.sandbox('GET', 'calls')) as { calls: { path: string; body?: Body }[] };
    const told = calls
      .filter(({ path }) => !CONTACTS.test(path))
      .map(({ path, body }) => `${path} → ${aboutWhat(body)}`);
    process.stdout.write(`P12: ${told.length} calls\n${told.map((one) => `  ${one}\n`).join('')}`);
    expect(told.length).toBeLessThanOrEqual(MOST);
  });
});

interface Body {
  readonly touser?: string;
  readonly userids?: readonly string[];
  readonly text?: { readonly content: string };
  readonly template_card?: { readonly main_title?: { readonly title?: string; readonly desc?: string } };
}

const aboutWhat = ({ touser, userids = [], text, template_card: card }: Body = {}): string =>
  [touser ?? userids.join(), text?.content ?? [card?.main_title?.title, card?.main_title?.desc].join(' · ')].join(': ');
