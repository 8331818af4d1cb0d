/**
 * The directory as far as the app may see it. There is no call for everybody: departments are walked level by level, from
 * the root or from those that the app was let see. Any field may be missing, by scope. A department that can't be read fails the whole: half a directory would
 * look like people leaving. Source: reference/dingtalk.md, 9.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DirectoryDump } from '../port.ts';
import type { Api } from './api.ts';
import { classOf, waitOf } from './codes.ts';
import { DingtalkError } from './failure.ts';
import type { People } from './people.ts';

type Department = DirectoryDump['departments'][number];
type Person = DirectoryDump['people'][number];

const ROOT = 1;
const PAGE = 100;
const EVERYTHING: Range = { departments: [ROOT], people: [] };
/** Departments asked at the same time: the app has 20 calls a second. */
const AT_ONCE = 3;
const TRIES = 6;
/** More would be no organisation but a loop. */
const MOST_DEPARTMENTS = 20_000;

const maybeText = z.string().nullish();
const Sub = z.object({ result: z.array(z.object({ dept_id: z.coerce.number() })).nullish() });
const WireDepartment = z.object({
  dept_id: z.coerce.number(),
  name: maybeText,
  parent_id: z.coerce.number().nullish(),
  dept_manager_userid_list: z.array(z.string()).nullish(),
});
const WirePerson = z.object({
  userid: z.string().min(1),
  unionid: maybeText,
  name: maybeText,
  mobile: maybeText,
  org_email: maybeText,
  manager_userid: maybeText,
  dept_id_list: z.array(z.coerce.number()).nullish(),
  leader: z.boolean().nullish(),
  active: z.boolean().nullish(),
});
type WireDepartment = z.infer<typeof WireDepartment>;
type WirePerson = z.infer<typeof WirePerson>;
const Scopes = z.object({
  auth_org_scopes: z.object({
    authed_dept: z.array(z.coerce.number()).nullish(),
    authed_user: z.array(z.string().min(1)).nullish(),
  }),
});
const OnePerson = z.object({ result: WirePerson });
const OneDepartment = z.object({ result: WireDepartment });
const PersonPage = z.object({
  result: z.object({
    list: z.array(WirePerson).nullish(),
    has_more: z.boolean().nullish(),
    next_cursor: z.coerce.number().nullish(),
  }),
});

interface Walked {
  readonly department: WireDepartment;
  readonly people: readonly WirePerson[];
  readonly below: readonly number[];
}

/** What the app was let see: whole branches of departments, and some people beside them. */
interface Range {
  readonly departments: readonly number[];
  readonly people: readonly string[];
}

/** @throws DingtalkError */
export async function fetchDirectory(api: Api, people: People): Promise<DirectoryDump> {
  const walked = new Map<number, Walked>();
  const range = await rangeOf(api);
  for (let level = range.departments; level.length > 0;) {
    if (walked.size + level.length > MOST_DEPARTMENTS) throw new Error('DingTalk: more departments than can be');
    for (let i = 0; i < level.length; i += AT_ONCE) {
      const some = level.slice(i, i + AT_ONCE);
      const read = await Promise.all(some.map((id) => walk(api, id)));
      some.forEach((id, at) => void walked.set(id, read[at] as Walked));
    }
    level = [...new Set([...walked.values()].flatMap(({ below }) => below))].filter((id) => !walked.has(id));
  }
  const listed = new Set([...walked.values()].flatMap((one) => one.people.map(({ userid }) => userid)));
  const beside = range.people.filter((userid) => !listed.has(userid));
  return dumpOf([...walked.values()], await eachOf(api, beside), people);
}

/** Whoever is asked for a department outside it refuses, the root too. Not told at all: everything. */
async function rangeOf(api: Api): Promise<Range> {
  const outcome = await api.attempt({ host: 'oapi', method: 'GET', path: 'auth/scopes', free: true }, Scopes);
  if ('failure' in outcome) {
    if (outcome.failure.kind === 'refused' && classOf(outcome.failure.code) === 'never') return EVERYTHING;
    throw new DingtalkError('auth/scopes', outcome.failure);
  }
  const { authed_dept: departments, authed_user: people } = outcome.answer.auth_org_scopes;
  const range = { departments: [...new Set(departments ?? [])], people: [...new Set(people ?? [])] };
  return range.departments.length + range.people.length === 0 ? EVERYTHING : range;
}

