import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, type Journal } from '../../src/sandbox/journal.ts';
import { aCard, anApp, aSandbox, aSend, aText, withStatus, type Json } from './support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'paidan-sandbox-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Rows {
  fruit: { weight: number };
}
const open = (keep = (_key: string) => true): Journal<Rows> =>
  openJournal<Rows>({ folder, tables: ['fruit'], keep: (_table, key) => keep(key), onPut: () => undefined });
const all = (journal: Journal<Rows>) => [...journal.all('fruit')];
const path = () => join(folder, 'journal.jsonl');

describe('the journal', () => {
  it('is read back after a kill (nothing was closed), in order', () => {
    const before = open();
    before.commit(['fruit', 'apple', { weight: 1 }], ['fruit', 'pear', { weight: 2 }]);
    before.commit(['fruit', 'apple', { weight: 3 }]);
    before.commit(['fruit', 'plum', { weight: 4 }]);
    before.commit(['fruit', 'plum', null]);
    expect(all(open())).toEqual([
      ['apple', { weight: 3 }],
      ['pear', { weight: 2 }],
    ]);
  });

  it('drops a torn last line whole, wherever it was torn', () => {
    open().commit(['fruit', 'apple', { weight: 1 }]);
    const line = JSON.stringify([
      ['fruit', 'pear', { weight: 2 }],
      ['fruit', 'plum', { weight: 3 }],
    ]);
    const intact = readFileSync(path());
    for (let length = 1; length <= line.length; length += 1) {
      writeFileSync(path(), intact);
      appendFileSync(path(), line.slice(0, length));
      expect(all(open())).toEqual([['apple', { weight: 1 }]]);
    }
  });

  it('goes on after a torn line without damage', () => {
    open().commit(['fruit', 'apple', { weight: 1 }]);
    appendFileSync(path(), '[["fruit","pe');
    open().commit(['fruit', 'pear', { weight: 2 }]);
    expect(all(open())).toHaveLength(2);
  });

  it('says so when an earlier line is damaged', () => {
    writeFileSync(path(), 'nonsense\n[["fruit","apple",{"weight":1}]]\n');
    expect(() => open()).toThrow('line 1 is damaged');
  });

  it('forgets what is too old when opened, and gets shorter', () => {
    const journal = open();
    for (let weight = 0; weight < 100; weight += 1) journal.commit(['fruit', 'apple', { weight }]);
    journal.commit(['fruit', 'old', { weight: 1 }]);
    expect(all(open((key) => key !== 'old'))).toEqual([['apple', { weight: 99 }]]);
    expect(readFileSync(path(), 'utf8').trim().split('\n')).toHaveLength(1);
  });
});

describe('a sandbox that was killed', () => {
  it('knows its chats, codes, tokens, files and callback again', async () => {
    const first = await aSandbox({ folder });
    const app = await anApp(first);
    await first.served.sandbox.configureCallback(app.url);
    await first.api('PUT', 'settings', { retryDelaysMs: [] });
    const token = await first.token();
    const { response_code } = await first.call('message/send', aSend('chenwei', aCard('b1')));
    app.answers = [withStatus(500)];
    const lost = first.api('POST', 'chats/wangxiao/text', { content: '报修' });
    await lost;
    appendFileSync(path(), '[["message","torn'); // the kill in the middle of a write
    const second = await aSandbox({ folder });
    const chat = async (userid: string) => (await second.api('GET', `chats/${userid}`)).body['messages'] as Json[];
    expect(await chat('chenwei')).toMatchObject([{ card: { task_id: 'b1' }, version: 1 }]);
    expect(await chat('wangxiao')).toMatchObject([{ text: '报修', delivery: 'failed' }]);
    expect(await second.token()).toBe(token);
    expect((await second.api('GET', 'callback')).body).toEqual({ url: app.url });
    expect(await second.call('message/send', aSend('liuyang', aCard('b1')))).toMatchObject({ errcode: 42014 });
    const update = { userids: ['chenwei'], agentid: 1000002, response_code, button: { replace_name: 'x' } };
    expect(await second.call('message/update_template_card', update)).toMatchObject({ errcode: 0 });
    const ids = new Set([...(await chat('chenwei')), ...(await chat('wangxiao'))].map((one) => one['id']));
    await second.call('message/send', aText('chenwei', 'x'));
    expect(ids.has((await chat('chenwei')).at(-1)?.['id'])).toBe(false);
    await Promise.all([first.close(), second.close(), app.close()]);
  });
});
