/** What WeCom holds in the end, from its own journal: read when the platform has ended. */
import type { Message } from '../../src/sandbox/client.ts';
import { openJournal } from '../../src/sandbox/journal.ts';
import { TABLES, type Tables } from '../../src/sandbox/wecom/rows.ts';

/** One copy in one chat of what the service sent. */
export interface SentCopy {
  readonly message: Message;
  /** The platform's name of it. */
  readonly id: string;
}

export interface WecomState {
  /** Without passive replies, which no outbox row stands for. */
  readonly sent: readonly SentCopy[];
  /** Would `update_template_card` still take this code? */
  takes(code: string): boolean;
}

/** @param folder  of the platform */
export function readWecom(folder: string): WecomState {
  const journal = openJournal<Tables>({ folder, tables: TABLES, keep: () => true, onPut: () => undefined });
  const stored = [...journal.all('message')].map(([, row]) => row);
  const codes = new Map(journal.all('code'));
  journal.close();
  return {
    sent: stored.flatMap(({ message, msgid }) => (msgid === null || msgid === '' ? [] : [{ message, id: msgid }])),
    takes: (code) => codes.get(code)?.used === false,
  };
}
