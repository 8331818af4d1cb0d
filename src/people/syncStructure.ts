/** Departments, who is in them and leads them, and who is whose manager, brought in line with the platform's. */
import type { NewRow, Param, Tx } from '../store/database.ts';
import { deleteIn } from './bulk.ts';
import type { TidyDepartment, TidyDump } from './tidyDump.ts';

/** @returns how many departments, and people's places among them, changed */
export async function syncStructure(tx: Tx, { departments, people }: TidyDump, workspaceId: string) {
  const identities = await tx.rows<{ id: number; account: string }>(
    'SELECT id, account FROM identity WHERE workspace_id = ? AND left_at IS NULL',
    [workspaceId],
  );
  const idOf = new Map(identities.map(({ id, account }) => [account, id]));
  const present = people.filter(({ active }) => active);
  return {
    departments: await syncDepartments(tx, departments, workspaceId),
    members: await syncMembers(tx, { departments, people: present }, { workspaceId, idOf }),
    managers: await syncManagers(tx, present, { workspaceId, idOf }),
  };
}

async function syncDepartments(tx: Tx, departments: readonly TidyDepartment[], workspaceId: string): Promise<number> {
  const stored = await tx.rows<NewRow & { dept_key: string }>(
    'SELECT workspace_id, dept_key, parent, name, path FROM department WHERE workspace_id = ?',
    [workspaceId],
  );
  const wanted = departments.map(({ key, parent, name, path }) => ({
    workspace_id: workspaceId,
    dept_key: key,
    parent,
    name,
    path,
  }));
  return replaceGroups(tx, 'department', 'dept_key', { stored, wanted, workspaceId });
}

interface Place {
  readonly workspaceId: string;
  /** Lower-cased account → identity. */
  readonly idOf: ReadonlyMap<string, number>;
}

async function syncMembers(tx: Tx, { departments, people }: TidyDump, { workspaceId, idOf }: Place): Promise<number> {
  const stored = await tx.rows<NewRow & { identity_id: number }>(
    'SELECT workspace_id, dept_key, identity_id, is_head, ord FROM member WHERE workspace_id = ?',
    [workspaceId],
  );
  const known = new Map(departments.map((one) => [one.key, new Set(one.heads)]));
  const row = (account: string, key: string, ord: number | null) => {
    const identity = idOf.get(account);
    const isHead = known.get(key)?.has(account) ? 1 : 0;
    return identity === undefined
      ? []
      : [{ workspace_id: workspaceId, dept_key: key, identity_id: identity, is_head: isHead, ord }];
  };
  const inside = people.flatMap(({ account, departments: keys }) =>
    [...new Set(keys)].filter((key) => known.has(key)).flatMap((key, ord) => row(account, key, ord)),
  );
  const isInside = new Set(inside.map((one) => `${one.dept_key}/${one.identity_id}`));
  const fromOutside = departments
    .flatMap(({ key, heads }) => [...new Set(heads)].flatMap((head) => row(head, key, null)))
    .filter((one) => !isInside.has(`${one.dept_key}/${one.identity_id}`));
  return replaceGroups(tx, 'member', 'identity_id', { stored, wanted: [...inside, ...fromOutside], workspaceId });
}

/** Those of leavers stay: their open tasks may go to whoever led them. */
async function syncManagers(tx: Tx, people: TidyDump['people'], { workspaceId, idOf }: Place): Promise<number> {
  const stored = await tx.rows<NewRow & { identity_id: number }>(
    'SELECT identity_id, n, manager_identity_id FROM manager WHERE identity_id IN ' +
      '(SELECT id FROM identity WHERE workspace_id = ? AND left_at IS NULL)',
    [workspaceId],
  );
  const wanted = people.flatMap(({ account, managers }) => {
    const identity = idOf.get(account);
    const ids = [...new Set(managers)].flatMap((manager) => idOf.get(manager) ?? []).filter((id) => id !== identity);
    if (identity === undefined) return [];
    return ids.map((manager, n) => ({ identity_id: identity, n, manager_identity_id: manager }));
  });
  return replaceGroups(tx, 'manager', 'identity_id', { stored, wanted, workspaceId: null });
}

interface Groups {
  readonly stored: readonly NewRow[];
  readonly wanted: readonly NewRow[];
  /** Also a column of the key where not null. */
  readonly workspaceId: string | null;
}

/** Where the rows that share a value of `column` differ from the stored ones, they are written anew. @returns how many such groups */
async function replaceGroups(
  tx: Tx,
  table: string,
  column: string,
  { stored, wanted, workspaceId }: Groups,
): Promise<number> {
  const before = groupsOf(stored, column);
  const after = groupsOf(wanted, column);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => signature(before.get(key)) !== signature(after.get(key)),
  );
  const outdated = changed.filter((key) => before.has(key));
  const where = workspaceId === null ? '1 = 1' : 'workspace_id = ?';
  await deleteIn(tx, table, column, outdated, where, workspaceId === null ? [] : [workspaceId]);
  await tx.insert(
    table,
    changed.flatMap((key) => after.get(key) ?? []),
  );
  return changed.length;
}

function groupsOf(rows: readonly NewRow[], column: string): Map<Param, NewRow[]> {
  const groups = new Map<Param, NewRow[]>();
  for (const row of rows) {
    const key = row[column] ?? null;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** The same for the same rows in any order. */
const signature = (rows: readonly NewRow[] = []): string =>
  JSON.stringify(rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort());
