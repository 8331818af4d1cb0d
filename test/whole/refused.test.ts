/** Calls that are not the platform's, or too old: refused, without effect, and told in one log line that holds no secret. */
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { fileRepair, handlerOf, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';
import { aTap } from '../support/tap.ts';

const HOUR = 3_600_000;

eachService('A callback that is refused', (start) => {
  let running: Running;
  let ahead = 0;
  beforeAll(async () => {
    running = await start({ clock: () => Date.now() + ahead });
    await running.sandbox('PUT', 'settings', { retryNon200: false });
  });
  /** Lines before this one are not looked at. */
  let from = 0;
  const lookFromHere = () => void (from = running.log.lines.length);
  beforeEach(lookFromHere);

  const lines = () => running.log.lines.slice(from);
  const linesAbout = () => lines().filter(({ message }) => message === 'callback refused');
  const expectOneLine = () => {
    expect(linesAbout()).toHaveLength(1);
    const text = JSON.stringify(lines());
    const { token, encodingAesKey, secret } = running.service.sandbox?.wecom ?? {};
    for (const hidden of [token, encodingAesKey, secret]) expect(text).not.toContain(hidden);
    expect(lines().filter(({ level }) => level === 'error')).toEqual([]);
  };

  it.each(['signature', 'receiver', 'truncated'])('because of its %s does nothing', async (tamper) => {
    const before = await running.as('xiaofang').messages();
    const sent = await running.as('xiaofang').say('报修 假消息 紧急', `?tamper=${tamper}`);
    expect(sent.status).toBeGreaterThanOrEqual(400);
    expect(sent.status).toBeLessThan(500);
    expectOneLine();
    await running.settled();
    const after = await running.as('xiaofang').messages();
    expect(after.filter(({ from }) => from === 'app')).toEqual(before.filter(({ from }) => from === 'app'));
  });

  it('leaves a ticket as it is when a click is forged', async () => {
    const number = await fileRepair(running, '伪造点击');
    const handler = running.as(await handlerOf(running, number));
    const card = await handler.find('the task', (one) => one.clickable && one.card?.main_title?.title === '伪造点击');
    const before = await ticketOf(running, number);
    lookFromHere();
    const key = card.card?.button_list?.[0]?.key ?? '';
    expect(await handler.click({ messageId: card.id, key }, '?tamper=signature')).toMatchObject({ status: 403 });
    expect(await ticketOf(running, number)).toEqual(before);
    expectOneLine();
  });

  it('when it is played again later, unless its first delivery is known: that one is only answered', async () => {
    const target = `${running.url}/callbacks/wecom/sandbox`;
    const tap = await aTap(target);
    const configured = await running.sandbox('PUT', 'callback', { url: tap.url });
    expect(configured).toEqual({ ok: true });
    await running.as('zhuting').say('报修 到过的 一般');
    tap.keepBack(true);
    await running.as('zhuting').say('报修 没到过的 一般');
    await tap.close();
    const play = (index: number) => {
      const { path = '', body = '' } = tap.heard[index] ?? {};
      return fetch(target + path, { method: 'POST', body });
    };
    const drafts = async () =>
      (await running.as('zhuting').messages()).flatMap(({ card }) => card?.main_title?.title ?? []);

    await running.settled();
    ahead = HOUR;
    lookFromHere();
    expect((await play(0)).status).toBe(200);
    expect(linesAbout()).toEqual([]);
    expect((await play(1)).status).toBe(403);
    expectOneLine();
    ahead = 0;
    await running.settled();
    expect(await drafts()).toEqual(['到过的']);
  });
});
