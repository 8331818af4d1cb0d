/** A platform's directory made fit for our tables: one entry for each key, nothing longer than its column, paths from the root. */
import type { DirectoryDump } from '../workspace/port.ts';
import type { DumpPerson } from './matching.ts';
import { mobileKey } from './sameContact.ts';

export interface TidyDepartment {
  readonly key: string;
  readonly name: string;
  /** null also where the parent is outside what we may see. */
  readonly parent: string | null;
  readonly path: string;
  readonly heads: readonly string[];
}
export interface TidyDump {
  readonly people: readonly DumpPerson[];
  readonly departments: readonly TidyDepartment[];
}

const cut = (text: string, length: number) => [...text].slice(0, length).join('');

export function tidyDump(dump: DirectoryDump): TidyDump {
  const people = new Map<string, DumpPerson>();
  for (const person of dump.people) {
    const account = person.account.toLowerCase();
    if (account === '' || people.has(account)) continue;
    people.set(account, {
      ...person,
      account,
      name: cut(person.name.trim() || person.accountVerbatim, 128),
      // A masked number would be one for many.
      mobile: mobileKey(person.mobile) === null ? null : person.mobile,
      mail: person.mail !== null && person.mail.length <= 254 ? person.mail : null,
      managers: person.managers.map((manager) => manager.toLowerCase()),
    });
  }
  return { people: [...people.values()], departments: tidyDepartments(dump.departments) };
}

function tidyDepartments(departments: DirectoryDump['departments']): TidyDepartment[] {
  const byKey = new Map(departments.map((one) => [one.key, one]));
  const pathOf = (key: string, seen: ReadonlySet<string>): string => {
    const department = byKey.get(key);
    if (!department || seen.has(key)) return '';
    const above = department.parent === null ? '' : pathOf(department.parent, new Set([...seen, key]));
    return above ? `${above}/${department.name}` : department.name;
  };
  return [...byKey.values()].map(({ key, name, parent, heads }) => ({
    key,
    name: cut(name, 255),
    parent: parent !== null && parent !== key && byKey.has(parent) ? parent : null,
    path: cut(pathOf(key, new Set()), 1024),
    heads: heads.map((head) => head.toLowerCase()),
  }));
}
