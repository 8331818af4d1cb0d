/** The language in which a person wants to be spoken to. Platforms don't say, so people do. */
import type { PersonId } from '../flow/directory.ts';
import type { Locale } from '../lib/locale.ts';
import type { Tx } from '../store/database.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';

export async function saveLocale(
  tx: Tx,
  { personId, locale, announcer }: { personId: PersonId; locale: Locale; announcer: Pick<Announcer, 'publish'> },
): Promise<void> {
  await lockDirectory(tx);
  await tx.run('UPDATE person SET locale = ? WHERE id = ?', [locale, personId]);
  await raiseRevision(tx);
  tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, 'locale'));
}
