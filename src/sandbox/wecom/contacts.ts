/** The contacts as a "new app" sees them: no mobile, mail, gender or avatar. Source: reference/wecom.md, 9. */
import type { Department, Directory, Employee } from '../organisation.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import { checkAgent } from './send.ts';

type Query = URLSearchParams;
type Answer = Record<string, unknown>;

export function makeContacts(corp: Corp) {
  const { directory } = corp;
  const people = (query: Query) => directory.members(departmentOf(query).id);
  const departmentOf = (query: Query, name = 'department_id'): Department => {
    const text = query.get(name);
    const found = text !== null && /^\d+$/.test(text) ? directory.department(Number(text)) : undefined;
    if (!found) throw new WecomError(60003);
    return found;
  };
  const below = (query: Query) =>
    query.get('id') === null || query.get('id') === ''
      ? directory.departments
      : directory.below(departmentOf(query, 'id').id);

  return {
    user: (query: Query): Answer => {
      const userid = query.get('userid');
      if (!userid) throw new WecomError(41009);
      if (!/^[0-9A-Za-z_.@-]{1,64}$/.test(userid)) throw new WecomError(40003);
      const found = directory.find(userid);
      if (!found) throw new WecomError(60111);
      return full(directory, found);
    },
    users: (query: Query): Answer => ({ userlist: people(query).map((one) => full(directory, one)) }),
    simpleUsers: (query: Query): Answer => ({
      userlist: people(query).map(({ userid, name, departments }) => ({ userid, name, department: departments })),
    }),
    departments: (query: Query): Answer => ({ department: below(query).map(shown) }),
    simpleDepartments: (query: Query): Answer => ({
      department_id: below(query).map(({ id, parentId }) => ({ id, parentid: parentId, order: orderOf(id) })),
    }),
    department: (query: Query): Answer => ({ department: shown(departmentOf(query, 'id')) }),
    agent: (query: Query): Answer => {
      checkAgent(corp, query.get('agentid') === null ? undefined : Number(query.get('agentid')));
      return {
        agentid: corp.account.agentId,
        name: '派单',
        description: '',
        allow_userinfos: { user: [] },
        allow_partys: { partyid: [1] },
        allow_tags: { tagid: [] },
        close: 0,
        isreportenter: 1,
      };
    },
    listIds: ({ cursor, limit }: Answer): Answer => {
      const rows = directory.employees.flatMap(({ userid, departments }) =>
        departments.map((department) => ({ userid, department })),
      );
      const from = typeof cursor === 'string' && cursor !== '' ? Number(cursor) : 0;
      const size = typeof limit === 'number' && limit >= 1 && limit <= 10_000 ? limit : 10_000;
      if (!Number.isInteger(from)) throw new WecomError(40058);
      const to = from + size;
      return { next_cursor: to < rows.length ? String(to) : '', dept_user: rows.slice(from, to) };
    },
  };
}

function full(directory: Directory, person: Employee): Answer {
  return {
    userid: person.userid,
    name: person.name,
    department: person.departments,
    order: person.departments.map(() => 0),
    position: person.position,
    is_leader_in_dept: person.departments.map((id) => (directory.leads(person, id) ? 1 : 0)),
    direct_leader: person.manager === null ? [] : [person.manager],
    main_department: person.departments[0],
    status: 1,
    alias: '',
    extattr: { attrs: [] },
    external_position: '',
    // As an app created before 2022 still gets them, and for two people only: those who have an account at DingTalk, too.
    ...(person.mobile === undefined ? {} : { mobile: person.mobile }),
    ...(person.mail === undefined ? {} : { biz_mail: person.mail }),
  };
}

/** Larger is shown first, as the platform orders. */
const orderOf = (id: number) => 100_000_000 - id;

const shown = ({ id, name, parentId, leaders }: Department): Answer => ({
  id,
  name,
  name_en: '',
  department_leader: leaders,
  parentid: parentId,
  order: orderOf(id),
});
