/** Every table as it is after all migrations. A test compares them with what the migrations made, on both engines. */
import type { EntitySchema } from 'typeorm';
import type { Dialect } from '../port.ts';
import { agendaJob } from './agendaJob.ts';
import { type Columns, entityOf } from './columns.ts';
import { conversation, draft } from './conversation.ts';
import { department, directory, identity, manager, member, person, substitute, successor } from './people.ts';
import { apiToken, audit, finding, loginLink, session, setting, template, templateVersion } from './settings.ts';
import { attachment, block, docGram, event, task, taskPerson, ticket } from './ticket.ts';
import { ticketAgain, ticketCc, ticketValue, timer } from './ticket.ts';
import { budget, card, cardCode, deliveryTry, inbox, lease, messageRef, outbox } from './traffic.ts';

const TABLES: Readonly<Record<string, Columns>> = {
  ticket,
  task,
  task_person: taskPerson,
  event,
  ticket_value: ticketValue,
  timer,
  ticket_cc: ticketCc,
  ticket_again: ticketAgain,
  attachment,
  doc_gram: docGram,
  block,
  inbox,
  outbox,
  delivery_try: deliveryTry,
  card,
  card_code: cardCode,
  message_ref: messageRef,
  budget,
  lease,
  draft,
  conversation,
  person,
  identity,
  department,
  member,
  manager,
  substitute,
  successor,
  directory,
  setting,
  template,
  template_version: templateVersion,
  finding,
  session,
  api_token: apiToken,
  login_link: loginLink,
  audit,
  agenda_job: agendaJob,
};

export const entities = (dialect: Dialect): EntitySchema[] =>
  Object.entries(TABLES).map(([name, columns]) => entityOf({ name, columns }, dialect));
