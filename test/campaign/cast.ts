/** Who is who: accounts of both platforms, and which of them are one person. */
import type { Group, Person, Platform } from '../../src/sandbox/client.ts';

export interface Cast {
  platformOf(userid: string): Platform;
  /** One name for all accounts of a person. */
  personOf(userid: string): string;
  /** A group that hears the service; null: in none. */
  groupOf(userid: string): Group | null;
}

export function makeCast(people: readonly Person[]): Cast {
  const byAccount = new Map(people.map((one) => [one.userid.toLowerCase(), one]));
  const at = (userid: string): Person => {
    const found = byAccount.get(userid.toLowerCase());
    if (!found) throw new Error(`Nobody is called ${userid}`);
    return found;
  };
  return {
    platformOf: (userid) => at(userid).platform,
    personOf(userid) {
      const { platform, elsewhere } = at(userid);
      return (platform === 'dingtalk' && elsewhere !== null ? elsewhere : userid).toLowerCase();
    },
    groupOf: (userid) => at(userid).groups[0] ?? null,
  };
}
