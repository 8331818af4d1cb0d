/** Roles, departments and accounts that a template names, against the live directory. */
import { departmentHeads, peopleBelow } from '../department.ts';
import type { Directory, DirectoryDepartment } from '../directory.ts';
import { nearly } from '../findingTable.ts';
import { nearest } from '../nearest.ts';
import type { Path, PlacedNode } from '../order.ts';
import type { SelectorMap } from '../spec/people.ts';
import { type Check, type CheckContext, mapsIn, selectorsIn } from './context.ts';
import { gapOf } from './rotaGap.ts';

export const checkPeople: Check = (context) => {
  const { directory } = context;
  if (!directory) return;
  for (const { selector, path, node } of selectorsIn(context)) {
    for (const { map, path: at } of mapsIn(selector, path)) {
      checkMap(context, directory, map, at);
      if ('duty' in map) checkRota(context, directory, map.duty, [...at, 'duty'], hasStandIn(node));
    }
  }
  for (const { expression, path, offset } of context.build.compiled) {
    for (const { name, texts, textOffsets } of expression.calls) {
      const text = texts[1];
      if (typeof text !== 'string') continue;
      const more = { offset: offset + (textOffsets[1] ?? 0) };
      if (name === 'has_role') checkRole(context, directory, text, path, more);
      if (name === 'in_department') checkDepartment(context, directory, text, path, more);
    }
  }
};

function checkMap(context: CheckContext, directory: Directory, map: SelectorMap, at: Path): void {
  if ('role' in map) checkRole(context, directory, map.role, [...at, 'role']);
  if ('manager_chain' in map && typeof map.up_to === 'object')
    checkRole(context, directory, map.up_to.role, [...at, 'up_to', 'role']);
  if ('department' in map) checkDepartment(context, directory, map.department, [...at, 'department'], {}, 'members');
  if ('department_head' in map && !['requester', 'assignee'].includes(map.department_head)) {
    checkDepartment(context, directory, map.department_head, [...at, 'department_head'], {}, 'heads');
  }
  if ('user' in map) checkAccount(context, directory, map.user, [...at, 'user']);
  if ('users' in map) map.users.forEach((account, i) => checkAccount(context, directory, account, [...at, 'users', i]));
}

/** Somebody is named for when nobody is found. */
const hasStandIn = (node: PlacedNode | null): boolean =>
  node !== null && 'if_empty' in node.spec && node.spec.if_empty !== undefined && node.spec.if_empty !== 'admin';

function checkRota(
  { report }: CheckContext,
  { rotas, people }: Directory,
  name: string,
  path: Path,
  standIn: boolean,
): void {
  const rota = rotas.get(name);
  if (!rota) {
    const near = nearest(name, rotas.keys());
    report(nearly('unknown_rota', near), path, { name, near: near ?? '' }, near ? { fix: near } : {});
    return;
  }
  const gap = gapOf(rota, (id) => people.get(id)?.active === true);
  if (gap === 'always') report('empty_rota', path, { name });
  else if (gap && !standIn) report('rota_gap', path, { name, when: gap.zh, when_en: gap.en });
}

type More = { offset?: number };

function checkRole(
  { report }: CheckContext,
  { roles, people }: Directory,
  name: string,
  path: Path,
  more: More = {},
): void {
  const role = roles.get(name);
  if (!role) {
    const near = nearest(name, roles.keys());
    report(nearly('unknown_role', near), path, { name, near: near ?? '' }, near ? { ...more, fix: near } : more);
  } else if (!role.members.some((id) => people.get(id)?.active)) report('empty_role', path, { name }, more);
}

/** A name must mean one department in each workspace that has it. @param needs who is asked there; null: nobody */
function checkDepartment(
  { report }: CheckContext,
  directory: Directory,
  name: string,
  path: Path,
  more: More = {},
  needs: 'members' | 'heads' | null = null,
): void {
  const all = [...directory.departments.values()];
  const fitting = all.filter((one) => one.path === name || one.name === name || one.path.endsWith(`/${name}`));
  if (fitting.length === 0) {
    const names = all.flatMap((one) => [one.name, one.path]);
    const near = nearest(name, names);
    report(nearly('unknown_department', near), path, { name, near: near ?? '' }, near ? { ...more, fix: near } : more);
    return;
  }
  for (const workspace of new Set(fitting.map((one) => one.workspace))) {
    const here = fitting.filter((one) => one.workspace === workspace);
    const meant = here.find((one) => one.path === name) ?? here[0];
    if (meant && here.length > 1 && meant.path !== name) {
      report('ambiguous_department', path, { name, count: here.length, example: meant.path }, more);
      return;
    }
    const found = meant && needs === 'heads' ? departmentHeads(directory, meant, 1) : peopleIn(directory, meant);
    if (needs && found.length === 0) report('empty_department', path, { name }, more);
  }
}

const peopleIn = (directory: Directory, department: DirectoryDepartment | undefined) =>
  department ? peopleBelow(directory, department).filter((id) => directory.people.get(id)?.active) : [];

function checkAccount({ report }: CheckContext, { accounts, people }: Directory, name: string, path: Path): void {
  const wanted = name.toLowerCase();
  const part = (key: string) => (wanted.includes('/') ? key : key.slice(key.indexOf('/') + 1));
  const found = [...accounts].filter(([key]) => part(key) === wanted);
  const ids = new Set(found.map(([, id]) => id));
  if (ids.size === 0) report(isLeaver(people, wanted) ? 'person_left' : 'unknown_account', path, { name });
  else if (![...ids].some((id) => people.get(id)?.active)) report('person_left', path, { name });
  else if (ids.size > 1) {
    const [fix = ''] = found.map(([key]) => key);
    const example = found.map(([key, id]) => `${people.get(id)?.name ?? ''} ${key}`).join('、');
    report('ambiguous_account', path, { name, count: ids.size, example, fix });
  }
}

/** Whoever left has no account any more; their record still knows which one it was. */
function isLeaver(people: Directory['people'], wanted: string): boolean {
  for (const { active, workspace, account } of people.values())
    if (!active && (account === wanted || `${workspace}/${account}` === wanted)) return true;
  return false;
}
