/**
 * The directory in memory: built from the database at start, and again soon after its revision rises, in this process or
 * in another. Reading it costs nothing; a change elsewhere is seen within the poll at the latest.
 */
import { type Directory, emptyDirectory } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Database } from '../store/database.ts';
import { makeCalendars } from '../worktime/calendars.ts';
import { zoneNamed } from '../worktime/zone.ts';
import { type Announcer, DIRECTORY_CHANNEL, revisionOf } from './revision.ts';
import { readDirectory } from './rows.ts';
import { makeSnapshot } from './snapshot.ts';

export interface DirectorySource {
  /** Immutable; empty, with revision 0, before `start`. */
  current(): Directory;
  /** Reads the database anew, after everything that is committed now. */
  refresh(): Promise<Directory>;
  /** @throws Error when the database can't be read */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly cache: Pick<Announcer, 'subscribe'>;
  readonly clock: Clock;
  readonly log: Log;
  /** `workspace/account`, lower-cased, as `Config.admins`. */
  readonly admins?: readonly string[];
  /** Ids of those that are synced: roles are not judged before each has told of somebody. */
  readonly workspaces?: readonly string[];
  /** Of the calendars. */
  readonly timeZone?: string;
  readonly pollMs?: number;
}

export function makeDirectory(parts: Parts): DirectorySource {
  const { db, cache, clock, log, admins = [], workspaces = [], timeZone = 'Asia/Shanghai', pollMs = 5_000 } = parts;
  const zone = zoneNamed(timeZone);
  let directory = emptyDirectory(makeCalendars([], new Map(), zone));
  let lonely = '';
  const load = async () => {
    const began = clock();
    const rows = await readDirectory(db);
    directory = makeSnapshot(rows, admins, zone);
    const { revision, people } = directory;
    log.info('directory read', { revision, people: people.size, ms: clock() - began });
    if (isComplete(directory, workspaces)) lonely = warnOfEmptyRoles(directory, lonely, log);
  };
  const refresh = makeCoalesced(load);
  const watch = makeWatch(pollMs, log, async () => {
    if ((await db.read(revisionOf)) !== directory.revision) await refresh();
  });
  let unsubscribe = () => {};
  return {
    current: () => directory,
    refresh: async () => {
      await refresh();
      return directory;
    },
    async start() {
      await refresh();
      watch.start();
      unsubscribe = cache.subscribe(DIRECTORY_CHANNEL, () => void watch.look());
    },
    async stop() {
      unsubscribe();
      await watch.stop();
    },
  };
}

/** One run at a time; whoever asks during a run gets the next one, all of them the same. */
function makeCoalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    running = work().finally(() => (running = null));
    return running;
  };
  return () => {
    if (!running) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return run();
      });
    return next;
  };
}

/** Looks every `everyMs` and when told to, never twice at once. An outage is logged when it begins. */
function makeWatch(everyMs: number, log: Log, check: () => Promise<void>) {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let failing = false;
  const look = (): Promise<void> => {
    if (!timer) return looking;
    looking = looking.then(check).then(
      () => void (failing = false),
      (error: unknown) => {
        if (!failing) log.warn('the directory could not be read; the last one stays in use', { error });
        failing = true;
      },
    );
    return looking;
  };
  return {
    look,
    start: () => (timer ??= setInterval(() => void look(), everyMs).unref()),
    async stop() {
      if (timer) clearInterval(timer);
      timer = null;
      await looking;
    },
  };
}

/** Before the first sync of a workspace its people are nowhere: that says nothing of the roles. */
function isComplete({ accounts }: Directory, workspaces: readonly string[]): boolean {
  const told = new Set<string>();
  for (const account of accounts.keys()) told.add(account.slice(0, account.indexOf('/')));
  return told.size > 0 && workspaces.every((id) => told.has(id));
}

function warnOfEmptyRoles({ roles }: Directory, before: string, log: Log): string {
  const empty = [...roles.values()].filter(({ members }) => members.length === 0).map(({ name }) => name);
  const now = empty.join('、');
  if (now && now !== before) log.warn('roles without members: tasks for them go to the flow admin', { roles: now });
  return now;
}
