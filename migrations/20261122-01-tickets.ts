/**
 * Tickets with their tasks, events, erasable values, timers and attachments; title search; number blocks.
 * Adds tables and touches no row, so it is safe while the previous version is still running.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable } from '../src/store/steps.ts';

export class Tickets1795305600001 implements MigrationInterface {
  // Spelled out because this name is what the database remembers; a rename would run it twice.
  readonly name = 'Tickets1795305600001';

  async up(runner: QueryRunner): Promise<void> {
    await tickets(runner);
    await tasksAndEvents(runner);
    await besideTickets(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'block',
      'doc_gram',
      'attachment',
      'timer',
      'ticket_value',
      'event',
      'task_person',
      'task',
      'ticket',
    ])
      await runner.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

async function tickets(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'ticket', {
    columns: `
      id bigint NOT NULL,
      number varchar(64) NOT NULL,
      template_key varchar(64) NOT NULL,
      template_version int NOT NULL,
      home_workspace varchar(64) NOT NULL,
      requester_id bigint NOT NULL,
      filer_id bigint NOT NULL,
      assignee_id bigint,
      title varchar(255) NOT NULL,
      urgency varchar(32),
      category varchar(255),
      status varchar(16) NOT NULL,
      outcome varchar(64),
      filed_at bigint NOT NULL,
      first_response_at bigint,
      resolved_at bigint,
      closed_at bigint,
      version int NOT NULL,
      last_seq int NOT NULL,
      last_hash ascii(64) NOT NULL,
      state mediumtext NOT NULL,
      field_values mediumtext NOT NULL`,
    primary: 'id',
    unique: { uq_ticket_number: 'number' },
    index: {
      ix_ticket_status: 'status, id',
      ix_ticket_requester: 'requester_id, id',
      ix_ticket_assignee: 'assignee_id, status, id',
      ix_ticket_template: 'template_key, status, id',
      // Reports read only this: what was filed in a span of days, by template and category, and how long it took.
      ix_ticket_report: 'filed_at, template_key, category, urgency, status, first_response_at, resolved_at, closed_at',
    },
  });
}

async function tasksAndEvents(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'task', {
    columns: `
      ticket_id bigint NOT NULL,
      n int NOT NULL,
      node varchar(64) NOT NULL,
      visit int NOT NULL,
      kind varchar(16) NOT NULL,
      state varchar(24) NOT NULL,
      ord int NOT NULL,
      assignee_id bigint,
      opened_at bigint,
      accepted_at bigint,
      done_at bigint,
      version int NOT NULL,
      data mediumtext`,
    primary: 'ticket_id, n',
  });
  await createTable(runner, 'task_person', {
    columns: `
      ticket_id bigint NOT NULL,
      task_n int NOT NULL,
      person_id bigint NOT NULL,
      role varchar(16) NOT NULL,
      open int NOT NULL`,
    primary: 'ticket_id, task_n, person_id',
    // To-do lists, least-open, claims.
    index: { ix_task_person_open: 'person_id, open, ticket_id' },
  });
  await createTable(runner, 'event', {
    columns: `
      id autoid,
      ticket_id bigint NOT NULL,
      seq int NOT NULL,
      at bigint NOT NULL,
      type varchar(32) NOT NULL,
      actor_id bigint,
      body mediumtext NOT NULL,
      hash ascii(64) NOT NULL`,
    unique: { uq_event_seq: 'ticket_id, seq' },
  });
}

async function besideTickets(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'ticket_value', {
    columns: `
      ticket_id bigint NOT NULL,
      n int NOT NULL,
      salt ascii(64),
      body mediumtext,
      erased_at bigint`,
    primary: 'ticket_id, n',
  });
  await createTable(runner, 'timer', {
    columns: `
      id autoid,
      ticket_id bigint NOT NULL,
      timer_key varchar(128) NOT NULL,
      kind varchar(32) NOT NULL,
      due_at bigint,
      fence int NOT NULL DEFAULT 0,
      body mediumtext`,
    unique: { uq_timer_key: 'ticket_id, timer_key' },
    index: { ix_timer_due: 'due_at, id' },
  });
  await createTable(runner, 'attachment', {
    columns: `
      id autoid,
      ticket_id bigint,
      draft_id bigint,
      person_id bigint,
      name varchar(255),
      sha256 ascii(64),
      size bigint,
      mime varchar(128),
      storage_key varchar(128),
      state varchar(16) NOT NULL,
      source mediumtext,
      source_until bigint`,
    index: {
      ix_attachment_ticket: 'ticket_id',
      ix_attachment_draft: 'draft_id',
      // What must still be fetched before the platform forgets it.
      ix_attachment_source: 'state, source_until',
    },
  });
  await createTable(runner, 'doc_gram', {
    columns: 'gram ascii(12) NOT NULL, id bigint NOT NULL',
    primary: 'gram, id',
    index: { ix_doc_gram_id: 'id' },
  });
  await createTable(runner, 'block', {
    columns: 'scope varchar(128) NOT NULL, next bigint NOT NULL',
    primary: 'scope',
  });
}
