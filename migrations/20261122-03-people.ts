/**
 * People, identities, departments, managers; settings and templates; sessions and tokens; the audit trail.
 * Adds tables and one seed row (`directory`), so it is safe while the previous version is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/store/steps.ts';

export class People1795305600003 implements MigrationInterface {
  readonly name = 'People1795305600003';

  async up(runner: QueryRunner): Promise<void> {
    await people(runner);
    await structure(runner);
    await settings(runner);
    await entry(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const entryTables = ['audit', 'login_link', 'api_token', 'session'];
    const settingTables = ['finding', 'template_version', 'template', 'setting'];
    const peopleTables = ['directory', 'manager', 'member', 'department', 'identity', 'person'];
    for (const table of [...entryTables, ...settingTables, ...peopleTables])
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function people(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'person', {
    columns: `
      id autoid,
      name varchar(128) NOT NULL,
      mail varchar(254),
      mobile varchar(512),
      mobile_digest ascii(64),
      home_workspace varchar(64),
      locale varchar(8),
      state varchar(16) NOT NULL,
      merged_into bigint`,
    // The same person in two workspaces is recognised by these.
    index: { ix_person_mobile: 'mobile_digest', ix_person_mail: 'mail' },
  });
  await createTable(runner, 'identity', {
    columns: `
      id autoid,
      workspace_id varchar(64) NOT NULL,
      account varchar(191) NOT NULL,
      account_verbatim varchar(191) NOT NULL,
      union_id varchar(191),
      person_id bigint NOT NULL,
      left_at bigint`,
    unique: { uq_identity_account: 'workspace_id, account', uq_identity_union: 'workspace_id, union_id' },
    index: { ix_identity_person: 'person_id' },
  });
}

async function structure(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'department', {
    columns: `
      workspace_id varchar(64) NOT NULL,
      dept_key varchar(64) NOT NULL,
      parent varchar(64),
      name varchar(255) NOT NULL,
      path varchar(1024)`,
    primary: 'workspace_id, dept_key',
  });
  await createTable(runner, 'member', {
    columns: `
      workspace_id varchar(64) NOT NULL,
      dept_key varchar(64) NOT NULL,
      identity_id bigint NOT NULL,
      is_head int NOT NULL DEFAULT 0,
      ord int`,
    primary: 'workspace_id, dept_key, identity_id',
    index: { ix_member_identity: 'identity_id' },
  });
  await createTable(runner, 'manager', {
    columns: 'identity_id bigint NOT NULL, n int NOT NULL, manager_identity_id bigint NOT NULL',
    primary: 'identity_id, n',
    index: { ix_manager_manager: 'manager_identity_id' },
  });
  await createTable(runner, 'directory', { columns: 'id int NOT NULL, revision bigint NOT NULL', primary: 'id' });
  await runner.query(
    'INSERT INTO directory (id, revision) SELECT 1, 0 FROM (SELECT 1 AS one) seed WHERE NOT EXISTS (SELECT 1 FROM directory)',
  );
}

async function settings(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'setting', {
    columns: `
      kind varchar(16) NOT NULL,
      name varchar(128) NOT NULL,
      version int NOT NULL,
      body mediumtext NOT NULL,
      secret mediumtext,
      current_key varchar(128)`,
    primary: 'kind, name, version',
    unique: { uq_setting_current: 'kind, current_key' },
  });
  await createTable(runner, 'template', {
    columns: `
      template_key varchar(64) NOT NULL,
      published_version int,
      candidate_version int,
      candidate_for mediumtext`,
    primary: 'template_key',
  });
  await createTable(runner, 'template_version', {
    columns: `
      template_key varchar(64) NOT NULL,
      version int NOT NULL,
      text mediumtext NOT NULL,
      sha256 ascii(64) NOT NULL,
      origin varchar(32) NOT NULL,
      made_by bigint,
      at bigint NOT NULL`,
    primary: 'template_key, version',
  });
  await createTable(runner, 'finding', {
    columns: `
      id autoid,
      template_key varchar(64) NOT NULL,
      version int NOT NULL,
      code varchar(64) NOT NULL,
      line int NOT NULL,
      col int NOT NULL,
      severity varchar(12) NOT NULL,
      body mediumtext NOT NULL`,
    index: { ix_finding_template: 'template_key, version' },
  });
}

async function entry(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'session', {
    columns: `
      token_hash ascii(64) NOT NULL,
      person_id bigint NOT NULL,
      workspace_id varchar(64),
      made_at bigint NOT NULL,
      seen_at bigint NOT NULL,
      until bigint NOT NULL,
      revoked_at bigint`,
    primary: 'token_hash',
    index: { ix_session_person: 'person_id' },
  });
  await createTable(runner, 'api_token', {
    columns: `
      id autoid,
      hash ascii(64) NOT NULL,
      person_id bigint NOT NULL,
      scopes mediumtext NOT NULL,
      until bigint,
      revoked_at bigint`,
    unique: { uq_api_token_hash: 'hash' },
  });
  await createTable(runner, 'login_link', {
    columns: 'hash ascii(64) NOT NULL, purpose varchar(32) NOT NULL, until bigint NOT NULL, used_at bigint',
    primary: 'hash',
  });
  await createTable(runner, 'audit', {
    columns: `
      stream varchar(64) NOT NULL,
      seq int NOT NULL,
      at bigint NOT NULL,
      actor varchar(191),
      act varchar(64) NOT NULL,
      body mediumtext NOT NULL,
      hash ascii(64) NOT NULL`,
    primary: 'stream, seq',
  });
}
