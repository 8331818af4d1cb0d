import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { loadRoles } from '../../src/config/roles.ts';
import { DINGTALK_ORGANISATION, SANDBOX_ORGANISATION } from '../../src/sandbox/organisation.ts';

const folder = mkdtempSync(join(tmpdir(), 'paidan-roles-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the roles to start with', () => {
  it('name people and departments of the sandbox, and nobody of a real company', () => {
    const accounts = [
      ...SANDBOX_ORGANISATION.employees.map(({ userid }) => `sandbox/${userid.toLowerCase()}`),
      ...DINGTALK_ORGANISATION.employees.map(({ userid }) => `sandbox-dingtalk/${userid}`),
    ];
    const departments = SANDBOX_ORGANISATION.departments.map(({ name }) => `sandbox/${name}`);
    const roles = loadRoles();
    expect(roles.map(({ name }) => name)).toEqual([
      '硬件工程师',
      '软件工程师',
      '网络工程师',
      'IT服务台',
      'IT主管',
      '法务',
      '印章管理员',
    ]);
    for (const role of roles) {
      expect(accounts).toEqual(expect.arrayContaining([...role.members]));
      expect(departments).toEqual(expect.arrayContaining([...role.departments]));
      expect(role.members.length + role.departments.length).toBeGreaterThan(0);
    }
  });

  it('a mistake is located', () => {
    const file = join(folder, 'roles.yaml');
    writeFileSync(file, 'roles:\n  - name: 法务\n    member: [a]\n');
    expect(() => loadRoles(file)).toThrow(
      /config\/roles\.yaml:3: roles\[0\]\.member .*\n.*is not a known key; did you mean members\?/,
    );
  });
});
