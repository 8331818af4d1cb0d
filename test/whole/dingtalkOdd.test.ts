/**
 * Bad input from DingTalk (issue 3): a clear refusal, or a logged dead letter that an admin sees and can send again;
 * nothing is lost, nothing is changed by what is forged.
 */
import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { signRobot } from '../../src/sandbox/dingtalk/crypto.ts';
import { DEFAULT_SETTINGS } from '../../src/sandbox/dingtalk/settings.ts';
import { keyOf } from '../support/chatter.ts';
import { type CardWords, cardWords } from '../support/cardWords.ts';
import { eventually } from '../support/eventually.ts';
import { PIXEL } from '../support/pixel.ts';
import { fileRepair, ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const FANG = 'ding-fangmin';
const SONG = 'ding-songjie';
const HOUR = 3_600_000;

interface Letter {
  readonly id: number;
  readonly kind: string;
  readonly error: string;
  readonly file: string | null;
  readonly person: { readonly id: number } | null;
}

for (const dingtalk of ['http', 'stream'] as const)
  eachService(`Odd things from DingTalk over ${dingtalk}`, (start) => {
    let running: Running;
    let ahead = 0;
    beforeAll(async () => {
      running = await start({ dingtalk, clock: () => Date.now() + ahead, admins: ['sandbox/wugang'] });
    });
    const settings = (change: object) => running.sandbox('PUT', 'dingtalk/settings', change);
    beforeEach(async () => {
      await settings(DEFAULT_SETTINGS);
      await running.sandbox('DELETE', 'dingtalk/faults');
    });

    const soon = <T>(look: () => Promise<T>): Promise<T> =>
      eventually(async () => {
        ahead += 500;
        await running.settled();
        return look();
      });
    const letters = async (): Promise<readonly Letter[]> => {
      const { body } = await running.api('WuGang', 'GET', '/api/v1/dead-letters');
      return (body as { letters: readonly Letter[] }).letters;
    };
    const sendAgain = async (letter: Letter | undefined) => {
      const { status } = await running.api('WuGang', 'POST', `/api/v1/dead-letters/${letter?.id}/resend`);
      expect(status).toBe(204);
      await running.settled();
    };
    const filed = (title: string) => fileRepair(running, title, { by: FANG, category: '网络问题' });
    const wordsOf = async (userid: string, title: string): Promise<CardWords | null> => {
      const all = (await running.as(userid).messages()).map(cardWords);
      return all.findLast((one) => one?.title === title) ?? null;
    };
    const rowsTitled = (title: string) =>
      running.service.app.db.read((reader) => reader.rows('SELECT id FROM ticket WHERE title = ?', [title]));

    it('a form whose values are missing or of the wrong kind asks again, and changes nothing', async () => {
      const number = await filed('表单乱填');
      await soon(async () => expect(await wordsOf(SONG, '表单乱填')).toMatchObject({ emphasis: '待受理' }));
      await running.as(SONG).press('受理');
      const card = await running.as(SONG).find('the form', (one) => keyOf(one, '完成') !== null);
      const _key = keyOf(card, '完成') ?? '';
      const odd: readonly unknown[] = [
        { _key },
        { _key, solution: { a: 1 }, effort: 'abc', core: { index: 7, value: 'maybe' } },
        { _key, solution: '换线', effort: { index: [], value: [] }, core: null },
        { _key, solution: '换线', effort: -1 },
        { _key, solution: ['换线', '换线'], effort: [[1]], __proto__: { x: 1 }, toString: 'x' },
        { _key, solution: '　\u200b', effort: '１．５' },
      ];
      for (const form of odd)
        for (const params of [{ form }, { form: JSON.stringify(form) }]) {
          // Not the form's own id: what the client would check is not checked.
          const sent = await running.as(SONG).act({ messageId: card.id, actionId: 'strange', params });
          expect(sent.status).toBe(200);
          const words = await wordsOf(SONG, '表单乱填');
          expect(words?.buttons).toContain('完成');
          // Nothing filled in is what pressing the button is, before it asks.
          if (Object.keys(form as object).length > 1) expect(words?.notice).toMatch(/还差|填写|「/);
        }
      for (const params of [
        {},
        { form: [] },
        { form: 'no json' },
        { key: { a: 1 } },
        { key: 't.complete.x' },
        { key: 'x'.repeat(9_000) },
      ])
        // prettier-ignore
        expect((await running.as(SONG).act({ messageId: card.id, actionId: 'strange', params })).status).toBe(200);
      const still = await ticketOf(running, number);
      expect([still.status, still.values['repair']]).toEqual(['processing', undefined]);
      // And as text, which some clients send: it is filled in.
      await running.as(SONG).act({ messageId: card.id, actionId: 'form', params: { form: { _key, solution: '换线', effort: '１．５', core: 'false' } } }); // prettier-ignore
      expect((await ticketOf(running, number)).values['repair']).toMatchObject({ effort: 1.5, core: false });
    });

    it('a click is understood where its values are called `value`, too', async () => {
      await settings({ cardValueVariant: true });
      const number = await filed('另一种回调');
      await soon(async () => expect(await wordsOf(SONG, '另一种回调')).toMatchObject({ emphasis: '待受理' }));
      await running.as(SONG).press('受理');
      await running.as(SONG).press('完成', { 处理方案: '好了', 工作耗时: 2 });
      expect(await ticketOf(running, number)).toMatchObject({ status: 'confirming' });
    });

    it('whoever has no staff id is told so, and nothing is begun', async () => {
      await settings({ withoutStaffId: ['ding-yuanli'] });
      const yuan = running.as('ding-yuanli');
      expect((await yuan.say('报修 外部的人')).status).toBe(200);
      await running.settled();
      expect(await yuan.lastText()).toContain('通讯录里还没有您');
      await yuan.picture('x.png', PIXEL);
      await running.settled();
      expect((await yuan.messages()).filter((one) => cardWords(one))).toEqual([]);
      await settings({ withoutStaffId: [] });
      await yuan.say('报修 认识的人 一般');
      await soon(async () => expect(await wordsOf('ding-yuanli', '认识的人')).toMatchObject({ emphasis: '草稿' }));
    });

    it('the answer goes another way where the session is over, or refused', async () => {
      const fang = running.as(FANG);
      await settings({ sessionLifeMs: 0 });
      await fang.say('我的工单');
      await soon(async () => expect(await fang.lastText()).toContain('另一种回调'));
      await settings({ sessionLifeMs: DEFAULT_SETTINGS.sessionLifeMs });
      // Over HTTP the answer to the call itself says it; a webhook is used for nothing then.
      if (dingtalk === 'stream') {
        await running.sandbox('POST', 'dingtalk/faults', { path: 'robot/sendBySession', times: 1, errcode: 300001 });
        await fang.say('帮助');
        await soon(async () => expect(await fang.lastText()).toContain('报修'));
        expect(await running.sandbox('GET', 'dingtalk/faults')).toEqual({ faults: [] });
      }
      expect(await letters()).toEqual([]);
    });

    it('a file that comes only at the second try is there; one that is gone or too large is a dead letter', async () => {
      const fang = running.as(FANG);
      await fang.say('报修 有附件的 一般');
      await soon(async () => expect(await wordsOf(FANG, '有附件的')).not.toBeNull());
      await running.sandbox('POST', 'dingtalk/faults', { path: 'file', times: 1, http: 500 });
      await fang.picture('晚到.png', PIXEL);
      const states = async (): Promise<unknown> => {
        const rows = await running.service.app.db.read((reader) =>
          reader.rows<{ state: string }>('SELECT state FROM attachment WHERE person_id = ? ORDER BY id', [
            running.id(FANG),
          ]),
        );
        return rows.map(({ state }) => state);
      };
      await soon(async () => expect(await states()).toEqual(['stored']));
      await settings({ downloadCodeMs: 0 });
      await fang.picture('没了.png', PIXEL);
      await soon(async () => expect(await states()).toEqual(['stored', 'failed']));
      await settings({ downloadCodeMs: DEFAULT_SETTINGS.downloadCodeMs });
      await fang.file('很大.bin', Buffer.alloc(51 * 1024 * 1024, 7));
      await soon(async () => expect(await states()).toEqual(['stored', 'failed', 'refused']));
      // Whoever sent them was told that they had come, and is told that they were not taken.
      const said = async () => (await fang.messages()).flatMap(({ text }) => text ?? []).join('\n');
      await soon(async () => expect(await said()).toMatch(/没有取到[^]*很大\.bin[^]*超过 50 MB/));
      const all = await letters();
      expect(all.map(({ kind }) => kind)).toEqual(['fetch', 'fetch']);
      // Newest first. A picture comes without its name.
      expect(all.map(({ file }) => file)).toEqual(['很大.bin', expect.stringMatching(/^图片-/)]);
      expect(all.map(({ person }) => person?.id)).toEqual([running.id(FANG), running.id(FANG)]);
      expect(all.map(({ error }) => error).join()).toContain('50 MiB');
      // What came is filed all the same.
      await fang.press('提交', { 问题详细描述: '见图', 问题分类: '网络问题' });
      expect(await rowsTitled('有附件的')).toHaveLength(1);
    });

    it('a success with a failed space inside is a dead letter, and is sent again', async () => {
      const before = (await letters()).length;
      await settings({ failingSpaces: [SONG] });
      const number = await filed('送不到');
      await soon(async () => expect((await letters()).length).toBeGreaterThan(before));
      const letter = (await letters()).find(({ kind }) => kind === 'card');
      expect(letter?.error).toContain('deliver failed');
      expect(await wordsOf(SONG, '送不到')).toBeNull();
      expect(await ticketOf(running, number)).toMatchObject({ status: 'pending' });
      await settings({ failingSpaces: [] });
      await sendAgain(letter);
      expect(await wordsOf(SONG, '送不到')).toMatchObject({ emphasis: '待受理' });
    });

    it('when the month is used up: said once in the log, nothing lost of what was to be sent', async () => {
      const from = running.log.lines.length;
      await settings({ enforceQuota: true, monthlyPushes: 0, monthlyCalls: 0 });
      const fang = running.as(FANG);
      // Who and where, but not what: it can't be answered, and must not break anything.
      for (const text of ['报修 没有内容', '我的工单']) expect((await fang.say(text)).status).toBe(200);
      const card = await running.as(SONG).find('a task', (one) => keyOf(one, '受理') !== null);
      const sent = await running.as(SONG).act({ messageId: card.id, actionId: 'b1', params: {} });
      expect(sent.status).toBe(200);
      expect(running.log.lines.slice(from).filter(({ message }) => message.includes('used up'))).not.toEqual([]);

      const values = { title: '额度用完', detail: '网断了', category: '网络问题' };
      const { status } = await running.api('wangxiao', 'POST', '/api/v1/tickets', { template: 'it-repair', values });
      expect(status).toBe(201);
      await running.settled();
      expect(await wordsOf(SONG, '额度用完')).toBeNull();
      await settings({ enforceQuota: false });
      await eventually(async () => {
        ahead += HOUR;
        await running.settled();
        expect(await wordsOf(SONG, '额度用完')).toMatchObject({ emphasis: '待受理' });
      });
    });

    it('logs no error', () => {
      expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });

eachService('Forged calls of DingTalk', (start) => {
  let running: Running;
  let from = 0;
  beforeAll(async () => {
    running = await start({ dingtalk: 'http' });
    await running.sandbox('PUT', 'dingtalk/timing', { retryScale: 0 });
    // The job's first run is over and its next is minutes away: from now on only events ask for the contacts.
    const job = "SELECT last_finished_at FROM agenda_job WHERE name = 'directory'";
    const { db } = running.service.app;
    await eventually(async () => {
      expect(await db.read((reader) => reader.one(job))).toMatchObject({ last_finished_at: expect.any(Number) });
    });
  });
  beforeEach(() => void (from = running.log.lines.length));
  const expectLines = (n: number) => {
    const lines = running.log.lines.slice(from);
    expect(lines.filter(({ message }) => message === 'callback refused')).toHaveLength(n);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    const { clientSecret = '', token = '', aesKey = '' } = running.service.sandbox?.dingtalk ?? {};
    for (const secret of [clientSecret, token, aesKey]) expect(JSON.stringify(lines)).not.toContain(secret);
  };
  const TAMPERS = ['signature', 'timestamp', 'truncated', 'receiver', 'key'] as const;
  const isRefused = (status: number) => expect([400, 403]).toContain(status);

  it.each(TAMPERS)('a robot message with a bad %s does nothing', async (tamper) => {
    const sent = await running.as('ding-dongfei').say('报修 假消息 紧急', `?tamper=${tamper}`);
    isRefused(sent.status);
    if (tamper === 'signature' || tamper === 'key') expect(sent.status).toBe(403);
    expectLines(1);
    await running.settled();
    expect((await running.as('ding-dongfei').messages()).filter((one) => one.from === 'app')).toEqual([]);
  });

  it('a click that is forged changes nothing, and the client says that it failed', async () => {
    const number = await fileRepair(running, '伪造点击', { by: FANG, category: '网络问题' });
    await running.settled();
    const card = await running.as(SONG).find('the task', (one) => keyOf(one, '受理') !== null);
    const before = await ticketOf(running, number);
    from = running.log.lines.length;
    for (const tamper of TAMPERS) {
      const click = { messageId: card.id, actionId: 'b1', params: {} };
      isRefused((await running.as(SONG).act(click, `?tamper=${tamper}`)).status);
      const seen = await running.as(SONG).find('the card', ({ id }) => id === card.id);
      expect(seen.interactive?.toast).toBeTruthy();
    }
    expectLines(TAMPERS.length);
    expect(await ticketOf(running, number)).toEqual(before);
    await running.as(SONG).act({ messageId: card.id, actionId: 'b1', params: {} });
    expect(await ticketOf(running, number)).toMatchObject({ status: 'processing' });
  });

  const contactsAsked = async (): Promise<number> => {
    const { calls } = (await running.sandbox('GET', 'dingtalk/calls')) as { calls: { path: string }[] };
    return calls.filter(({ path }) => path.includes('topapi/v2/')).length;
  };
  const event = async (query: string): Promise<{ status: number; attempts: number }> => {
    await running.sandbox('DELETE', 'dingtalk/calls');
    const body = { type: 'user_modify_org', fields: { userId: [SONG] } };
    return (await running.sandbox('POST', `dingtalk/events${query}`, body)) as { status: number; attempts: number };
  };

  it.each(TAMPERS)('an event with a bad %s starts no sync', async (tamper) => {
    const { status, attempts } = await event(`?tamper=${tamper}`);
    isRefused(status);
    expect(attempts).toBe(3);
    expectLines(attempts);
    expect(await contactsAsked()).toBe(0);
  });

  it('a genuine event does', async () => {
    expect((await event('')).status).toBe(200);
    await eventually(async () => expect(await contactsAsked()).toBeGreaterThan(0));
  });

  it('somebody outside the directory, well signed, is told to ask an admin', async () => {
    const { clientSecret = '', robotCode = '', corpId = '' } = running.service.sandbox?.dingtalk ?? {};
    const timestamp = String(Date.now());
    const body = {
      ...{ msgtype: 'text', text: { content: '报修 路人甲' }, msgId: 'msg-of-a-stranger', createAt: Date.now() },
      ...{ conversationType: '1', conversationId: 'cidx', senderStaffId: 'nobody-known', senderCorpId: corpId },
      ...{ robotCode, chatbotCorpId: corpId, senderNick: '王晓' },
    };
    const answer = await fetch(`${running.url}/callbacks/dingtalk/sandbox-dingtalk/robot`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', timestamp, sign: signRobot(clientSecret, timestamp) },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(await answer.json())).toContain('通讯录里还没有您');
    expect(await running.service.app.db.read((reader) => reader.rows('SELECT id FROM draft'))).toHaveLength(1);
  });
});
