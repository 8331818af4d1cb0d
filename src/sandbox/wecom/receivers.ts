/** Who a message is for: people, departments and tags of a request, sorted into valid and not. Source: reference/wecom.md, 4.1, 4.2, 5.8. */
import type { Employee } from '../organisation.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';

export interface Receivers {
  readonly people: readonly Employee[];
  /** Lower-cased, as the platform answers. */
  readonly invalidUsers: readonly string[];
  readonly invalidParties: readonly string[];
  readonly invalidTags: readonly string[];
}

interface Asked {
  readonly all: boolean;
  readonly users: readonly string[];
  readonly parties: readonly string[];
  readonly tags: readonly string[];
}

/** Of message/send: lists joined by `|`. @throws WecomError */
export function receiversOfSend(corp: Corp, body: Record<string, unknown>): Receivers {
  const all = body['touser'] === '@all';
  return resolve(corp, {
    all,
    users: all ? [] : joined(body['touser'], 40003),
    parties: all ? [] : joined(body['toparty'], 60003),
    tags: all ? [] : joined(body['totag'], 40035),
  });
}

/** Of update_template_card: arrays. @throws WecomError */
export function receiversOfUpdate(corp: Corp, body: Record<string, unknown>): Receivers {
  const all = body['atall'] === 1;
  return resolve(corp, {
    all,
    users: listed(body['userids'], 'string'),
    parties: listed(body['partyids'], 'number'),
    tags: listed(body['tagids'], 'number'),
  });
}

function resolve(corp: Corp, asked: Asked): Receivers {
  const { directory } = corp;
  if (!asked.all && asked.users.length + asked.parties.length + asked.tags.length === 0) throw new WecomError(82001);
  if (asked.users.length > 1000) throw new WecomError(40032);
  if (asked.parties.length > 100) throw new WecomError(82002);
  if (asked.tags.length > 100) throw new WecomError(82003);
  const people = new Map<string, Employee>();
  const add = (one: Employee) => people.set(one.userid, one);
  if (asked.all) directory.employees.forEach(add);
  const invalidUsers: string[] = [];
  for (const userid of asked.users) {
    const found = directory.find(userid);
    if (found) add(found);
    else invalidUsers.push(userid.toLowerCase());
  }
  const invalidParties: string[] = [];
  for (const party of asked.parties) {
    const below = directory.below(Number(party));
    if (below.length === 0) invalidParties.push(party);
    for (const one of below) directory.members(one.id).forEach(add);
  }
  // The corp has no tags, so none is valid.
  return { people: [...people.values()], invalidUsers, invalidParties, invalidTags: [...asked.tags] };
}

function joined(value: unknown, code: number): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'string') throw new WecomError(code);
  return value.split('|').filter((part) => part !== '');
}

function listed(value: unknown, type: 'string' | 'number'): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new WecomError(40058);
  return value.map((part: unknown) => {
    if (typeof part !== type) throw new WecomError(40058);
    return String(part);
  });
}
