/** Builders for the people of a small company, and the parts that hold them. */
import { SHANGHAI } from '../support/calendar.ts';
import { SANDBOX_ORGANISATION } from '../../src/sandbox/organisation.ts';
import type { Database } from '../../src/store/database.ts';
import { makeSecretBox } from '../../src/store/secretBox.ts';
import { makeSnapshot } from '../../src/people/snapshot.ts';
import { readDirectory } from '../../src/people/rows.ts';
import { syncDirectory } from '../../src/people/sync.ts';
import type { DirectoryDump } from '../../src/workspace/port.ts';

export const NOW = Date.UTC(2026, 2, 2, 1);
export const box = makeSecretBox(new Uint8Array(32).fill(7));

type DumpPerson = DirectoryDump['people'][number];
type DumpDepartment = DirectoryDump['departments'][number];

export function aPerson(account: string, more: Partial<DumpPerson> = {}): DumpPerson {
  return {
    account: account.toLowerCase(),
    accountVerbatim: account,
    name: account,
    active: true,
    departments: [],
    managers: [],
    mail: null,
    mobile: null,
    unionId: null,
    ...more,
  };
}

export const aDepartment = (key: string, more: Partial<DumpDepartment> = {}): DumpDepartment => ({
  key,
  name: `部门${key}`,
  parent: null,
  heads: [],
  ...more,
});

/** The sandbox's company as its platform would tell it. */
export function theSandbox(): DirectoryDump {
  const { departments, employees } = SANDBOX_ORGANISATION;
  return {
    departments: departments.map(({ id, name, parentId, leaders }) =>
      aDepartment(String(id), {
        name,
        parent: parentId === 0 ? null : String(parentId),
        heads: leaders.map((leader) => leader.toLowerCase()),
      }),
    ),
    people: employees.map(({ userid, name, departments: keys, manager }) =>
      aPerson(userid, { name, departments: keys.map(String), managers: manager ? [manager.toLowerCase()] : [] }),
    ),
  };
}

export const syncInto = (db: Database, dump: DirectoryDump, { workspaceId = 'sandbox', now = NOW } = {}) =>
  db.write((tx) => syncDirectory(tx, dump, { workspaceId, now, box }));

export const snapshotOf = async (db: Database, admins: string[] = []) =>
  makeSnapshot(await readDirectory(db), admins, SHANGHAI);
