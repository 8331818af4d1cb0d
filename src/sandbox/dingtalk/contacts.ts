/** The contacts: people and departments by the old API. Source: reference/dingtalk.md, 9. */
import type { Department, Directory, Employee } from '../organisation.ts';
import type { DingtalkCorp } from './corp.ts';
import { OapiError } from './errors.ts';

type Body = Record<string, unknown>;
type Answer = Record<string, unknown>;

const MAX_SIZE = 100;

export function makeContacts(corp: DingtalkCorp) {
  const { directory } = corp;
  const departmentOf = (body: Body) => findDepartment(directory, body);
  const page = (body: Body) => {
    const { cursor, size } = body;
    if (typeof cursor !== 'number' || typeof size !== 'number' || cursor < 0 || size < 1 || size > MAX_SIZE)
      throw new OapiError(400002);
    const all = directory.members(departmentOf(body).id);
    const more = cursor + size < all.length;
    const next = more ? { next_cursor: cursor + size } : {};
    return { people: all.slice(cursor, cursor + size), rest: { has_more: more, ...next } };
  };

  return {
    user: (body: Body): Answer => {
      const userid = body['userid'];
      if (typeof userid !== 'string' || userid === '') throw new OapiError(33012);
      const person = directory.find(userid);
      if (!person) throw new OapiError(60121);
      const leads = person.departments.map((id) => ({ dept_id: id, leader: directory.leads(person, id) }));
      return {
        ...shown(corp, person),
        dept_order_list: person.departments.map((id) => ({ dept_id: id, order: 1 })),
        leader_in_dept: leads,
      };
    },
    users: (body: Body): Answer => {
      const { id } = departmentOf(body);
      const { people, rest } = page(body);
      const list = people.map((one) => ({ ...shown(corp, one), leader: directory.leads(one, id), dept_order: 1 }));
      return { ...rest, list };
    },
    simpleUsers: (body: Body): Answer => {
      const { people, rest } = page(body);
      return { ...rest, list: people.map(({ userid, name }) => ({ userid, name })) };
    },
    userIds: (body: Body): Answer => ({
      userid_list: directory.members(departmentOf(body).id).map((one) => one.userid),
    }),
    byMobile: ({ mobile }: Body): Answer => {
      if (typeof mobile !== 'string' || !/^\+?[\d-]{5,20}$/.test(mobile)) throw new OapiError(40104);
      const person = directory.employees.find((one) => one.mobile === mobile);
      if (!person) throw new OapiError(60121);
      return { userid: person.userid };
    },
    byUnionId: ({ unionid }: Body): Answer => {
      const userid = typeof unionid === 'string' ? corp.personOf(unionid) : undefined;
      if (userid === undefined) throw new OapiError(60121);
      return { contact_type: 0, userid };
    },
    ...makeDepartments(directory),
    scopes: (): Answer => ({ auth_org_scopes: { authed_user: [], authed_dept: [1] }, auth_user_field: [] }),
  };
}

function makeDepartments(directory: Directory) {
  const below = (body: Body) => {
    const { id } = body['dept_id'] === undefined ? { id: 1 } : findDepartment(directory, body);
    return directory.departments.filter((one) => one.parentId === id);
  };
  return {
    department: (body: Body): Answer => {
      const found = findDepartment(directory, body);
      return {
        ...brief(found),
        order: found.id,
        dept_manager_userid_list: found.leaders,
        hide_dept: false,
        dept_permits: [],
        user_permits: [],
        outer_dept: false,
        outer_permit_depts: [],
        outer_permit_users: [],
        member_count: directory.members(found.id).length,
      };
    },
    below: (body: Body): Answer[] => below(body).map(brief),
    idsBelow: (body: Body): Answer => ({ dept_id_list: below(body).map((one) => one.id) }),
  };
}

/** @throws OapiError 60003 */
function findDepartment(directory: Directory, body: Body): Department {
  // Both number and digits are taken.
  const found = directory.department(Number(body['dept_id']));
  if (!found) throw new OapiError(60003);
  return found;
}

/** `mobile` and `org_email` only where they are given: the scopes for personal data were granted, and two people have some. */
function shown(corp: DingtalkCorp, person: Employee): Answer {
  return {
    userid: person.userid,
    unionid: corp.unionIdOf(person.userid),
    name: person.name,
    title: person.position,
    dept_id_list: person.departments,
    ...(person.manager === null ? {} : { manager_userid: person.manager }),
    ...(person.mobile === undefined ? {} : { mobile: person.mobile, state_code: '86' }),
    ...(person.mail === undefined ? {} : { org_email: person.mail }),
    hide_mobile: false,
    active: true,
    real_authed: true,
    senior: false,
    admin: false,
    boss: false,
    exclusive_account: false,
  };
}

const brief = ({ id, name, parentId }: Department): Answer => ({
  dept_id: id,
  name,
  ...(parentId === 0 ? {} : { parent_id: parentId }),
  create_dept_group: false,
  auto_add_user: false,
});
