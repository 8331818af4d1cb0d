import { expect, it } from '@jest/globals';
import { makeRetention } from '../../src/automation/retention.ts';
import { eachDatabase } from '../support/database.ts';

const NOW = Date.UTC(2026, 2, 2);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

eachDatabase('retention', (open) => {
  it('takes out what is over, and keeps the rest', async () => {
    const { database: db } = await open();
    const ago = (ms: number) => NOW - ms;
    const inbox = (key: string, at: number) => ({ source: 'hq:app', msg_key: key, part: '', received_at: at });
    const old = Array.from({ length: 1_234 }, (_, i) => inbox(`old${i}`, ago(72 * HOUR_MS + 1 + i)));
    const code = (name: string, until: number) => ({
      workspace_id: 'hq',
      card_id: 1,
      code: name,
      origin: 'click',
      got_at: 0,
      until,
    });
    const session = (token: string, seen: number, until: number) => ({
      token_hash: token,
      person_id: 1,
      made_at: 0,
      seen_at: seen,
      until,
    });
    await db.write((tx) =>
      tx.insertAll([
        { table: 'inbox', rows: [...old, inbox('young', ago(72 * HOUR_MS))] },
        { table: 'card_code', rows: [code('old', ago(DAY_MS + 1)), code('young', ago(DAY_MS))] },
        {
          table: 'session',
          rows: [
            session('over', NOW, ago(1)),
            session('idle', ago(7 * DAY_MS + 1), NOW + 1),
            session('good', NOW, NOW + 1),
          ],
        },
        {
          table: 'login_link',
          rows: [
            { hash: 'x', purpose: 'p', until: ago(DAY_MS + 1) },
            { hash: 'y', purpose: 'p', until: NOW },
          ],
        },
        { table: 'lease', rows: [{ name: 'l', owner: null, until: 0, fence: 7 }] },
      ]),
    );
    const sweep = makeRetention({ db, clock: () => NOW, callbacksMs: 72 * HOUR_MS });
    expect(await sweep()).toBe(1_234 + 1 + 2 + 1);
    expect(await sweep()).toBe(0);
    const left = (sql: string) =>
      db.read(async (reader) => (await reader.rows<{ it: string }>(sql)).map(({ it }) => it));
    expect(await left('SELECT msg_key AS it FROM inbox')).toEqual(['young']);
    expect(await left('SELECT code AS it FROM card_code')).toEqual(['young']);
    expect(await left('SELECT token_hash AS it FROM session')).toEqual(['good']);
    expect(await left('SELECT hash AS it FROM login_link')).toEqual(['y']);
    expect(await left('SELECT name AS it FROM lease')).toEqual(['l']);
  });
});
