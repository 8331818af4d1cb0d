/**
 * The people of the sandbox's corp, as the platform keeps them. About twenty, enough for every step of the shipped templates.
 *
 * Roles are not the platform's but ours (`config/roles.yaml` seeds them). Who is meant for which:
 *   硬件工程师 chenwei liuyang · 软件工程师 zhaolei sunli · 网络工程师 huangtao · IT服务台 zhengjie · IT主管 WuGang (heads IT部)
 *   法务 hejing gaofeng · 印章管理员 linxia
 * For the edges: `zhouming` is the general manager, nobody is above him; `hanmei` has no manager; `xiebin` is in two departments;
 * `WuGang`, `MaHong`, `LiQiang` have capitals in their userids (the platform compares without case).
 */
export interface Department {
  readonly id: number;
  readonly name: string;
  /** 0 for the root. */
  readonly parentId: number;
  /** userids of its heads. */
  readonly leaders: readonly string[];
}

export interface Employee {
  readonly userid: string;
  readonly name: string;
  /** Department ids, the main one first. */
  readonly departments: readonly number[];
  readonly position: string;
  /** userid of the manager (直属上级); null when none is set. */
  readonly manager: string | null;
}

export interface Organisation {
  readonly name: string;
  readonly departments: readonly Department[];
  readonly employees: readonly Employee[];
}

const department = (id: number, name: string, parentId: number, ...leaders: string[]): Department => ({
  id,
  name,
  parentId,
  leaders,
});
const person = (
  userid: string,
  name: string,
  departments: number | number[],
  position: string,
  manager: string | null,
): Employee => ({ userid, name, departments: [departments].flat(), position, manager });

export const SANDBOX_ORGANISATION: Organisation = {
  name: '启明科技（沙盒）',
  departments: [
    department(1, '总公司', 0, 'zhouming'),
    department(2, 'IT部', 1, 'WuGang'),
    department(3, '行政部', 1, 'MaHong'),
    department(4, '法务部', 1, 'hejing'),
    department(5, '财务部', 1, 'tangmin'),
    department(6, '市场部', 1, 'zhangwei'),
    department(7, '研发部', 1, 'LiQiang'),
    department(8, '前端组', 7, 'zhuting'),
    department(9, '后端组', 7, 'xiebin'),
    department(10, '人力资源部', 1, 'dengli'),
  ],
  employees: [
    person('wangxiao', '王晓', 6, '市场专员', 'zhangwei'),
    person('zhangwei', '张伟', 6, '市场部经理', 'zhouming'),
    person('WuGang', '吴刚', 2, 'IT主管', 'zhouming'),
    person('chenwei', '陈伟', 2, '硬件工程师', 'WuGang'),
    person('liuyang', '刘洋', 2, '硬件工程师', 'WuGang'),
    person('zhaolei', '赵磊', 2, '软件工程师', 'WuGang'),
    person('sunli', '孙丽', 2, '软件工程师', 'WuGang'),
    person('huangtao', '黄涛', 2, '网络工程师', 'WuGang'),
    person('zhengjie', '郑洁', 2, 'IT服务台', 'WuGang'),
    person('MaHong', '马红', 3, '行政部经理', 'zhouming'),
    person('linxia', '林霞', 3, '印章管理员', 'MaHong'),
    person('hejing', '何静', 4, '法务经理', 'zhouming'),
    person('gaofeng', '高峰', 4, '法务专员', 'hejing'),
    person('tangmin', '唐敏', 5, '财务经理', 'zhouming'),
    person('xiaofang', '肖芳', 5, '会计', 'tangmin'),
    person('LiQiang', '李强', 7, '研发总监', 'zhouming'),
    person('zhuting', '朱婷', 8, '前端组长', 'LiQiang'),
    person('luoyi', '罗毅', 8, '前端工程师', 'zhuting'),
    person('xiebin', '谢斌', [9, 7], '后端组长', 'LiQiang'),
    person('fengxue', '冯雪', 9, '后端工程师', 'xiebin'),
    person('dengli', '邓丽', 10, '人力资源经理', 'zhouming'),
    person('hanmei', '韩梅', 1, '外聘顾问', null),
    person('zhouming', '周明', 1, '总经理', null),
  ],
};

/** Look-ups that the platform makes all the time. userids are compared without case. */
export interface Directory extends Organisation {
  find(userid: string): Employee | undefined;
  department(id: number): Department | undefined;
  /** This department and all below it, itself first. */
  below(id: number): Department[];
  /** Direct members only. */
  members(departmentId: number): Employee[];
  leads(employee: Employee, departmentId: number): boolean;
}

export function makeDirectory(organisation: Organisation): Directory {
  const people = new Map(organisation.employees.map((one) => [one.userid.toLowerCase(), one]));
  const departments = new Map(organisation.departments.map((one) => [one.id, one]));
  const below = (id: number): Department[] => {
    const self = departments.get(id);
    if (!self) return [];
    return [self, ...organisation.departments.filter((one) => one.parentId === id).flatMap((one) => below(one.id))];
  };
  return {
    ...organisation,
    find: (userid) => people.get(userid.toLowerCase()),
    department: (id) => departments.get(id),
    below,
    members: (id) => organisation.employees.filter((one) => one.departments.includes(id)),
    leads: (employee, id) => departments.get(id)?.leaders.includes(employee.userid) ?? false,
  };
}
