/** P12 of `performance.md`: what a platform is asked, and tells us, during the whole life of an ordinary ticket. */
import { expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { completeRepair, fileRepair, handlerOf, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const MOST = { calls: 8, pushes: 6 };
/** A counted platform's cards change once a second at most, by the real clock. */
const A_LITTLE_MS = 1_050;
/** An answer that may still be leaving is waited for so long, by the service's clock. */
const A_WHILE_MS = 4_000;

interface Call {
  readonly path: string;
  readonly body?: Body;
}
interface Body {
  readonly touser?: string;
  readonly userids?: readonly string[];
  readonly text?: { readonly content: string };
  readonly template_card?: { readonly main_title?: { readonly title?: string; readonly desc?: string } };
  readonly openSpaceId?: string;
  readonly outTrackId?: string;
  readonly userIds?: readonly string[];
  readonly msgParam?: string;
  readonly subject?: string;
  readonly privateData?: Readonly<Record<string, { cardParamMap?: { title?: string; subtitle?: string; emphasis?: string } }>>; // prettier-ignore
}

const tell = (name: string, calls: readonly Call[], more = '') =>
  process.stdout.write(
    `P12, ${name}: ${calls.length} calls${more}\n${calls.map((one) => `  ${one.path} → ${aboutWhat(one.body)}\n`).join('')}`,
  );

function aboutWhat(body: Body = {}): string {
  const { touser, userids = [], text, template_card: card } = body;
  if (body.privateData) {
    const [[who = '', own = {}] = []] = Object.entries(body.privateData);
    const { emphasis, title, subtitle } = own.cardParamMap ?? {};
    return `${who}: ${[emphasis, title, subtitle].filter(Boolean).join(' · ')}`;
  }
  if (body.msgParam !== undefined) return `${body.userIds?.join() ?? ''}: ${body.msgParam}`;
  if (body.subject !== undefined) return body.subject;
  const words = text?.content ?? [card?.main_title?.title, card?.main_title?.desc].filter(Boolean).join(' · ');
  return [touser ?? userids.join(), words].filter(Boolean).join(': ');
}

const budgetOf = async ({ service }: Running): Promise<Record<string, number>> => {
  const rows = await service.app.db.read((reader) =>
    reader.rows<{ scope: string; used: number }>(
      "SELECT scope, used FROM budget WHERE workspace_id = 'sandbox-dingtalk' AND scope IN ('calls', 'pushes')",
    ),
  );
  return Object.fromEntries(rows.map(({ scope, used }) => [scope, used]));
};

let ahead = 0;
const clock = () => Date.now() + ahead;

/** Filed, accepted, completed, confirmed, with as much time between as people take at least. */
async function live(running: Running, by: string, category: string, handler: string | null): Promise<void> {
  const pause = async () => {
    await running.settled();
    await new Promise((resolve) => setTimeout(resolve, A_LITTLE_MS));
    ahead += A_WHILE_MS;
    await running.settled();
  };
  const number = await fileRepair(running, '打印机卡纸', { by, category });
  await pause();
  await completeRepair(running, handler ?? (await handlerOf(running, number)), pause);
  await pause();
  await running.as(by).press('已解决');
  await pause();
  expect(await ticketOf(running, number)).toMatchObject({ status: 'closed', outcome: 'confirmed' });
}

eachService('The calls of an ordinary ticket (P12)', (start) => {
  it(`are at most ${MOST.calls} on WeCom: filed, accepted, completed, confirmed`, async () => {
    const running = await start({ clock });
    await running.settled();
    await running.sandbox('DELETE', 'calls');
    await live(running, 'wangxiao', '硬件故障', null);
    const { calls } = (await running.sandbox('GET', 'calls')) as { calls: Call[] };
    // The directory is swept by the clock, whatever happens to tickets.
    const told = calls.filter(({ path }) => !/^(department|user)\//.test(path));
    tell('WeCom', told);
    expect(told.length).toBeLessThanOrEqual(MOST.calls);
  });

  it.each(['http', 'stream'] as const)(
    `are at most ${MOST.calls}, and the pushes ${MOST.pushes}, on DingTalk over %s`,
    async (dingtalk) => {
      const running = await start({ clock, dingtalk });
      await running.settled();
      await running.sandbox('DELETE', 'dingtalk/calls');
      const before = await usageOf(running);
      await live(running, 'ding-fangmin', '网络问题', 'ding-songjie');
      const after = await usageOf(running);
      const counted = after.calls - before.calls;
      const { calls } = (await running.sandbox('GET', 'dingtalk/calls')) as { calls: Call[] };
      const told = calls.filter(({ path }) => !/topapi\/v2\/|auth\/scopes/.test(path));
      tell(`DingTalk over ${dingtalk}`, told, `, ${counted} of them counted, ${after.pushes} pushes`);
      expect(counted).toBeLessThanOrEqual(MOST.calls);
      expect(after.pushes).toBeLessThanOrEqual(MOST.pushes);
      // What we count ourselves, for the month's budget, is what the platform counts.
      await eventually(async () => expect(await budgetOf(running)).toEqual(after));
    },
  );
});

async function usageOf(running: Running): Promise<{ calls: number; pushes: number }> {
  const { calls, pushes } = (await running.sandbox('GET', 'dingtalk/usage')) as { calls: number; pushes: number };
  return { calls, pushes };
}
