/** What the platform holds in the end, from its own journal: read when it has ended. */
import type { Message } from '../../src/sandbox/client.ts';
import { openJournal } from '../../src/sandbox/journal.ts';
import { TABLES, type Tables } from '../../src/sandbox/wecom/rows.ts';

/** One copy in one chat of what the service sent. */
export interface SentCopy {
  readonly message: Message;
  readonly msgid: string;
}

export interface PlatformState {
  /** Without passive replies, which no outbox row stands for. */
  readonly sent: readonly SentCopy[];
  /** Would `update_template_card` still take this code? */
  takes(code: string): boolean;
}

export function readPlatform(folder: string): PlatformState {
  const journal = openJournal<Tables>({ folder, tables: TABLES, keep: () => true, onPut: () => undefined });
  const stored = [...journal.all('message')].map(([, row]) => row);
  const codes = new Map(journal.all('code'));
  journal.close();
  return {
    sent: stored.flatMap(({ message, msgid }) => (msgid === null || msgid === '' ? [] : [{ message, msgid }])),
    takes: (code) => codes.get(code)?.used === false,
  };
}
