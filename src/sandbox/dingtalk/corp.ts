/** The state of the sandbox's DingTalk corp, and the few things every part of it needs: clock, ids, settings, who listens. */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { LiveEvent, Message } from '../client.ts';
import { makeIds, type Ids } from '../ids.ts';
import { openJournal, type Journal } from '../journal.ts';
import { makeDirectory, type Directory, type GroupChat, type Organisation } from '../organisation.ts';
import type { DingtalkAccount } from './account.ts';
import { makeChats } from './chats.ts';
import { stillUseful, TABLES, type Meta, type Stored, type Tables } from './rows.ts';
import { DEFAULT_SETTINGS, type DingtalkSettings } from './settings.ts';
import { todosOf } from './todoView.ts';

export interface CorpOptions {
  /** The sandbox's; the corp has one of its own in it. */
  folder: string | null;
  account: DingtalkAccount;
  organisation: Organisation;
  /** The service's own time. */
  clock: Clock;
  /** The same, moved on by whoever rehearses: the one of the whole sandbox. */
  virtualClock: Clock;
  log: Log;
  seed?: number;
}

export interface DingtalkCorp {
  readonly account: DingtalkAccount;
  readonly directory: Directory;
  readonly groups: readonly GroupChat[];
  readonly rows: Journal<Tables>;
  readonly ids: Ids;
  readonly log: Log;
  /** Where media bytes lie; null: in memory. */
  readonly folder: string | null;
  /** The virtual clock: what expires, expires by it. */
  now(): number;
  /** The clock without the offset. Callbacks carry it, since the app's own clock is not shifted. */
  realNow(): number;
  settings(): DingtalkSettings;
  meta(): Meta;
  changeMeta(change: Partial<Meta>): void;
  newMessageId(): string;
  /** What this person sees, oldest first. @param group null: the chat with the app */
  chat(userid: string, group: string | null): Stored[];
  /** Everybody's copies of this card. */
  copiesOf(outTrackId: string): Stored[];
  /** Of the whole developer account, the same in each of its apps; never the userid. */
  unionIdOf(userid: string): string;
  /** @returns the userid behind it */
  personOf(unionId: string): string | undefined;
  /** A group that is still there, with this person in it if given. */
  group(id: string, userid?: string): GroupChat | undefined;
  /** Calls on everything that appears or changes in a chat or a list of to-dos. @returns ends it */
  listen(listener: (event: LiveEvent) => void): () => void;
  close(): void;
}

const NOTHING: Meta = { starts: 0, push: null };

const unionIdOf = (userid: string) =>
  `${createHash('sha256').update(`union:${userid}`).digest('hex').slice(0, 22)}iEiE`;

export function makeDingtalkCorp(options: CorpOptions): DingtalkCorp {
  const { account, organisation, clock, log, seed } = options;
  const folder = options.folder === null ? null : join(options.folder, 'dingtalk');
  const listeners = new Set<(event: LiveEvent) => void>();
  const tell = (event: LiveEvent) => listeners.forEach((listener) => listener(event));
  const directory = makeDirectory(organisation);
  const unions = new Map(directory.employees.map(({ userid }) => [unionIdOf(userid), userid]));
  const chats = makeChats();
  const { rows, start } = openRows({ folder, clock, chats, unions, tell });

  const meta = () => rows.get('meta', 'corp') ?? NOTHING;
  const changeMeta = (change: Partial<Meta>) => rows.commit(['meta', 'corp', { ...meta(), ...change }]);
  changeMeta({ starts: meta().starts + 1 });
  start();
  const { starts } = meta();
  let messages = 0;
  const settings = () => ({ ...DEFAULT_SETTINGS, ...rows.get('settings', 'corp') });
  const groups = organisation.groups ?? [];

  return {
    account,
    directory,
    groups,
    rows,
    log,
    folder,
    // The number of starts keeps ids of a seeded sandbox apart after a restart.
    ids: makeIds(`dingtalk:${seed ?? randomBytes(16).toString('hex')}:${starts}`),
    now: options.virtualClock,
    realNow: clock,
    settings,
    meta,
    changeMeta,
    newMessageId: () => `d${starts}-${++messages}`,
    chat: (userid, group) => chats.of(userid, group),
    copiesOf: (outTrackId) => chats.copies(outTrackId),
    unionIdOf,
    personOf: (unionId) => unions.get(unionId),
    group: (id, userid) =>
      settings().disbanded.includes(id)
        ? undefined
        : groups.find((one) => one.id === id && (userid === undefined || one.members.includes(userid))),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => rows.close(),
  };
}

interface RowsOptions {
  folder: string | null;
  clock: Clock;
  chats: ReturnType<typeof makeChats>;
  /** unionId → userid */
  unions: ReadonlyMap<string, string>;
  tell: (event: LiveEvent) => void;
}

/** @returns start: what changes from then on is told */
function openRows({ folder, clock, chats, unions, tell }: RowsOptions) {
  let ready = false;
  const rows: Journal<Tables> = openJournal<Tables>({
    folder,
    tables: TABLES,
    // The offset is not known before the file is read; a row that lives a little longer does no harm.
    keep: (table, _key, value) => stillUseful(table, value, clock()),
    onPut([table, id, value], before) {
      if (table === 'message') {
        const subject = value ?? (before as Stored | undefined);
        if (!subject) return;
        chats.put(id, subject, value);
        const type = value === null ? 'recall' : before ? 'update' : 'message';
        if (ready) tell({ type, userid: subject.message.userid, message: subject.message });
      } else if (table === 'todo' && ready) {
        for (const unionId of new Set([...(value?.executors ?? []), ...((before as typeof value)?.executors ?? [])])) {
          const userid = unions.get(unionId);
          if (userid !== undefined) tell({ type: 'todos', userid, todos: todosOf(rows.all('todo'), unionId) });
        }
      }
    },
  });
  for (const [id, stored] of rows.all('message')) chats.put(id, stored, stored);
  for (const id of chats.overflow()) rows.commit(['message', id, null]);
  const start = () => {
    failInterrupted(rows);
    ready = true;
  };
  return { rows, start };
}

/** What was under way when the sandbox ended will not arrive any more: say so, so that it can be sent again. */
function failInterrupted(rows: Journal<Tables>): void {
  for (const [id, stored] of [...rows.all('message')]) {
    const message: Message = { ...stored.message, delivery: 'failed' };
    if (stored.message.delivery === 'sending') rows.commit(['message', id, { ...stored, message }]);
  }
}
