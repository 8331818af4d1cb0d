/**
 * The secrets with which webhooks are signed: one per host, so that no receiver can sign for another. They follow from
 * `secret_key` and the number of times that the host's was changed, and so stand nowhere.
 */
import type { Clock } from '../../lib/clock.ts';
import { z } from 'zod';
import { currentSetting, saveSetting } from '../../people/setting.ts';
import type { Database, Reader } from '../../store/database.ts';
import type { SecretBox } from '../../store/secretBox.ts';

export interface WebhookSecrets {
  /** @returns newest first; the one before it for a day after a change, as long as webhooks are signed with both */
  of(host: string): Promise<readonly string[]>;
  /** @returns the new one, in force at once */
  rotate(host: string): Promise<string>;
}

const OVERLAP_MS = 24 * 3_600_000;

const Rotation = z.object({ times: z.number(), at: z.number() });
const NEVER: z.infer<typeof Rotation> = { times: 0, at: 0 };

interface Parts {
  readonly db: Database;
  readonly box: SecretBox;
  readonly clock: Clock;
}

export function makeWebhookSecrets({ db, box, clock }: Parts): WebhookSecrets {
  const secret = (host: string, times: number) => `whsec_${box.digest(`${host} ${times}`, 'webhook')}`;
  return {
    async of(host) {
      const { times, at } = await db.read((reader) => rotationOf(reader, host));
      const both = times > 0 && clock() - at < OVERLAP_MS;
      return (both ? [times, times - 1] : [times]).map((n) => secret(host, n));
    },
    rotate: (host) =>
      db.write(async (tx) => {
        const times = (await rotationOf(tx, host)).times + 1;
        await saveSetting(tx, 'webhook', settingName(host), { times, at: clock() });
        return secret(host, times);
      }),
  };
}

/** As long as the column: two longer hosts may share a count, never a secret. */
const settingName = (host: string) => host.slice(0, 128);

async function rotationOf(reader: Reader, host: string) {
  const body = await currentSetting(reader, 'webhook', settingName(host));
  return body === undefined ? NEVER : Rotation.parse(body);
}
