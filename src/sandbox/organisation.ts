/**
 * The people of the sandbox's two corps, as the platforms keep them. At WeCom about twenty, enough for every step of the
 * shipped templates; at DingTalk a plant of the same firm. userids never clash, so that one says which corp is meant.
 *
 * Roles are not the platform's but ours (`config/roles.yaml` seeds them). Who is meant for which:
 *   硬件工程师 chenwei liuyang · 软件工程师 zhaolei sunli · 网络工程师 ding-songjie (DingTalk) · IT服务台 zhengjie · IT主管 WuGang (heads IT部)
 *   法务 hejing gaofeng · 印章管理员 linxia
 * For the edges: `zhouming` is the general manager, nobody is above him; `hanmei` has no manager; `xiebin` is in two departments;
 * `WuGang`, `MaHong`, `LiQiang` have capitals in their userids (the platform compares without case).
 *   At DingTalk: 网络工程师 ding-songjie · 硬件工程师 ding-caimei · `ding-guoqiang` has no manager.
 * Two people have an account in both: `zhouming`/`ding-zhouming` with the same mobile, `xiaofang`/`ding-xiaofang` with the
 * same e-mail address. Nobody else's contacts say either.
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
  readonly mobile?: string;
  readonly mail?: string;
}

/** A group chat in which the app's robot is. */
export interface GroupChat {
  readonly id: string;
  readonly title: string;
  /** userids */
  readonly members: readonly string[];
}

export interface Organisation {
  readonly name: string;
  readonly departments: readonly Department[];
  readonly employees: readonly Employee[];
  /** DingTalk only. */
  readonly groups?: readonly GroupChat[];
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
  reached: Pick<Employee, 'mobile' | 'mail'> = {},
): Employee => ({ userid, name, departments: [departments].flat(), position, manager, ...reached });

const ZHOUMING = { mobile: '13800138001' };
const XIAOFANG = { mail: 'xiaofang@qiming.example.com' };

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
    person('xiaofang', '肖芳', 5, '会计', 'tangmin', XIAOFANG),
    person('LiQiang', '李强', 7, '研发总监', 'zhouming'),
    person('zhuting', '朱婷', 8, '前端组长', 'LiQiang'),
    person('luoyi', '罗毅', 8, '前端工程师', 'zhuting'),
    person('xiebin', '谢斌', [9, 7], '后端组长', 'LiQiang'),
    person('fengxue', '冯雪', 9, '后端工程师', 'xiebin'),
    person('dengli', '邓丽', 10, '人力资源经理', 'zhouming'),
    person('hanmei', '韩梅', 1, '外聘顾问', null),
    person('zhouming', '周明', 1, '总经理', null, ZHOUMING),
  ],
};

const PLANT = [
  person('ding-fangmin', '方敏', 2, '班组长', 'ding-guoqiang'),
  person('ding-guoqiang', '郭强', 1, '厂长', null),
  person('ding-songjie', '宋杰', 4, '网络工程师', 'ding-luhao'),
  person('ding-caimei', '蔡梅', 4, '硬件工程师', 'ding-luhao'),
  person('ding-luhao', '陆浩', 4, '信息组长', 'ding-guoqiang'),
  person('ding-yuanli', '袁丽', 5, '行政专员', 'ding-guoqiang'),
  person('ding-dongfei', '董飞', 3, '设备维修工', 'ding-guoqiang'),
  person('ding-zhouming', '周明', 1, '总经理', null, ZHOUMING),
  person('ding-xiaofang', '肖芳', 5, '会计', 'ding-guoqiang', XIAOFANG),
];

export const DINGTALK_ORGANISATION: Organisation = {
  name: '启明制造（沙盒·钉钉）',
  departments: [
    department(1, '苏州工厂', 0, 'ding-guoqiang'),
    department(2, '生产部', 1, 'ding-guoqiang'),
    department(3, '设备部', 1, 'ding-guoqiang'),
    department(4, '信息组', 1, 'ding-luhao'),
    department(5, '行政组', 1),
  ],
  employees: PLANT,
  groups: [
    {
      id: 'cidSandboxItHelp0001==',
      title: 'IT 报修群',
      members: ['ding-fangmin', 'ding-songjie', 'ding-caimei', 'ding-luhao', 'ding-dongfei'],
    },
    { id: 'cidSandboxPlant0002==', title: '工厂大群', members: PLANT.map((one) => one.userid) },
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
