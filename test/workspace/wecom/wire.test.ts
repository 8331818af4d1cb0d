/** What only WeCom does: its tokens, its codes, its ways to fail. Against the sandbox, like the contract. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Sent } from '../../../src/workspace/port.ts';
import { aCache } from '../support/door.ts';
import { aWecomSubject, type WecomSubject } from '../support/wecomSubject.ts';

const HOUR = 3_600_000;
let subject: WecomSubject;
let texts = 0;
const sendText = (text = 'hi', workspace = subject.workspace, to = 'chenwei') =>
  workspace.send({ kind: 'text', to, text, dedupeKey: `k${(texts += 1)}` });
const countOf = async (path: string) =>
  (await subject.api<{ counts: Record<string, number> }>('GET', 'calls')).counts[path] ?? 0;
const lastText = async () => (await subject.shown('chenwei')).at(-1)?.text ?? '';

beforeAll(async () => void (subject = await aWecomSubject()));
beforeEach(async () => {
  await subject.mood('accepts');
  await subject.api('DELETE', 'calls');
});
afterAll(() => subject.close());

describe('the token', () => {
  it('is fetched once by any number of callers, and again once when it is over', async () => {
    await subject.api('PUT', 'settings', { perMinute: 10_000, perHour: 10_000 });
    const workspace = subject.another({ cache: aCache(), settings: { timeoutMs: 20_000 } });
    const stampede = () => Promise.all(Array.from({ length: 200 }, () => sendText('hi', workspace)));
    const results = (all: Sent[]) => [...new Set(all.map(({ result }) => result))];
    expect(results(await stampede())).toEqual(['sent']);
    expect(await countOf('gettoken')).toBe(1);
    await subject.api('POST', 'clock', { advanceMs: 3 * HOUR });
    expect(results(await stampede())).toEqual(['sent']);
    expect(await countOf('gettoken')).toBe(2);
  });

  it('is shared by way of the cache, and kept from the log', async () => {
    await sendText();
    await subject.api('DELETE', 'calls');
    expect((await sendText('hi', subject.another({}))).result).toBe('sent');
    expect(await countOf('gettoken')).toBe(0);
    const [[key, token] = []] = [...subject.cache.kept];
    expect(key).toBe('wecom:token:ww5a1db0c0ffee2026:1000002');
    expect(JSON.stringify(subject.log.lines)).not.toContain(token);
  });

  it.each([40014, 42001, 40001])('is renewed once when a call answers %s, and then no more', async (errcode) => {
    await subject.fault({ path: 'message/send', errcode });
    expect((await sendText()).result).toBe('sent');
    expect(await countOf('gettoken')).toBe(1);
    await subject.fault({ path: 'message/send', errcode, times: 2 });
    expect(await sendText()).toMatchObject({ result: 'later', platformCode: String(errcode) });
    expect(await countOf('gettoken')).toBe(2);
  });

  it('is not asked for again and again with a wrong secret, and nothing is lost by it', async () => {
    const workspace = subject.another({ secret: 'w'.repeat(43), cache: aCache() });
    for (let i = 0; i < 20; i += 1) {
      const sent = await sendText('hi', workspace);
      expect(sent).toMatchObject({ result: 'later', platformCode: '40001' });
      expect(sent.result === 'later' && sent.waitMs).toBeGreaterThanOrEqual(60_000);
    }
    expect(await countOf('gettoken')).toBe(1);
    expect(await countOf('message/send')).toBe(0);
    expect(JSON.stringify(subject.log.lines)).not.toContain('w'.repeat(43));
  });

  it('that can not be fetched means that nothing was sent', async () => {
    for (const fault of [{ reset: true }, { loseReply: true }, { garbage: true }, { http: 502 }, { errcode: -1 }]) {
      await subject.fault({ path: 'gettoken', ...fault });
      expect((await sendText('hi', subject.another({ cache: aCache() }))).result).toBe('later');
    }
  });
});

describe('an error code', () => {
  it.each<[number, Sent['result']]>([
    [-1, 'later'],
    [6000, 'later'],
    [45009, 'later'],
    [45033, 'later'],
    [60020, 'later'],
    [48002, 'later'],
    [50003, 'later'],
    [301002, 'later'],
    [42014, 'arrived'],
    [60140, 'code_gone'],
    [40003, 'dead'],
    [81013, 'dead'],
    [60111, 'dead'],
    [43004, 'dead'],
    [42045, 'dead'],
    [40201, 'dead'],
    [82004, 'dead'],
    [999999, 'dead'],
  ])('%s becomes "%s", with one line that names workspace, call and code', async (errcode, result) => {
    await subject.fault({ path: 'message/send', errcode });
    const before = subject.log.lines.length;
    expect(await sendText()).toMatchObject({ result, platformCode: String(errcode) });
    expect(subject.log.lines.slice(before)).toEqual([
      expect.objectContaining({
        level: 'warn',
        facts: expect.objectContaining({ workspace: 'hq', call: 'message/send', code: String(errcode) }),
      }),
    ]);
  });
});

describe('a broken wire', () => {
  it.each<[string, object, Sent['result']]>([
    ['is cut', { reset: true }, 'unknown'],
    ['is slower than we wait', { delayMs: 2500 }, 'unknown'],
    ['answers 502', { http: 502 }, 'unknown'],
    ['answers 429', { http: 429 }, 'later'],
    ['answers 404', { http: 404 }, 'unknown'],
  ])('that %s', async (_how, fault, result) => {
    await subject.fault({ path: 'message/send', ...fault });
    expect((await sendText()).result).toBe(result);
  });

  it('without anybody at the other end means that nothing happened', async () => {
    const workspace = subject.another({ apiBase: 'http://127.0.0.1:9', cache: subject.cache });
    expect(await sendText('hi', workspace)).toMatchObject({ result: 'later', platformCode: 'ECONNREFUSED' });
  });
});

describe('a message', () => {
  it('is cut to 2048 bytes between characters', async () => {
    await sendText('印'.repeat(3000));
    const shown = await lastText();
    expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(2048);
    expect(shown).toMatch(/^印{681}…$/);
    await sendText('🖨'.repeat(600));
    expect(await lastText()).toMatch(/^(🖨){511}…$/u);
    await sendText('a'.repeat(2048));
    expect(await lastText()).toBe('a'.repeat(2048));
  });

  it('to somebody without a licence is dead, not sent', async () => {
    await subject.api('PUT', 'settings', { unlicensed: ['WuGang'] });
    expect(await sendText('hi', subject.workspace, 'wugang')).toMatchObject({
      result: 'dead',
      platformCode: 'unlicenseduser',
    });
    await subject.api('PUT', 'settings', { unlicensed: [] });
  });

  it('with a key that is no task_id is a mistake of ours', async () => {
    const { workspace } = subject;
    const card = { kind: 'card', to: 'chenwei', platformKey: 'c 1', card: null as never } as const;
    await expect(workspace.send(card)).rejects.toThrow('Not a task_id');
  });

  it('opens our pages by way of the sign-in, and others as they are', async () => {
    const blank = {
      subtitle: '',
      emphasis: '',
      body: '',
      facts: [],
      quote: null,
      inputs: [],
      menu: [],
      over: null,
      notice: null,
    };
    const linking = (platformKey: string, url: string) => {
      const buttons = [{ text: '打开', tone: 'plain', does: { url } }] as const;
      const card = { ...blank, kind: 'ticket', source: '派单', title: '打印机', buttons, url: '/m/t/7' } as const;
      return subject.workspace.send({ kind: 'card', to: 'chenwei', platformKey, card });
    };
    const lastCard = async () => subject.cardOf((await subject.shown('chenwei')).at(-1)?.id ?? '');
    expect((await linking('links-1', 'https://paidan.example.com/m/t/7?a=b')).result).toBe('sent');
    expect(await lastCard()).toMatchObject({
      card_action: { url: 'https://paidan.example.com/auth/hq/start?to=%2Fm%2Ft%2F7' },
      button_list: [{ url: 'https://paidan.example.com/auth/hq/start?to=%2Fm%2Ft%2F7%3Fa%3Db' }],
    });
    await linking('links-2', 'https://example.org/x');
    expect((await lastCard()).button_list?.[0]?.url).toBe('https://example.org/x');
    // Not a path of ours, and not an address that WeCom takes.
    expect((await linking('links-3', '//example.org/x')).result).toBe('dead');
  });
});

describe('the directory', () => {
  it('has the main department first, all departments of a person, and no field that new apps do not get', async () => {
    const { people, departments } = await subject.workspace.directory();
    const of = (account: string) => people.find((one) => one.account === account);
    expect(of('xiebin')).toMatchObject({ departments: ['9', '7'], mail: null, mobile: null, unionId: null });
    expect(of('wugang')).toMatchObject({ accountVerbatim: 'WuGang', name: '吴刚', managers: ['zhouming'] });
    expect(of('hanmei')?.managers).toEqual([]);
    expect(departments.find(({ key }) => key === '2')).toEqual({
      key: '2',
      name: 'IT部',
      parent: '1',
      heads: ['wugang'],
    });
    expect(departments.find(({ key }) => key === '1')?.parent).toBeNull();
  });

  it('fails as a whole when one department can not be read', async () => {
    await subject.fault({ path: 'user/list', errcode: 60011 });
    await expect(subject.workspace.directory()).rejects.toThrow('WeCom user/list: 60011');
  });
});

it('an error that leaves the adapter carries neither token nor secret, wherever one looks', async () => {
  for (const fault of [{ errcode: 60011 }, { reset: true }, { http: 502 }, { garbage: true }]) {
    await subject.fault({ path: 'department/list', ...fault });
    const error: unknown = await subject.workspace.directory().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    const { message, stack, cause } = error as Error;
    const all = JSON.stringify([error, message, stack, cause]);
    for (const secret of [...subject.secrets, ...subject.cache.kept.values()]) expect(all).not.toContain(secret);
  }
});
