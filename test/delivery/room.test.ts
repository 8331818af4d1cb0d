/** Below a platform's limit per person, what has waited is not overtaken for ever by what is newer. */
import { expect, it } from '@jest/globals';
import { mayMessage, type SenderParts } from '../../src/delivery/sender.ts';
import { makeCache } from '../../src/store/cache.ts';
import type { Workspace } from '../../src/workspace/port.ts';
import { BY_CODE } from '../support/capabilities.ts';
import { aLog } from '../support/log.ts';

it('leaves a fifth of the room to messages that waited', async () => {
  const cache = await makeCache(null, aLog());
  const parts = { cache, clock: () => 100_000 } as Partial<SenderParts> as SenderParts;
  const workspace = { id: 'hq', capabilities: { ...BY_CODE, perPersonPerMinute: 10 } } as Workspace;
  const room = async (madeAt: number) => {
    let taken = 0;
    while (taken < 20 && (await mayMessage(parts, { workspace, to: 'ann' }, { made_at: madeAt }))) taken += 1;
    return taken;
  };
  expect(await room(99_000)).toBe(8);
  expect(await room(50_000)).toBe(2);
  expect(await room(50_000)).toBe(0);
  await cache.close();
});
