/** `paidan sandbox`: what it prints is a configuration that the service accepts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { sandboxCommand } from '../../src/cli/sandbox.ts';
import { Usage } from '../../src/cli/usage.ts';
import { loadConfig } from '../../src/config.ts';

let folder: string;
let ended: Promise<number>;
const said: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paidan-sandbox-'));
  await new Promise<void>((resolve, reject) => {
    jest.spyOn(console, 'log').mockImplementation((line: string) => {
      said.push(line);
      if (said.length === 2) resolve();
    });
    ended = sandboxCommand(['--port', '0', '--folder', folder, '--callback', 'stream']);
    ended.catch(reject);
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('both platforms, ready to be copied; DingTalk’s console is set as asked', async () => {
  const [greeting = '', saved] = said;
  expect(saved).toBe('{"ok":true}');
  await writeFile(join(folder, 'paidan.yaml'), greeting.slice(greeting.indexOf('workspaces:')));
  const config = loadConfig({ env: { PAIDAN_CONFIG: 'paidan.yaml' }, cwd: folder });
  expect(config.workspaces.map(({ id, kind }) => [id, kind])).toEqual([
    ['hq', 'wecom'],
    ['plant', 'dingtalk'],
  ]);
  expect(config.sandbox.enabled).toBe(false);
  for (const { apiBase } of config.workspaces) expect(apiBase).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sandbox\//);
});

it('ends when it is told to', async () => {
  process.emit('SIGTERM');
  expect(await ended).toBe(0);
});

it('an address that is no callback is told at once', async () => {
  await expect(sandboxCommand(['--callback', 'http://127.0.0.1:3000/'])).rejects.toThrow(Usage);
});
