/** `paidan person …`: what it prints, and the code it ends with. */
import { expect, it } from '@jest/globals';
import { personCommand } from '../../src/cli/person.ts';
import { Usage } from '../../src/cli/usage.ts';
import { openDatabase } from '../../src/store/database.ts';
import { aPerson, syncInto } from '../people/build.ts';
import { aLog } from '../support/log.ts';
import { aTerminal } from './terminal.ts';

const { said, forget } = aTerminal(async (db) => {
  await syncInto(db, { departments: [], people: [aPerson('a', { name: '王芳' })] }, { workspaceId: 'hq' });
  await syncInto(db, { departments: [], people: [aPerson('B'), aPerson('c')] }, { workspaceId: 'plant' });
});

it('links two accounts, says whose they are, and takes them apart', async () => {
  expect(await personCommand(['link', 'plant/B', 'hq/a'])).toBe(0);
  expect(said()).toEqual(['王芳: hq/a, plant/b']);
  expect(await personCommand(['unlink', 'plant/b', 'hq/a'])).toBe(0);
  expect(said()[1]).toBe('B: plant/b');
});

it('a refusal is said() in both languages, and the exit code is 1', async () => {
  expect(await personCommand(['link', 'plant/b', 'plant/c'])).toBe(1);
  expect(said().join()).toMatch(/同一个平台.*\n.*same platform/);
});

it('审批人离职: a successor is named, told, taken back; also of an account that has left', async () => {
  expect(await personCommand(['successor', 'plant/b'])).toBe(0);
  expect(await personCommand(['successor', 'plant/b', 'hq/a'])).toBe(0);
  expect(await personCommand(['successor', 'plant/B'])).toBe(0);
  expect(await personCommand(['successor', 'plant/b', '--none'])).toBe(0);
  const nobody =
    'B 离职后没有人接手，按各流程的 if_empty 处理。Nobody takes over from B: each step’s if_empty decides.';
  const named = 'B 离职后由 王芳 接手（指定的交接人）。王芳 takes over from B (named).';
  expect(said()).toEqual([nobody, named, named, nobody]);
  forget();
  const db = await openDatabase({ url: process.env['DATABASE_URL'] ?? '', log: aLog() });
  await syncInto(db, { departments: [], people: [aPerson('c')] }, { workspaceId: 'plant' });
  await db.close();
  expect(await personCommand(['successor', 'plant/b', 'hq/a'])).toBe(0);
  expect(said()).toEqual([named]);
  // Who has left takes over from nobody.
  expect(await personCommand(['successor', 'hq/a', 'plant/b'])).toBe(1);
  expect(said().join('\n')).toMatch(/没有找到「B」，或已离职/);
});

it('审批人离职: nobody takes over from themselves, or from a stranger', async () => {
  expect(await personCommand(['successor', 'hq/a', 'hq/a'])).toBe(1);
  expect(await personCommand(['successor', 'hq/nobody', 'hq/a'])).toBe(1);
  expect(said().join('\n')).toMatch(/不能交接给本人[^]*Nobody takes over from themselves[^]*没有找到「hq\/nobody」/);
});

it('wrong use says how it is called', async () => {
  await expect(personCommand([])).rejects.toThrow(Usage);
  await expect(personCommand(['link', 'hq/a'])).rejects.toThrow(/FROM INTO/);
  await expect(personCommand(['successor', 'hq/a', 'plant/b', '--none'])).rejects.toThrow(/SUCCESSOR \| --none/);
  await expect(personCommand(['link', 'hq/a', '--none'])).rejects.toThrow(Usage);
  await expect(personCommand(['merge', 'hq/a', 'plant/b'])).rejects.toThrow(Usage);
});
