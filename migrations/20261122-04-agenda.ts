/**
 * agenda's jobs, read and written by `src/store/agendaRepository.ts`.
 * Adds a table and touches no row, so it is safe while the previous version is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/store/steps.ts';

export class Agenda1795305600004 implements MigrationInterface {
  readonly name = 'Agenda1795305600004';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'agenda_job', {
      columns: `
        id autoid,
        name varchar(128) NOT NULL,
        type varchar(12) NOT NULL,
        single_key varchar(128),
        priority int NOT NULL DEFAULT 0,
        next_run_at bigint,
        locked_at bigint,
        last_run_at bigint,
        last_finished_at bigint,
        failed_at bigint,
        fail_count int,
        fail_reason mediumtext,
        disabled int NOT NULL DEFAULT 0,
        progress int,
        last_modified_by varchar(128),
        data mediumtext,
        rest mediumtext NOT NULL`,
      // Two processes starting at once both call every(): one row must come of it.
      unique: { uq_agenda_job_single: 'single_key' },
      index: { ix_agenda_job_next: 'name, disabled, next_run_at' },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS agenda_job');
  }
}
