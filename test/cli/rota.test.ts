/** `paidan rota …`: what is shown can be edited and imported again; what is wrong is located, and nothing is read (S16). */
import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { rotaCommand } from '../../src/cli/rota.ts';
import { Usage } from '../../src/cli/usage.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { aPerson, syncInto } from '../people/build.ts';
import { aTerminal } from './terminal.ts';

const { said, forget } = aTerminal(async (db) => {
  const people = [aPerson('a', { name: '王芳' }), aPerson('b', { name: '李强' })];
  await syncInto(db, { departments: [], people }, { workspaceId: 'hq' });
  await syncInto(db, { departments: [], people: [aPerson('b', { name: '赵敏' })] }, { workspaceId: 'plant' });
});

const ALL_DAY = 'weekdays: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00"';
const FILE = `rotas:
  - name: 夜班
    weekly:
      - { ${ALL_DAY}, members: [hq/a] }
  - name: 网络值班
    rotation: { members: [hq/a, plant/b], days: 7, from: 2026-01-05, handover: "09:00" }
    changes:
      - { from: 2026-02-01, to: 2026-02-03, members: [hq/b], instead: hq/a }
`;

it('an empty database has none to show', async () => {
  expect(await rotaCommand(['show'])).toBe(0);
  expect(said()).toEqual(['rotas: []']);
});

it('what a file names is set, who is on duty is said(), and what is shown can be imported again', async () => {
  await writeFile('rotas.yaml', FILE);
  expect(await rotaCommand(['import', 'rotas.yaml'])).toBe(0);
  expect(said()).toEqual([
    '夜班: 现在值班 on duty now: 王芳',
    expect.stringMatching(/^网络值班: 现在值班.*(王芳|赵敏|李强)/),
  ]);
  forget();
  expect(await rotaCommand(['show'])).toBe(0);
  const shown = said().join('\n');
  expect(shown).toMatch(/^# 夜班: 现在值班 on duty now: 王芳$/m);
  await writeFile('again.yaml', shown);
  expect(await rotaCommand(['import', 'again.yaml'])).toBe(0);
  forget();
  await rotaCommand(['show']);
  expect(said().join('\n')).toBe(shown);
  expect(shown).toContain('instead: hq/a');
  expect(await readFile('again.yaml', 'utf8')).toContain('plant/b');
});

it('others stay as they are', async () => {
  await writeFile('one.yaml', `rotas:\n  - name: 夜班\n    weekly:\n      - { ${ALL_DAY}, members: [hq/b] }\n`);
  expect(await rotaCommand(['import', 'one.yaml'])).toBe(0);
  expect(said()).toEqual(['夜班: 现在值班 on duty now: 李强']);
  forget();
  await rotaCommand(['show']);
  expect(said().join('\n')).toMatch(/name: 网络值班/);
});

it.each([
  ['nobody has the account', 'hq/nobody', /没有找到「hq\/nobody」.*\n.*“hq\/nobody” is not in the directory/],
  ['several people have it', 'b', /「b」对应多个人，请写成 平台\/账号/],
])('refused when %s, and nothing is changed', async (_, member, words) => {
  const before = await shownNow();
  const file = `rotas:\n  - name: 夜班\n    weekly: []\n  - name: 新的\n    weekly:\n      - { ${ALL_DAY}, members: [${member}] }\n`;
  await writeFile('wrong.yaml', file);
  expect(await rotaCommand(['import', 'wrong.yaml'])).toBe(1);
  expect(said().join('\n')).toMatch(words);
  expect(await shownNow()).toBe(before);
});

it.each([
  ['a day that is none', 'from: 2026-02-03, to: 2026-02-30', /wrong\.yaml:6: .*2026-01-05/],
  ['an end before its start', 'from: 2026-02-03, to: 2026-02-01', /wrong\.yaml:6: .*from/],
])('%s is located', async (_, days, words) => {
  const file = `rotas:\n  - name: 夜班\n    weekly:\n      - { ${ALL_DAY}, members: [hq/a] }\n    changes:\n      - { ${days}, members: [] }\n`;
  await writeFile('wrong.yaml', file);
  const wrong = rotaCommand(['import', 'wrong.yaml']);
  await expect(wrong).rejects.toThrow(ConfigError);
  await expect(wrong).rejects.toThrow(words);
});

it('wrong use says how it is called', async () => {
  await expect(rotaCommand([])).rejects.toThrow(Usage);
  await expect(rotaCommand(['import'])).rejects.toThrow(/rota import FILE/);
  await expect(rotaCommand(['show', 'x'])).rejects.toThrow(Usage);
});

async function shownNow(): Promise<string> {
  const before = said().length;
  await rotaCommand(['show']);
  return said().slice(before).join('\n');
}
