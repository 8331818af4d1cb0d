/** The service's admins: those that the configuration names, and the first one, who came by a one-time link. */
import type { Directory, PersonId } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { refuse, Refused } from '../lib/refusal.ts';
import type { Database, Reader } from '../store/database.ts';
import { loginLinkIn, makeLoginLink } from './loginLink.ts';
import { type Announcer, DIRECTORY_CHANNEL, lockDirectory, raiseRevision } from './revision.ts';
import { currentSettings, saveSetting } from './setting.ts';

const PURPOSE = 'first_admin';

/** Those kept in the database. All of them, the configured too: `Directory.admins`. */
export async function adminsIn(reader: Reader): Promise<PersonId[]> {
  const [setting] = await currentSettings(reader, 'admins');
  return setting ? (setting.body as { people: PersonId[] }).people : [];
}

/**
 * A one-time link for whoever becomes the first admin, valid for 24 h, to be printed at start.
 * @returns its token; null when there is an admin, or one is configured
 */
export async function firstAdminLink(
  db: Database,
  { directory, configured, clock }: { directory: Directory; configured: readonly string[]; clock: Clock },
): Promise<string | null> {
  if (configured.length > 0 || directory.admins.length > 0) return null;
  return makeLoginLink(db, { purpose: PURPOSE, clock });
}

/** Is this link good, so that it is worth signing in for it? */
export const isFirstAdminLink = (db: Database, { token, clock }: { token: string; clock: Clock }): Promise<boolean> =>
  db.read(async (reader) => (await loginLinkIn(reader, { token, now: clock() })) === PURPOSE);

/**
 * The person becomes the first admin, and no other such link works any more.
 * @throws Refused `not_allowed` when the link is used, too old or unknown, or there is an admin by now
 */
export async function claimFirstAdmin(
  db: Database,
  { token, personId, clock, announcer }: { token: string; personId: PersonId; clock: Clock; announcer: Announcer },
): Promise<void> {
  await db.write(async (tx) => {
    await lockDirectory(tx);
    const good = (await loginLinkIn(tx, { token, now: clock() })) === PURPOSE;
    if (!good || (await adminsIn(tx)).length > 0) throw new Refused(refuse('not_allowed', { what: 'first_admin' }));
    await tx.run('UPDATE login_link SET used_at = ? WHERE purpose = ? AND used_at IS NULL', [clock(), PURPOSE]);
    await saveSetting(tx, 'admins', 'admins', { people: [personId] });
    await raiseRevision(tx);
    tx.afterCommit(() => announcer.publish(DIRECTORY_CHANNEL, 'admins'));
  });
}
