/**
 * Lanes and merged people by index. A lane keeps all that was ever sent in it, so what is still open there must be found
 * without reading the rest. Adds indexes before it takes one away, so it is safe while the previous version is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addIndex, dropIndex } from '../src/store/steps.ts';

export class Lanes1795996800005 implements MigrationInterface {
  readonly name = 'Lanes1795996800005';

  async up(runner: QueryRunner): Promise<void> {
    await addIndex(runner, 'outbox', 'ix_outbox_lane_state', 'lane, state, id');
    await dropIndex(runner, 'outbox', 'ix_outbox_lane');
    await addIndex(runner, 'person', 'ix_person_merged', 'merged_into');
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndex(runner, 'person', 'ix_person_merged');
    await addIndex(runner, 'outbox', 'ix_outbox_lane', 'lane, id');
    await dropIndex(runner, 'outbox', 'ix_outbox_lane_state');
  }
}
