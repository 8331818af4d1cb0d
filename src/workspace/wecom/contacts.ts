/**
 * The directory as far as the app may see it. Apps of recent years get neither mobile nor mail, and any other field
 * may be missing too. A department that can't be read fails the whole: half a directory would look like people leaving.
 *
 * @source reference/wecom.md, 9
 */
import { z } from 'zod';
import type { DirectoryDump } from '../port.ts';
import type { Api } from './api.ts';

type Department = DirectoryDump['departments'][number];
type Person = DirectoryDump['people'][number];

const maybeText = z.string().nullish();
const WireDepartment = z.object({
  id: z.number(),
  name: maybeText,
  parentid: z.number().nullish(),
  department_leader: z.array(z.string()).nullish(),
});
const WirePerson = z.object({
  userid: z.string().min(1),
  name: maybeText,
  department: z.array(z.number()).nullish(),
  main_department: z.number().nullish(),
  is_leader_in_dept: z.array(z.number()).nullish(),
  direct_leader: z.array(z.string()).nullish(),
  status: z.number().nullish(),
  mobile: maybeText,
  biz_mail: maybeText,
});
type WireDepartment = z.infer<typeof WireDepartment>;
type WirePerson = z.infer<typeof WirePerson>;
const DepartmentList = z.object({ department: z.array(WireDepartment) });
const PersonList = z.object({ userlist: z.array(WirePerson) });

/** Departments asked at the same time; more would meet 45033. */
const AT_ONCE = 4;
const ACTIVE = 1;

/** @throws WecomError */
export async function fetchDirectory(api: Api): Promise<DirectoryDump> {
  const { department: departments } = await api.ask({ path: 'department/list' }, DepartmentList);
  const people = new Map<string, WirePerson>();
  for (let i = 0; i < departments.length; i += AT_ONCE) {
    const lists = await Promise.all(departments.slice(i, i + AT_ONCE).map(({ id }) => peopleOf(api, id)));
    for (const one of lists.flat()) people.set(one.userid.toLowerCase(), one);
  }
  const visible = new Set(departments.map(({ id }) => id));
  return {
    departments: departments.map((one) => departmentFrom(one, visible, [...people.values()])),
    people: [...people.values()].map((one) => personFrom(one, visible)),
  };
}

async function peopleOf(api: Api, department_id: number): Promise<WirePerson[]> {
  return (await api.ask({ path: 'user/list', query: { department_id } }, PersonList)).userlist;
}

function departmentFrom(wire: WireDepartment, visible: ReadonlySet<number>, people: readonly WirePerson[]): Department {
  const named = (wire.department_leader ?? []).map((userid) => userid.toLowerCase());
  const marked = people.filter((one) => leads(one, wire.id)).map((one) => one.userid.toLowerCase());
  return {
    key: String(wire.id),
    name: wire.name ?? String(wire.id),
    parent: wire.parentid != null && visible.has(wire.parentid) ? String(wire.parentid) : null,
    heads: [...new Set([...named, ...marked])],
  };
}

/** `is_leader_in_dept` runs beside `department`. */
const leads = (person: WirePerson, department: number): boolean =>
  (person.department ?? []).some((id, i) => id === department && person.is_leader_in_dept?.[i] === 1);

function personFrom(wire: WirePerson, visible: ReadonlySet<number>): Person {
  const main = wire.main_department;
  const all = [...(main == null ? [] : [main]), ...(wire.department ?? [])];
  return {
    account: wire.userid.toLowerCase(),
    accountVerbatim: wire.userid,
    name: wire.name ?? wire.userid,
    active: (wire.status ?? ACTIVE) === ACTIVE,
    departments: [...new Set(all.filter((id) => visible.has(id)))].map(String),
    managers: (wire.direct_leader ?? []).map((userid) => userid.toLowerCase()),
    mail: wire.biz_mail || null,
    mobile: wire.mobile || null,
    unionId: null,
  };
}
