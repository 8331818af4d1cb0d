/** To-dos follow tasks: open exactly for open duties, done or removed with them; one per task and person. */
import { isOpen } from '../../src/flow/ticket.ts';
import type { Database } from '../../src/store/database.ts';
import type { CardRow } from '../../src/store/entity/traffic.ts';
import { taskOfRole, todoRole } from '../../src/ticket/outboxRow.ts';
import { loadTicket } from '../../src/ticket/ticketStore.ts';
import type { DingtalkState } from './dingtalkState.ts';
import type { Verdict } from './finding.ts';
import { type Look, nameOf } from './look.ts';
import { DINGTALK } from './platform.ts';

export async function judgeTodos(db: Database, { todos }: DingtalkState, look: Look): Promise<Verdict> {
  const rows = await db.read((reader) =>
    reader.rows<CardRow>('SELECT * FROM card WHERE workspace_id = ? ORDER BY id', [DINGTALK]),
  );
  const unions = await unionIds(db);
  const byKey = new Map(rows.map((row) => [row.platform_key ?? '', row]));
  const wrong: string[] = [];
  const open = new Set<string>();
  for (const [key, todo] of todos) {
    const row = byKey.get(key);
    if (!row?.role.startsWith('todo:')) {
      wrong.push(`a to-do 「${todo.subject}」 (${key}) is of no task`);
      continue;
    }
    const duty = (await look(row))?.duty;
    const right = duty === 'open' ? !todo.done : duty === 'done' ? todo.done : false;
    if (!right) wrong.push(`${nameOf(row)} is ${todo.done ? 'done' : 'open'}, and the duty is ${duty ?? 'no more'}`);
    if (todo.executors.join() !== unions.get(row.receiver)) wrong.push(`${nameOf(row)} is somebody else's`);
    const duplicate = !todo.done && open.has(placeOf(row));
    if (duplicate) wrong.push(`${nameOf(row)} is open twice`);
    if (!todo.done) open.add(placeOf(row));
  }
  for (const row of await openDuties(db, rows))
    if (!open.has(placeOf({ ...row, role: todoRole(taskOfRole(row.role) ?? 0) })))
      wrong.push(`${nameOf(row)} is to be done, and there is no to-do`);
  return {
    id: 'K3',
    what: `DingTalk: to-dos are open exactly for open duties (${open.size} of ${todos.size} open)`,
    looked: todos.size,
    wrong,
  };
}

const placeOf = ({ ticket_id, role, receiver }: CardRow): string => `${ticket_id} ${role} ${receiver}`;

async function openDuties(db: Database, rows: readonly CardRow[]): Promise<CardRow[]> {
  const duties: CardRow[] = [];
  for (const row of rows) {
    const n = taskOfRole(row.role);
    if (n === null || row.ticket_id === null || row.shown_version === null) continue;
    const stored = await db.read((reader) => loadTicket(reader, row.ticket_id ?? 0));
    const task = stored?.ticket.tasks.find((one) => one.n === n);
    if (task && isOpen(task) && task.kind !== 'confirm') duties.push(row);
  }
  return duties;
}

async function unionIds(db: Database): Promise<ReadonlyMap<string, string>> {
  const sql = 'SELECT account, union_id FROM identity WHERE workspace_id = ?';
  const rows = await db.read((reader) => reader.rows<{ account: string; union_id: string }>(sql, [DINGTALK]));
  return new Map(rows.map(({ account, union_id }) => [account, union_id]));
}
