/** Who is shown stands in the address (`#people=a,b`), so that a link opens the same chats. */
import type { Person } from '../client.ts';

/** As many phones as one can watch at a time. */
export const MOST_SHOWN = 3;

/** Known people only, each once, in the order written. Accounts compare without case, as WeCom does. */
export function peopleInHash(hash: string, people: readonly Person[]): string[] {
  const written = new URLSearchParams(hash.replace(/^#/, '')).get('people') ?? '';
  const byKey = new Map(people.map((person) => [person.userid.toLowerCase(), person.userid]));
  const found = written.split(',').flatMap((userid) => byKey.get(userid.trim().toLowerCase()) ?? []);
  return [...new Set(found)].slice(0, MOST_SHOWN);
}

export const hashOf = (userids: readonly string[]): string =>
  userids.length === 0 ? '#' : `#people=${userids.map(encodeURIComponent).join(',')}`;

/** Adds a person at the end; when the desk is full, the one shown longest makes room. */
export const withPerson = (shown: readonly string[], userid: string): string[] =>
  shown.includes(userid) ? [...shown] : [...shown, userid].slice(-MOST_SHOWN);
