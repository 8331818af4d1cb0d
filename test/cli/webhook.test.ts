/** `paidan webhook secret`: the secret that the host's webhooks are signed with, and a new one. */
import { expect, it } from '@jest/globals';
import { Usage } from '../../src/cli/usage.ts';
import { webhookCommand } from '../../src/cli/webhook.ts';
import { aTerminal } from './terminal.ts';

const { printed } = aTerminal();

it('prints one secret per host, the same each time, by host or by address', async () => {
  for (const where of ['erp.test', 'ERP.test:443', 'https://erp.test/hook?x=1', 'http://erp.test', 'erp.test:8443'])
    expect(await webhookCommand(['secret', where])).toBe(0);
  expect(printed()[0]).toMatch(/^whsec_[0-9a-f]{64}$/);
  expect(new Set(printed().slice(0, 4)).size).toBe(1);
  expect(printed()[4]).not.toBe(printed()[0]);
});

it('--rotate makes a new one, which is printed from then on', async () => {
  await webhookCommand(['secret', 'crm.test']);
  await webhookCommand(['secret', 'crm.test', '--rotate']);
  await webhookCommand(['secret', 'crm.test']);
  expect(printed()[1]).not.toBe(printed()[0]);
  expect(printed()[2]).toBe(printed()[1]);
});

it('wrong use says how it is called', async () => {
  for (const args of [[], ['secret'], ['secret', 'a b'], ['secret', 'a.test', 'b.test'], ['show', 'a.test']])
    await expect(webhookCommand(args)).rejects.toThrow(Usage);
});
