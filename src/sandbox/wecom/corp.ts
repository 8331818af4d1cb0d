/** The state of the sandbox's WeCom corp, and the few things every part of it needs: clock, ids, settings, who listens. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { WecomAccount } from '../account.ts';
import type { LiveEvent } from '../client.ts';
import { makeIds, type Ids } from '../ids.ts';
import { openJournal, type Journal } from '../journal.ts';
import { makeDirectory, type Directory, type Organisation } from '../organisation.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { stillUseful, TABLES, type Meta, type Stored, type Tables } from './rows.ts';

export interface CorpOptions {
  folder: string | null;
  account: WecomAccount;
  organisation: Organisation;
  clock: Clock;
  log: Log;
  seed?: number;
}

export interface Corp {
  readonly account: WecomAccount;
  readonly directory: Directory;
  readonly rows: Journal<Tables>;
  readonly ids: Ids;
  readonly log: Log;
  /** Where media bytes lie; null: in memory. */
  readonly folder: string | null;
  /** The virtual clock: what expires, expires by it. */
  now(): number;
  /** The clock without the offset. Callbacks carry it, since the app's own clock is not shifted. */
  realNow(): number;
  settings(): Settings;
  meta(): Meta;
  changeMeta(change: Partial<Meta>): void;
  newMessageId(): string;
  /** This person's messages, oldest first. */
  chat(userid: string): Stored[];
  /** Everybody's copy of what was sent in one go. */
  copies(msgid: string): Stored[];
  /** Calls on every message that appears, changes or is recalled. @returns ends it */
  listen(listener: (event: LiveEvent) => void): () => void;
  close(): void;
}

const KEPT_PER_PERSON = 500;
const NOTHING: Meta = { starts: 0, clockOffset: 0, callbackUrl: null };

export function makeCorp({ folder, account, organisation, clock, log, seed }: CorpOptions): Corp {
  const listeners = new Set<(event: LiveEvent) => void>();
  const chats = makeChats();
  let ready = false;
  const rows: Journal<Tables> = openJournal<Tables>({
    folder,
    tables: TABLES,
    // The offset is not known before the file is read; a row that lives a little longer does no harm.
    keep: (table, _key, value) => stillUseful(table, value, clock()),
    onPut(put, before) {
      if (put[0] !== 'message') return;
      const [, id, stored] = put;
      const subject = stored ?? (before as Stored | undefined);
      if (!subject) return;
      const { message } = subject;
      chats.put(id, subject, stored);
      const type = stored === null ? 'recall' : before ? 'update' : 'message';
      if (ready) for (const listener of listeners) listener({ type, userid: message.userid, message });
    },
  });
  for (const [id, stored] of rows.all('message')) chats.put(id, stored, stored);
  for (const id of chats.overflow()) rows.commit(['message', id, null]);

  const meta = () => rows.get('meta', 'corp') ?? NOTHING;
  const changeMeta = (change: Partial<Meta>) => rows.commit(['meta', 'corp', { ...meta(), ...change }]);
  changeMeta({ starts: meta().starts + 1 });
  ready = true;
  const { starts } = meta();
  let messages = 0;

  return {
    account,
    directory: makeDirectory(organisation),
    rows,
    log,
    folder,
    // The number of starts keeps ids of a seeded sandbox apart after a restart.
    ids: makeIds(`${seed ?? randomBytes(16).toString('hex')}:${starts}`),
    now: () => clock() + meta().clockOffset,
    realNow: clock,
    settings: () => rows.get('settings', 'corp') ?? DEFAULT_SETTINGS,
    meta,
    changeMeta,
    newMessageId: () => `m${starts}-${++messages}`,
    chat: (userid) => chats.of(userid),
    copies: (msgid) => chats.copies(msgid),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => rows.close(),
  };
}

function makeChats() {
  const byPerson = new Map<string, Map<string, Stored>>();
  const bySend = new Map<string, Map<string, Stored>>();
  const index = (map: typeof byPerson, key: string, id: string, stored: Stored | null) => {
    const rows = map.get(key) ?? new Map<string, Stored>();
    map.set(key, rows);
    if (stored) rows.set(id, stored);
    else rows.delete(id);
  };
  return {
    put(id: string, { message, msgid }: Stored, stored: Stored | null) {
      index(byPerson, message.userid.toLowerCase(), id, stored);
      if (msgid !== null) index(bySend, msgid, id, stored);
    },
    of: (userid: string) => [...(byPerson.get(userid.toLowerCase())?.values() ?? [])],
    copies: (msgid: string) => [...(bySend.get(msgid)?.values() ?? [])],
    overflow: () => [...byPerson.values()].flatMap((chat) => [...chat.keys()].slice(0, -KEPT_PER_PERSON)),
  };
}
