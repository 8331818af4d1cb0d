/** Whom tickets were copied to: read by person, newest first, so the person leads the key. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/store/steps.ts';

export class Cc1795996800006 implements MigrationInterface {
  readonly name = 'Cc1795996800006';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'ticket_cc', {
      columns: `
        person_id bigint NOT NULL,
        ticket_id bigint NOT NULL`,
      primary: 'person_id, ticket_id',
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE IF EXISTS ticket_cc');
  }
}
