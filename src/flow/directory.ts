/**
 * The directory as the engine sees it: one immutable snapshot in memory, named by its revision.
 * `people/` builds it; everything that resolves people is a function of it.
 */
import type { Locale } from '../lib/locale.ts';
import type { Calendars } from '../worktime/calendars.ts';
import type { Rota } from '../worktime/rota.ts';

/** `person.id` of the data model. */
export type PersonId = number;

/** An account in a workspace. */
export interface AccountAt {
  readonly workspace: string;
  /** Lower-cased. */
  readonly account: string;
}

export interface DirectoryPerson {
  readonly id: PersonId;
  readonly name: string;
  /** False once the person left every workspace. */
  readonly active: boolean;
  /** The workspace in which departments and managers are looked up. */
  readonly workspace: string;
  /** Lower-cased account in the home workspace. */
  readonly account: string;
  /** Where the person can be reached: every account that has not left, the home workspace's first. */
  readonly places: readonly AccountAt[];
  /** Keys of the departments in the home workspace, main one first. */
  readonly departments: readonly string[];
  /** Direct managers in the home workspace, first one first. */
  readonly managers: readonly PersonId[];
  /** What the person chose to read; absent: Chinese. */
  readonly locale?: Locale;
  /** Who takes over what is open when this person leaves, as an admin named them; absent: nobody was named. */
  readonly successor?: PersonId;
}

/** Somebody who acts for a person in a period: tasks that open in it go to both, and either may act. */
export interface Substitute {
  readonly to: PersonId;
  /** Epoch ms, the first moment. */
  readonly from: number;
  /** Epoch ms, the first moment that no longer counts. */
  readonly until: number;
  /** Keys of the templates that it is for; null: all. */
  readonly templates: readonly string[] | null;
}

export interface DirectoryDepartment {
  readonly workspace: string;
  readonly key: string;
  readonly name: string;
  /** Names from the root down, joined by `/`: `总公司/IT部`. */
  readonly path: string;
  readonly parent: string | null;
  readonly heads: readonly PersonId[];
  readonly members: readonly PersonId[];
}

export interface DirectoryRole {
  readonly name: string;
  /** Members, departments already resolved to people. Any workspace. */
  readonly members: readonly PersonId[];
}

export interface Directory {
  readonly revision: number;
  readonly people: ReadonlyMap<PersonId, DirectoryPerson>;
  /** By `workspace/account` (account lower-cased). */
  readonly accounts: ReadonlyMap<string, PersonId>;
  /** By `workspace/key`. */
  readonly departments: ReadonlyMap<string, DirectoryDepartment>;
  readonly roles: ReadonlyMap<string, DirectoryRole>;
  /** Who is on duty when. Member 0 is somebody whom the directory does not know (yet): nobody is on duty in their turn. */
  readonly rotas: ReadonlyMap<string, Rota<PersonId>>;
  /** By the person who is away. Those that are over may be missing. */
  readonly substitutes: ReadonlyMap<PersonId, readonly Substitute[]>;
  readonly calendars: Calendars;
  /** The service's admins: the last resort when a rule finds nobody. */
  readonly admins: readonly PersonId[];
}

/** Nobody is known yet. */
export const emptyDirectory = (calendars: Calendars): Directory => ({
  revision: 0,
  people: new Map(),
  accounts: new Map(),
  departments: new Map(),
  roles: new Map(),
  rotas: new Map(),
  substitutes: new Map(),
  calendars,
  admins: [],
});
