/** `paidan webhook secret`: the secret that the host's webhooks are signed with, and a new one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { Usage } from '../../src/cli/usage.ts';
import { webhookCommand } from '../../src/cli/webhook.ts';

const cwd = process.cwd();
const env = { ...process.env };
let folder: string;
let said: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paidan-webhook-'));
  Object.assign(process.env, { DATABASE_URL: `sqlite:${join(folder, 'p.db')}` });
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(cwd);
  process.env = env;
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

it('prints one secret per host, the same each time, by host or by address', async () => {
  for (const where of ['erp.test', 'ERP.test:443', 'https://erp.test/hook?x=1', 'http://erp.test', 'erp.test:8443'])
    expect(await webhookCommand(['secret', where])).toBe(0);
  expect(said[0]).toMatch(/^whsec_[0-9a-f]{64}$/);
  expect(new Set(said.slice(0, 4)).size).toBe(1);
  expect(said[4]).not.toBe(said[0]);
});

it('--rotate makes a new one, which is printed from then on', async () => {
  await webhookCommand(['secret', 'crm.test']);
  await webhookCommand(['secret', 'crm.test', '--rotate']);
  await webhookCommand(['secret', 'crm.test']);
  expect(said[1]).not.toBe(said[0]);
  expect(said[2]).toBe(said[1]);
});

it('wrong use says how it is called', async () => {
  for (const args of [[], ['secret'], ['secret', 'a b'], ['secret', 'a.test', 'b.test'], ['show', 'a.test']])
    await expect(webhookCommand(args)).rejects.toThrow(Usage);
});
