/** Keeps our directory in line with every workspace: when a platform says that something changed, and every so often. */
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secretBox.ts';
import type { Workspace } from '../workspace/port.ts';
import type { DirectorySource } from './directory.ts';
import { type Announcer, DIRECTORY_CHANNEL } from './revision.ts';
import { settleRoles } from './role.ts';
import { settleRotas } from './rota.ts';
import { syncDirectory, type SyncSummary } from './sync.ts';

export interface DirectorySync {
  /** Never throws: a platform that can't be asked is logged, and asked again the next time. @returns null then */
  sync(workspaceId: string): Promise<SyncSummary | null>;
  syncAll(): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly cache: Pick<Announcer, 'publish'>;
  readonly directory: Pick<DirectorySource, 'refresh' | 'current'>;
  readonly box: SecretBox;
  readonly workspaces: readonly Pick<Workspace, 'id' | 'directory'>[];
  readonly clock: Clock;
  readonly log: Log;
}

export function makeDirectorySync(parts: Parts): DirectorySync {
  const { workspaces } = parts;
  const running = new Map<string, Promise<SyncSummary | null>>();
  const waiting = new Map<string, Promise<SyncSummary | null>>();
  const run = (workspace: Parts['workspaces'][number]) => {
    const work = syncOne(workspace, parts).finally(() => running.delete(workspace.id));
    running.set(workspace.id, work);
    return work;
  };
  const sync = (workspaceId: string): Promise<SyncSummary | null> => {
    const workspace = workspaces.find(({ id }) => id === workspaceId);
    if (!workspace) throw new Error(`There is no workspace "${workspaceId}"`);
    const now = running.get(workspaceId);
    if (!now) return run(workspace);
    // A platform tells of each change by itself: all that come during a run share the next one.
    const next = waiting.get(workspaceId) ?? now.then(() => (waiting.delete(workspaceId), run(workspace)));
    waiting.set(workspaceId, next);
    return next;
  };
  return {
    sync,
    async syncAll() {
      // One after the other, as configured: who has accounts in two is known, and at home, by the first.
      for (const { id } of workspaces) await sync(id);
    },
  };
}

async function syncOne(workspace: Parts['workspaces'][number], parts: Parts): Promise<SyncSummary | null> {
  const { db, cache, directory, box, clock } = parts;
  const log = parts.log.with({ workspace: workspace.id });
  try {
    const dump = await workspace.directory();
    const summary = await db.write(async (tx) => {
      const done = await syncDirectory(tx, dump, { workspaceId: workspace.id, now: clock(), box });
      if (done.anyChange) tx.afterCommit(() => cache.publish(DIRECTORY_CHANNEL, workspace.id));
      return done;
    });
    if (summary.anyChange) {
      const { links, ...counts } = summary;
      log.info('directory synced', counts);
      // One line each: who can be reached where must be traceable, without the number or address that told it.
      for (const link of links) log.info('an account is that of somebody known from another workspace', { ...link });
      if (isExodus(summary))
        log.warn("many people left at once: check the app's visible range", { left: summary.left });
      await directory.refresh();
    }
    await settleRoles(db, directory.current());
    await settleRotas(db, directory.current());
    return summary;
  } catch (error) {
    log.error('directory not synced; the last one stays in use', { error });
    return null;
  }
}

const isExodus = ({ left, people }: SyncSummary) => left >= 10 && left > people / 4;
