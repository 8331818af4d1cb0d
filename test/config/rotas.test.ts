import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadRotas } from '../../src/config/rotas.ts';
import { DINGTALK_ORGANISATION, SANDBOX_ORGANISATION } from '../../src/sandbox/organisation.ts';

const folder = mkdtempSync(join(tmpdir(), 'paidan-rotas-'));
afterAll(() => rmSync(folder, { recursive: true }));
const load = (text: string) => {
  const file = join(folder, 'rotas.yaml');
  writeFileSync(file, text);
  return loadRotas(file);
};

describe('the rotas to start with', () => {
  it('name people of the sandbox, and nobody of a real company', () => {
    const accounts = [
      ...SANDBOX_ORGANISATION.employees.map(({ userid }) => `sandbox/${userid.toLowerCase()}`),
      ...DINGTALK_ORGANISATION.employees.map(({ userid }) => `sandbox-dingtalk/${userid}`),
    ];
    const [rota, ...others] = loadRotas();
    expect([rota?.name, others]).toEqual(['网络值班', []]);
    expect(rota?.pattern).toMatchObject({ kind: 'rotation', days: 7, from: '2026-01-05', handover: 540 });
    if (rota?.pattern.kind !== 'rotation') throw new Error('no rotation');
    expect(accounts).toEqual(expect.arrayContaining([...rota.pattern.members]));
  });

  it('may be the same every week, over midnight too', () => {
    const text =
      'rotas:\n  - name: 夜班\n    weekly:\n      - { weekdays: [1, 7], from: "18:00", to: "09:00", members: [a, hq/b] }\n';
    expect(load(text)).toEqual([
      {
        name: '夜班',
        pattern: { kind: 'weekly', turns: [{ weekdays: [0, 6], from: 1080, to: 540, members: ['a', 'hq/b'] }] },
        changes: [],
      },
    ]);
  });

  it.each([
    [
      'a key that is misspelt',
      'rotas:\n  - name: a\n    rotation: { member: [a], days: 7, from: 2026-01-05 }\n',
      /did you mean members\?/,
    ],
    ['neither kind', 'rotas:\n  - name: a\n', /rotation（轮流）或 weekly/],
    [
      'a weekday that is none',
      'rotas:\n  - name: a\n    weekly: [ { weekdays: [8], from: "09:00", to: "10:00", members: [] } ]\n',
      /1 到 7 的整数/,
    ],
    [
      'a time that is none',
      'rotas:\n  - name: a\n    weekly: [ { weekdays: [1], from: "25:00", to: "10:00", members: [] } ]\n',
      /"09:00"/,
    ],
  ])('%s is located', (_, text, said) => {
    expect(() => load(text)).toThrow(said);
  });
});