async function eachOf(api: Api, userids: readonly string[]): Promise<WirePerson[]> {
  const read: WirePerson[] = [];
  for (let i = 0; i < userids.length; i += AT_ONCE) {
    const some = userids.slice(i, i + AT_ONCE);
    const answers = await Promise.all(some.map((userid) => ask(api, 'v2/user/get', { userid }, OnePerson)));
    read.push(...answers.map(({ result }) => result));
  }
  return read;
}

async function walk(api: Api, id: number): Promise<Walked> {
  const { result: department } = await ask(api, 'v2/department/get', { dept_id: id }, OneDepartment);
  const { result: below } = await ask(api, 'v2/department/listsub', { dept_id: id }, Sub);
  const people = await membersOf(api, id);
  return { department, people, below: (below ?? []).map(({ dept_id }) => dept_id) };
}

async function membersOf(api: Api, id: number): Promise<WirePerson[]> {
  const people: WirePerson[] = [];
  let cursor = 0;
  for (;;) {
    const { result } = await ask(api, 'v2/user/list', { dept_id: id, cursor, size: PAGE }, PersonPage);
    people.push(...(result.list ?? []));
    const next = result.next_cursor ?? 0;
    // A page that leads nowhere new would be read for ever.
    if (!result.has_more || next <= cursor) return people;
    cursor = next;
  }
}

/** Waits where it asked too fast. @throws DingtalkError */
async function ask<T>(api: Api, path: string, body: object, shape: z.ZodType<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await api.ask({ host: 'oapi', path: `topapi/${path}`, body, free: true }, shape);
    } catch (error) {
      const failure = error instanceof DingtalkError ? error.failure : null;
      const isFast = failure?.kind === 'refused' && classOf(failure.code) === 'throttle';
      if (!isFast || attempt === TRIES) throw error;
      await sleep(waitOf(failure.code) * attempt, undefined, { ref: false });
    }
  }
}

function dumpOf(walked: readonly Walked[], beside: readonly WirePerson[], known: People): DirectoryDump {
  const told = [...walked.flatMap((one) => one.people), ...beside];
  const all = new Map(told.map((person) => [person.userid.toLowerCase(), person] as const));
  const visible = new Set(walked.map(({ department }) => department.dept_id));
  for (const one of all.values())
    known.heard({ userid: one.userid, name: one.name ?? '', unionId: one.unionid || null });
  const member = (userid: string): string[] => (all.has(userid.toLowerCase()) ? [userid.toLowerCase()] : []);
  return {
    departments: walked.map((one) => departmentFrom(one, visible, member)),
    people: [...all.values()].map((one) => personFrom(one, visible, member)),
  };
}

type Member = (userid: string) => string[];

function departmentFrom({ department, people }: Walked, visible: ReadonlySet<number>, member: Member): Department {
  const { dept_id, name, parent_id, dept_manager_userid_list } = department;
  // In a department's own list the mark is for that department.
  const marked = people.filter(({ leader }) => leader === true).map(({ userid }) => userid);
  return {
    key: String(dept_id),
    name: name || String(dept_id),
    parent: parent_id != null && visible.has(parent_id) ? String(parent_id) : null,
    heads: [...new Set([...(dept_manager_userid_list ?? []), ...marked].flatMap(member))],
  };
}

function personFrom(wire: WirePerson, visible: ReadonlySet<number>, member: Member): Person {
  return {
    account: wire.userid.toLowerCase(),
    accountVerbatim: wire.userid,
    name: wire.name || wire.userid,
    // "Not active" means: has never signed in to DingTalk. Still one of the organisation; messages wait there.
    active: true,
    departments: [...new Set((wire.dept_id_list ?? []).filter((id) => visible.has(id)))].map(String),
    managers: wire.manager_userid ? member(wire.manager_userid) : [],
    mail: wire.org_email || null,
    mobile: wire.mobile || null,
    unionId: wire.unionid || null,
  };
}
