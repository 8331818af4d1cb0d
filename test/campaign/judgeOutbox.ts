/** K3: every outbox row is settled, or dead with a reason; what was sent is there; what is there twice, a crash explains. */
import type { Database } from '../../src/store/database.ts';
import type { OutboxRow } from '../../src/store/entity/traffic.ts';
import type { DingtalkState } from './dingtalkState.ts';
import type { Verdict } from './finding.ts';
import { DINGTALK, type Transport } from './platform.ts';
import type { SentCopy, WecomState } from './wecomState.ts';

interface TryRow {
  readonly outbox_id: number;
  readonly api_call: string;
  readonly result: string;
  readonly platform_id: string | null;
}

export interface Outcome {
  readonly wecom: WecomState;
  readonly dingtalk: DingtalkState;
  readonly transport: Transport;
  readonly crashes: number;
}

export async function judgeOutbox(db: Database, outcome: Outcome): Promise<Verdict[]> {
  const { wecom, dingtalk, crashes } = outcome;
  const { rows, all } = await db.read(async (reader) => ({
    rows: await reader.rows<OutboxRow>('SELECT * FROM outbox ORDER BY id'),
    all: await reader.rows<TryRow>('SELECT outbox_id, api_call, result, platform_id FROM delivery_try ORDER BY id'),
  }));
  // To-dos are judged by what became of them.
  const tries = all.filter(({ api_call }) => !api_call.startsWith('todo.'));
  const sent = [...wecom.sent, ...dingtalk.sent];
  const doubled = [...doubledTexts(tries, sent), ...doubledReplies(rows, tries, outcome)];
  return [
    {
      id: 'K3',
      what: 'every outbox row is settled, or dead with a reason',
      looked: rows.length,
      wrong: unsettled(rows),
    },
    {
      id: 'K3',
      what: 'dead is only what must never be sent twice, and no more than crashes',
      looked: rows.filter(({ state }) => state === 'dead').length,
      wrong: needlesslyDead(rows, crashes),
    },
    { id: 'K3', what: 'what counts as sent is at its platform', looked: tries.length, wrong: missing(tries, sent) },
    {
      id: 'K3',
      what: `messages that came twice (${doubled.length}) are not more than crashes (${crashes})`,
      looked: sent.length,
      wrong: doubled.length > crashes ? doubled : [],
    },
    { id: 'K3', what: 'WeCom: no card came twice', looked: wecom.sent.length, wrong: doubledCards(wecom) },
  ];
}

function unsettled(rows: readonly OutboxRow[]): string[] {
  return rows
    .filter((row) => row.due_at !== null || !['sent', 'merged', 'dropped', 'dead'].includes(row.state))
    .concat(rows.filter((row) => row.state === 'dead' && !row.error))
    .map((row) => `outbox ${row.id} (${row.kind}) is ${row.state}, due ${row.due_at ?? 'never'}: ${row.error ?? ''}`);
}

function needlesslyDead(rows: readonly OutboxRow[], crashes: number): string[] {
  const dead = rows.filter(({ state }) => state === 'dead');
  const told = (some: readonly OutboxRow[]) => some.map((row) => `outbox ${row.id} (${row.kind}): ${row.error ?? ''}`);
  const others = dead.filter(({ resend }) => resend !== 'never_resend');
  return told(others.length > 0 || dead.length <= crashes ? others : dead);
}

function missing(tries: readonly TryRow[], sent: readonly SentCopy[]): string[] {
  const there = new Set(sent.map(({ id }) => id));
  return tries
    .filter((one) => one.platform_id !== null && !there.has(one.platform_id))
    .map((one) => `outbox ${one.outbox_id} counts as sent, and nobody has it`);
}

/** A text that no try knows of was sent, its answer lost, and then sent anew under other words; or a row knows of two. */
function doubledTexts(tries: readonly TryRow[], sent: readonly SentCopy[]): string[] {
  const known = new Set(tries.map((one) => one.platform_id));
  const orphans = new Map(
    sent
      .filter(({ message, id }) => TEXTS.includes(message.kind) && !known.has(id))
      .map(({ message, id }) => [id, `${message.userid}: ${message.text ?? ''}`]),
  );
  const byRow = new Map<number, Set<string>>();
  for (const { outbox_id, platform_id } of tries) {
    if (platform_id === null) continue;
    byRow.set(outbox_id, (byRow.get(outbox_id) ?? new Set()).add(platform_id));
  }
  const twice = [...byRow]
    .filter(([, ids]) => ids.size > 1)
    .map(([id, ids]) => `outbox ${id} went out ${ids.size} times`);
  return [...orphans.values(), ...twice];
}

const TEXTS: readonly string[] = ['text', 'action_card'];

/** Where a conversation is, replies have no id: they can only be counted, and over HTTP callbacks' answers are among them. */
function doubledReplies(rows: readonly OutboxRow[], tries: readonly TryRow[], outcome: Outcome): string[] {
  if (outcome.transport === 'http') return [];
  const says = new Set(rows.filter((row) => row.kind === 'say' && row.workspace_id === DINGTALK).map(({ id }) => id));
  const known = tries.filter((one) => says.has(one.outbox_id) && one.result === 'sent' && one.platform_id === null);
  const beyond = outcome.dingtalk.replies - known.length;
  return Array.from(
    { length: Math.abs(beyond) },
    () => `a reply ${beyond > 0 ? 'that no try knows of' : 'is missing'}`,
  );
}

function doubledCards({ sent }: WecomState): string[] {
  const tasks = sent.flatMap(({ message }) => (message.card?.task_id ? [message.card.task_id] : []));
  return tasks.filter((task, index) => tasks.indexOf(task) !== index).map((task) => `the card ${task} came twice`);
}
