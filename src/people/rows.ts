/** The whole directory as rows, read at one revision. */
import type { Database, Reader } from '../store/database.ts';
import type {
  DepartmentRow,
  IdentityRow,
  ManagerRow,
  MemberRow,
  PersonRow,
  SuccessorRow,
} from '../store/entity/people.ts';
import { adminsIn } from './admins.ts';
import { type CalendarRows, calendarsIn } from './calendar.ts';
import { revisionOf } from './revision.ts';
import { type Role, rolesIn } from './role.ts';
import { rotasIn, type StoredRota } from './rota.ts';
import { type SubstituteOf, substitutesInForce } from './substitutes.ts';

export interface DirectoryRows {
  readonly revision: number;
  readonly people: readonly Pick<PersonRow, 'id' | 'name' | 'home_workspace' | 'locale' | 'state' | 'merged_into'>[];
  readonly identities: readonly Pick<IdentityRow, 'id' | 'workspace_id' | 'account' | 'person_id' | 'left_at'>[];
  readonly departments: readonly DepartmentRow[];
  readonly members: readonly MemberRow[];
  readonly managers: readonly ManagerRow[];
  readonly roles: readonly Role[];
  readonly rotas: readonly StoredRota[];
  readonly substitutes: readonly SubstituteOf[];
  readonly successors: readonly Pick<SuccessorRow, 'person_id' | 'successor_id'>[];
  readonly admins: readonly number[];
  readonly calendars: CalendarRows;
}

/** A change between two of the selects would mix two moments: then they are read again. */
const MOST_ATTEMPTS = 5;

export async function readDirectory(db: Database): Promise<DirectoryRows> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const rows = await db.read(async (reader) => {
      const revision = await revisionOf(reader);
      const all = await readAll(reader);
      return (await revisionOf(reader)) === revision ? { revision, ...all } : null;
    });
    if (rows) return rows;
  }
  throw new Error(`The directory changed ${MOST_ATTEMPTS} times while it was read`);
}

async function readAll(reader: Reader): Promise<Omit<DirectoryRows, 'revision'>> {
  return {
    people: await reader.rows('SELECT id, name, home_workspace, locale, state, merged_into FROM person ORDER BY id'),
    identities: await reader.rows('SELECT id, workspace_id, account, person_id, left_at FROM identity ORDER BY id'),
    departments: await reader.rows('SELECT workspace_id, dept_key, parent, name, path FROM department'),
    members: await reader.rows(
      'SELECT workspace_id, dept_key, identity_id, is_head, ord FROM member ORDER BY identity_id, ord',
    ),
    managers: await reader.rows('SELECT identity_id, n, manager_identity_id FROM manager ORDER BY identity_id, n'),
    roles: await rolesIn(reader),
    rotas: await rotasIn(reader),
    substitutes: await substitutesInForce(reader),
    successors: await reader.rows('SELECT person_id, successor_id FROM successor'),
    admins: await adminsIn(reader),
    calendars: await calendarsIn(reader),
  };
}
