/**
 * What the adapter itself has to know about a person: to-dos want the unionId, mentions a name, and the platform its own
 * spelling of the userid. Looked up once; contacts are free of the monthly volume. Source: reference/dingtalk.md, 0.3 and 9.
 */
import { z } from 'zod';
import { groupOf } from '../../lib/chat.ts';
import type { Api } from './api.ts';
import { DingtalkError } from './failure.ts';

export interface Known {
  /** As the platform spells it; accounts are in small letters. */
  readonly userid: string;
  readonly name: string;
  readonly unionId: string | null;
}

export interface People {
  /** @throws DingtalkError when the platform can't say, or does not know the account */
  of(account: string): Promise<Known>;
  /** The platform's spelling, as far as it was heard. */
  userid(account: string): string;
  /** Before somebody is written to: has their spelling looked up where this process has not heard it yet. */
  meet(account: string | undefined): Promise<void>;
  heard(known: Known): void;
}

const User = z.object({
  result: z.object({
    userid: z.string().min(1),
    name: z.string().default(''),
    unionid: z.string().nullish(),
  }),
});

/** @param spelling  what the directory kept of an account; null: nothing */
export function makePeople(api: Api, spelling: (account: string) => Promise<string | null>): People {
  const known = new Map<string, Known>();
  const spelled = new Map<string, string>();
  const heard = (one: Known): void => void known.set(one.userid.toLowerCase(), one);
  const useridOf = (account: string): string => {
    const key = account.toLowerCase();
    return known.get(key)?.userid ?? spelled.get(key) ?? account;
  };
  const meet: People['meet'] = async (account) => {
    const key = account?.toLowerCase() ?? '';
    if (key === '' || groupOf(key) !== null || known.has(key) || spelled.has(key)) return;
    const kept = await spelling(key);
    if (kept !== null) spelled.set(key, kept);
  };
  return {
    heard,
    userid: useridOf,
    meet,
    async of(account) {
      const found = known.get(account.toLowerCase());
      if (found) return found;
      await meet(account);
      const body = { userid: useridOf(account) };
      const call = { host: 'oapi', path: 'topapi/v2/user/get', body, free: true } as const;
      const { result } = await api.ask(call, User);
      const one = { userid: result.userid, name: result.name, unionId: result.unionid || null };
      heard(one);
      return one;
    },
  };
}

/** @throws DingtalkError when the person has none, which no wait changes */
export async function unionIdOf(people: People, account: string): Promise<string> {
  const { unionId } = await people.of(account);
  if (unionId !== null) return unionId;
  const message = 'this person has no unionid, without which there are no to-dos';
  throw new DingtalkError('topapi/v2/user/get', {
    kind: 'refused',
    code: 'no unionid',
    message,
    status: 200,
    scopes: [],
  });
}
