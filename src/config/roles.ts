/**
 * The roles that an empty database starts with: `config/roles.yaml`.
 * Members and departments are written `workspace/name`; without a workspace, in any.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { group, listOf, matching, text } from './field.ts';
import { inWords } from './judge.ts';
import { placeOf, readYaml } from './layer.ts';
import { packageRoot } from './packageRoot.ts';
import { ConfigError } from './problem.ts';
import { z } from 'zod';

export interface RoleSeed {
  readonly name: string;
  /** `workspace/account` or `account`. */
  readonly members: readonly string[];
  /** `workspace/name`, `workspace/path/of/names` or `name`. All people below belong to the role. */
  readonly departments: readonly string[];
}

const ROLES = group({
  roles: z.array(
    group({
      name: matching(/^.{1,128}$/, '角色名', 'the name of the role'),
      members: listOf(matching(/^[^\s]{1,256}$/, '账号，如 hq/zhangsan', 'an account such as hq/zhangsan')),
      departments: listOf(text('部门，如 hq/法务部', 'a department such as hq/法务部')),
    }),
  ),
});

/** @throws ConfigError */
export function loadRoles(file = join(packageRoot(), 'config/roles.yaml')): RoleSeed[] {
  const name = 'config/roles.yaml';
  const { layer, problems } = readYaml(readFileSync(file, 'utf8'), name);
  if (problems.length > 0) throw new ConfigError(problems);
  const result = ROLES.safeParse(layer.value);
  if (result.success) return result.data.roles;
  const found = result.error.issues.flatMap((issue) => inWords(issue, layer.value));
  throw new ConfigError(found.map((problem) => ({ ...problem, where: placeOf([layer], problem.path) })));
}
