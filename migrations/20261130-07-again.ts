/**
 * What was filed in the place of a ticket that is over: at most one ticket, so the old one's id is the key. A draft
 * remembers for whom it is and in whose place. Adds a table and empty columns, so it is safe while the previous version
 * is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, createTable, dropColumn } from '../src/store/steps.ts';

const COLUMNS = { requester_id: 'bigint', follows_id: 'bigint', follows_number: 'varchar(64)' } as const;

export class Again1795996800007 implements MigrationInterface {
  readonly name = 'Again1795996800007';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'ticket_again', {
      columns: `
        ticket_id bigint NOT NULL,
        again_id bigint NOT NULL`,
      primary: 'ticket_id',
    });
    for (const [column, type] of Object.entries(COLUMNS)) await addColumn(runner, 'draft', column, type);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of Object.keys(COLUMNS)) await dropColumn(runner, 'draft', column);
    await runner.query('DROP TABLE IF EXISTS ticket_again');
  }
}
