/** The platform fails as platforms do: every message arrives once the fault is over, or is a dead letter that can be sent again. */
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { eachService, type Running } from '../support/service.ts';

const MINUTE = 60_000;

interface Letters {
  readonly letters: readonly { readonly id: number; readonly error: string; readonly kind: string }[];
}

eachService('The platform', (start) => {
  let running: Running;
  let ahead = 0;
  beforeAll(async () => {
    running = await start({ admins: ['sandbox/wugang'], clock: () => Date.now() + ahead });
  });
  beforeEach(() => running.sandbox('DELETE', 'faults'));

  const fault = (body: object) => running.sandbox('POST', 'faults', { path: 'message/send', times: 1, ...body });
  const cardsTitled = async (userid: string, title: string) =>
    (await running.as(userid).messages()).filter(({ card }) => card?.main_title?.title === title);
  /** Lets time pass until what was put off is due. */
  const later = async (ms: number) => {
    ahead += ms;
    await running.settled();
  };
  const file = async (title: string): Promise<void> => {
    const sent = await running.api('wangxiao', 'POST', '/api/v1/tickets', {
      template: 'it-repair',
      values: { title, detail: '坏了', category: '其他' },
    });
    expect(sent.status).toBe(201);
    await running.settled();
  };

  it.each([
    ['throttled', { errcode: 45009 }, MINUTE + 1000],
    ['busy', { errcode: -1 }, 7000],
    ['HTTP 503', { http: 503 }, 7000],
    ['cut off', { reset: true }, 7000],
    ['talking nonsense', { garbage: true }, 7000],
  ])('when it is %s: everything arrives once, after its time', async (how, kind, wait) => {
    await fault({ ...kind, times: 3 });
    await file(how);
    await later(wait);
    await later(wait);
    for (const userid of ['wangxiao', 'zhengjie']) expect(await cardsTitled(userid, how)).toHaveLength(1);
    expect(await running.sandbox('GET', 'faults')).toEqual({ faults: [] });
  });

  it('when an answer of its is lost: the card is not sent twice', async () => {
    await fault({ loseReply: true, times: 2 });
    await file('答复丢失');
    await later(10_000);
    for (const userid of ['wangxiao', 'zhengjie']) expect(await cardsTitled(userid, '答复丢失')).toHaveLength(1);
  });

  it('when it takes a token back: the call is made again with a fresh one', async () => {
    await fault({ errcode: 42001 });
    await file('令牌过期');
    for (const userid of ['wangxiao', 'zhengjie']) expect(await cardsTitled(userid, '令牌过期')).toHaveLength(1);
  });

  it('when it will never take a message: a dead letter, which an admin sends again', async () => {
    await fault({ errcode: 82004, times: 2 });
    await file('内容违规');
    expect(await cardsTitled('zhengjie', '内容违规')).toHaveLength(0);
    const listed = await running.api('WuGang', 'GET', '/api/v1/dead-letters');
    const { letters } = listed.body as Letters;
    expect(letters).toHaveLength(2);
    expect(letters[0]?.error).toContain('82004');
    expect((await running.api('wangxiao', 'GET', '/api/v1/dead-letters')).status).toBe(403);

    for (const { id } of letters)
      expect((await running.api('WuGang', 'POST', `/api/v1/dead-letters/${id}/resend`)).status).toBe(204);
    await running.settled();
    for (const userid of ['wangxiao', 'zhengjie']) expect(await cardsTitled(userid, '内容违规')).toHaveLength(1);
    expect((await running.api('WuGang', 'GET', '/api/v1/dead-letters')).body).toMatchObject({ letters: [] });
  });

  it('when it is slow: nobody waits for it who acts meanwhile', async () => {
    await running.sandbox('POST', 'faults', { path: 'message/send', times: 4, delayMs: 1500 });
    const began = Date.now();
    const sent = await running.as('luoyi').say('报修 慢平台 一般');
    expect(sent.status).toBe(200);
    expect(Date.now() - began).toBeLessThan(1500);
  });
});
