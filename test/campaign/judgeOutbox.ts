/** K3: every outbox row is settled, or dead with a reason; what was sent is there; what is there twice, a crash explains. */
import type { Database } from '../../src/store/database.ts';
import type { OutboxRow } from '../../src/store/entity/traffic.ts';
import type { Verdict } from './finding.ts';
import type { PlatformState } from './platformState.ts';

interface TryRow {
  readonly outbox_id: number;
  readonly api_call: string;
  readonly result: string;
  readonly platform_id: string | null;
}

export async function judgeOutbox(db: Database, platform: PlatformState, crashes: number): Promise<Verdict[]> {
  const { rows, tries } = await db.read(async (reader) => ({
    rows: await reader.rows<OutboxRow>('SELECT * FROM outbox ORDER BY id'),
    tries: await reader.rows<TryRow>('SELECT outbox_id, api_call, result, platform_id FROM delivery_try'),
  }));
  const doubled = doubledTexts(tries, platform);
  return [
    {
      id: 'K3',
      what: 'every outbox row is settled, or dead with a reason',
      looked: rows.length,
      wrong: unsettled(rows),
    },
    { id: 'K3', what: 'what counts as sent is at the platform', looked: tries.length, wrong: missing(tries, platform) },
    {
      id: 'K3',
      what: `messages that came twice (${doubled.length}) are not more than crashes (${crashes})`,
      looked: platform.sent.length,
      wrong: doubled.length > crashes ? doubled : [],
    },
    { id: 'K3', what: 'no card came twice', looked: platform.sent.length, wrong: doubledCards(platform) },
  ];
}

function unsettled(rows: readonly OutboxRow[]): string[] {
  return rows
    .filter((row) => row.due_at !== null || row.state === 'waiting' || row.state === 'dead')
    .filter((row) => !(row.state === 'dead' && row.error))
    .map((row) => `outbox ${row.id} (${row.kind}) is ${row.state}, due ${row.due_at ?? 'never'}: ${row.error ?? ''}`);
}

function missing(tries: readonly TryRow[], { sent }: PlatformState): string[] {
  const there = new Set(sent.map(({ msgid }) => msgid));
  return tries
    .filter((one) => one.platform_id !== null && !there.has(one.platform_id))
    .map((one) => `outbox ${one.outbox_id} counts as sent, and nobody has it`);
}

/** A text that no try knows of was sent, its answer lost, and then sent anew under other words; or a row knows of two. */
function doubledTexts(tries: readonly TryRow[], { sent }: PlatformState): string[] {
  const known = new Set(tries.map((one) => one.platform_id));
  const orphans = sent
    .filter(({ message, msgid }) => message.kind === 'text' && !known.has(msgid))
    .map(({ message }) => `${message.userid}: ${message.text ?? ''}`);
  const byRow = new Map<number, Set<string>>();
  for (const { outbox_id, platform_id } of tries) {
    if (platform_id === null) continue;
    byRow.set(outbox_id, (byRow.get(outbox_id) ?? new Set()).add(platform_id));
  }
  const twice = [...byRow]
    .filter(([, ids]) => ids.size > 1)
    .map(([id, ids]) => `outbox ${id} went out ${ids.size} times`);
  return [...orphans, ...twice];
}

function doubledCards({ sent }: PlatformState): string[] {
  const tasks = sent.flatMap(({ message }) => (message.card?.task_id ? [message.card.task_id] : []));
  return tasks.filter((task, index) => tasks.indexOf(task) !== index).map((task) => `the card ${task} came twice`);
}
