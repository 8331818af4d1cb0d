/**
 * What comes in and goes out: inbox, outbox and its ledger, cards and their codes, budgets, leases; drafts and conversations.
 * Adds tables and touches no row, so it is safe while the previous version is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/store/steps.ts';

export class Traffic1795305600002 implements MigrationInterface {
  readonly name = 'Traffic1795305600002';

  async up(runner: QueryRunner): Promise<void> {
    await inAndOut(runner);
    await cards(runner);
    await conversation(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['conversation', 'draft', 'lease', 'budget', 'message_ref', 'card_code', 'card'];
    for (const table of [...tables, 'delivery_try', 'outbox', 'inbox'])
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function inAndOut(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'inbox', {
    columns: `
      source varchar(96) NOT NULL,
      msg_key varchar(191) NOT NULL,
      part varchar(64) NOT NULL DEFAULT '',
      ticket_id bigint,
      received_at bigint NOT NULL,
      answer mediumtext`,
    primary: 'source, msg_key, part',
    index: { ix_inbox_received: 'received_at' },
  });
  await createTable(runner, 'outbox', {
    columns: `
      id autoid,
      kind varchar(16) NOT NULL,
      class varchar(8) NOT NULL,
      resend varchar(20) NOT NULL,
      lane varchar(191) NOT NULL,
      card_id bigint,
      ticket_id bigint,
      workspace_id varchar(64),
      payload mediumtext,
      made_at bigint NOT NULL,
      due_at bigint,
      attempts int NOT NULL DEFAULT 0,
      fence int NOT NULL DEFAULT 0,
      state varchar(12) NOT NULL DEFAULT 'waiting',
      dead_at bigint,
      error mediumtext`,
    index: {
      ix_outbox_due: 'class, due_at, id',
      ix_outbox_lane: 'lane, id',
      ix_outbox_ticket: 'ticket_id',
      ix_outbox_dead: 'dead_at',
    },
  });
  await createTable(runner, 'delivery_try', {
    columns: `
      id autoid,
      outbox_id bigint NOT NULL,
      at bigint NOT NULL,
      ms int NOT NULL,
      api_call varchar(64) NOT NULL,
      platform_code varchar(64),
      result varchar(32) NOT NULL,
      platform_id varchar(191)`,
    index: { ix_delivery_try_outbox: 'outbox_id', ix_delivery_try_at: 'at' },
  });
}

async function cards(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'card', {
    columns: `
      id autoid,
      ticket_id bigint,
      draft_id bigint,
      workspace_id varchar(64) NOT NULL,
      receiver varchar(191) NOT NULL,
      role varchar(32) NOT NULL,
      gen int NOT NULL DEFAULT 1,
      platform_key varchar(128),
      message_id varchar(191),
      want_version bigint NOT NULL DEFAULT 0,
      shown_version bigint,
      shown_by varchar(12),
      state varchar(12) NOT NULL DEFAULT 'live'`,
    unique: { uq_card_platform_key: 'workspace_id, platform_key', uq_card_gen: 'ticket_id, receiver, role, gen' },
    index: { ix_card_draft: 'draft_id' },
  });
  await createTable(runner, 'card_code', {
    columns: `
      id autoid,
      card_id bigint NOT NULL,
      workspace_id varchar(64) NOT NULL,
      code varchar(191) NOT NULL,
      origin varchar(8) NOT NULL,
      got_at bigint NOT NULL,
      until bigint NOT NULL,
      spent_at bigint,
      outbox_id bigint`,
    unique: { uq_card_code: 'workspace_id, code' },
    index: { ix_card_code_card: 'card_id, spent_at' },
  });
  await createTable(runner, 'message_ref', {
    columns: `
      workspace_id varchar(64) NOT NULL,
      platform_id varchar(191) NOT NULL,
      ticket_id bigint,
      card_id bigint`,
    primary: 'workspace_id, platform_id',
  });
  await createTable(runner, 'budget', {
    columns: `
      workspace_id varchar(64) NOT NULL,
      scope varchar(96) NOT NULL,
      period varchar(32) NOT NULL,
      used int NOT NULL DEFAULT 0`,
    primary: 'workspace_id, scope, period',
  });
  await createTable(runner, 'lease', {
    columns: 'name varchar(128) NOT NULL, owner varchar(128), until bigint NOT NULL, fence int NOT NULL',
    primary: 'name',
  });
}

async function conversation(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'draft', {
    columns: `
      id autoid,
      person_id bigint NOT NULL,
      workspace_id varchar(64) NOT NULL,
      chat varchar(191) NOT NULL,
      template_key varchar(64) NOT NULL,
      template_version int NOT NULL,
      field_values mediumtext NOT NULL,
      updated_at bigint NOT NULL,
      filed_as bigint,
      open_key varchar(288)`,
    unique: { uq_draft_open: 'open_key' },
  });
  await createTable(runner, 'conversation', {
    columns: `
      workspace_id varchar(64) NOT NULL,
      identity_id bigint NOT NULL,
      chat varchar(191) NOT NULL,
      awaiting mediumtext,
      last_ticket_id bigint,
      until bigint`,
    primary: 'workspace_id, identity_id, chat',
  });
}
