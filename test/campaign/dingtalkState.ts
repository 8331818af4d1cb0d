/** What DingTalk holds in the end, from its own journal: read when the platform has ended. */
import { join } from 'node:path';
import type { Message } from '../../src/sandbox/client.ts';
import { TABLES, type Tables, type TodoRow } from '../../src/sandbox/dingtalk/rows.ts';
import { openJournal } from '../../src/sandbox/journal.ts';
import { DINGTALK } from './platform.ts';
import type { SentCopy } from './wecomState.ts';

/** A card as one person sees it. */
export interface SeenCard {
  /** `card.platform_key` */
  readonly key: string;
  readonly message: Message;
  readonly data: Readonly<Record<string, string>>;
}

export interface DingtalkState {
  /** What was sent by calls that give it an id. */
  readonly sent: readonly SentCopy[];
  readonly cards: readonly SeenCard[];
  /** How many texts went where a conversation was: over a sessionWebhook, or in a callback's answer. */
  readonly replies: number;
  /** By `card.platform_key` of their card row. */
  readonly todos: ReadonlyMap<string, TodoRow>;
}

/** @param folder  of the platform */
export function readDingtalk(folder: string): DingtalkState {
  const all = { folder: join(folder, 'dingtalk'), tables: TABLES, keep: () => true, onPut: () => undefined };
  const journal = openJournal<Tables>(all);
  const stored = [...journal.all('message')].map(([, row]) => row).filter(({ message }) => message.from === 'app');
  const todos = [...journal.all('todo')].map(([, row]) => row);
  journal.close();
  return {
    sent: stored.flatMap(({ message, sent }) => (sent === null ? [] : [{ message, id: sent }])),
    cards: stored.flatMap(({ message }) => {
      const { interactive } = message;
      return interactive ? [{ key: ours(interactive.outTrackId), message, data: interactive.data }] : [];
    }),
    replies: repliesIn(stored.filter(({ sent }) => sent === null).map(({ message }) => message)),
    todos: new Map(todos.map((row) => [ours(row.sourceId ?? ''), row])),
  };
}

/** What is said in a group, all its members have a copy of. */
function repliesIn(messages: readonly Message[]): number {
  const alone = messages.filter(({ group }) => group === undefined).length;
  const byMember = new Map<string, Map<string, number>>();
  for (const { group, userid } of messages) {
    if (group === undefined) continue;
    const counts = byMember.get(group) ?? new Map<string, number>();
    byMember.set(group, counts.set(userid, (counts.get(userid) ?? 0) + 1));
  }
  return [...byMember.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), alone);
}

/** outTrackId and sourceId begin with the workspace's id. */
const ours = (name: string): string => (name.startsWith(`${DINGTALK}-`) ? name.slice(DINGTALK.length + 1) : name);
