/**
 * Substitutes for a time, and who takes over from somebody who leaves.
 * Adds tables and touches no row, so it is safe while the previous version is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/store/steps.ts';

export class Away1795996800001 implements MigrationInterface {
  readonly name = 'Away1795996800001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'substitute', {
      columns: `
        id autoid,
        person_id bigint NOT NULL,
        substitute_id bigint NOT NULL,
        from_at bigint NOT NULL,
        until_at bigint NOT NULL,
        templates mediumtext,
        made_by bigint NOT NULL,
        made_at bigint NOT NULL,
        revoked_at bigint,
        began_told_at bigint,
        over_at bigint`,
      index: { ix_substitute_over: 'over_at, person_id', ix_substitute_person: 'person_id, id' },
    });
    await createTable(runner, 'successor', {
      columns: `
        person_id bigint NOT NULL,
        successor_id bigint NOT NULL,
        made_by bigint NOT NULL,
        made_at bigint NOT NULL`,
      primary: 'person_id',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['successor', 'substitute']) await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}
