/** A workspace's directory into ours, in one transaction. Running it twice changes nothing the second time. */
import type { Tx } from '../store/database.ts';
import type { DirectoryDump } from '../workspace/port.ts';
import type { Link } from './linkAcross.ts';
import { lockDirectory, raiseRevision } from './revision.ts';
import { type PeopleChanges, syncPeople, type SyncContext } from './syncPeople.ts';
import { syncStructure } from './syncStructure.ts';
import { tidyDump } from './tidyDump.ts';

export interface SyncSummary extends PeopleChanges {
  /** Active people that the platform told of. */
  readonly people: number;
  /** Departments, and people's departments and managers, that are new, changed or gone. */
  readonly departments: number;
  readonly members: number;
  readonly managers: number;
  readonly links: readonly Link[];
  /** The revision was raised. */
  readonly anyChange: boolean;
}

/**
 * @throws Error when the dump holds nobody: a platform that fails to answer properly, or an app whose visible range was
 * emptied by mistake, must not make everybody a leaver
 */
export async function syncDirectory(tx: Tx, dump: DirectoryDump, context: SyncContext): Promise<SyncSummary> {
  const tidy = tidyDump(dump);
  const people = tidy.people.filter(({ active }) => active).length;
  if (people === 0) {
    throw new Error(
      `The directory of ${context.workspaceId} came back empty, so nothing was changed; check the app's visible range and the platform`,
    );
  }
  await lockDirectory(tx);
  const { changes, links } = await syncPeople(tx, tidy.people, context);
  const structure = await syncStructure(tx, tidy, context.workspaceId);
  const anyChange = Object.values<number>({ ...changes, ...structure }).some((count) => count > 0);
  if (anyChange) await raiseRevision(tx);
  return { people, ...changes, ...structure, links, anyChange };
}
