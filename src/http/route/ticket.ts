/** Tickets and tasks. */
import { rowOf } from '../../flow/acts.ts';
import { possibleActs } from '../../flow/query.ts';
import type { TaskAct } from '../../flow/acts.ts';
import { taskRefusal } from '../../flow/guard.ts';
import type { Task } from '../../flow/ticket.ts';
import type { Values } from '../../form/field.ts';
import { Refused, refuse, throwIf } from '../../lib/refusal.ts';
import { bulkAgree } from '../../ticket/bulkAgree.ts';
import { copiedTo, listTickets, todoOf } from '../../ticket/lists.ts';
import { scopeOf } from '../../ticket/permission.ts';
import type { FileInput } from '../../ticket/commands.ts';
import type { Handlers } from '../api.ts';
import type { Body } from '../contract/routes.ts';
import type { Http } from '../parts.ts';
import { formState } from '../present/formState.ts';
import { taskForm } from '../present/possible.ts';
import { presentLine, presentReceipt, presentTodo } from '../present/ticket.ts';
import { presentWhole } from '../present/whole.ts';
import { presentBulk } from '../present/bulk.ts';
import { commandOf } from './command.ts';

type Routes = 'fileTicket' | 'tickets' | 'ticket' | 'act' | 'agreeToMany' | 'taskFormState' | 'tasks';

/** What a person at such a task does in the end: whoever may not do it has no use for its form. */
const MAIN_ACT: Readonly<Record<Task['kind'], TaskAct>> = {
  handle: 'complete',
  approve: 'agree',
  confirm: 'agree',
  edit: 'submit',
  rescue: 'retry',
  dispatch: 'dispatch',
  advise: 'advise',
};

export function ticketHandlers(http: Http): Pick<Handlers, Routes> {
  const { db, tickets, templates } = http;
  const nameOf = (key: string) => templates.current().get(key)?.name ?? key;
  return {
    fileTicket: async ({ body, caller, origin }) =>
      presentReceipt(await tickets.file(origin, filingOf(body, caller.personId))),

    async tickets({ query, caller, reader }) {
      const { view, status, template, q, before, limit } = query;
      if (view === 'all' && scopeOf(reader.directory, caller.personId, 'ticket.view') !== 'all')
        throw new Refused(refuse('not_allowed'));
      const page = { limit, ...(before ? { before } : {}) };
      const filter = {
        ...(view === 'mine' ? { requesterId: caller.personId } : {}),
        ...(status ? { status } : {}),
        ...(template ? { templateKey: template } : {}),
        ...(q ? { title: q } : {}),
      };
      if (view === 'cc') refuseFilter({ status, template, q });
      const lines = await db.read((rows) =>
        view === 'cc' ? copiedTo(rows, caller.personId, page) : listTickets(rows, filter, page),
      );
      return { tickets: lines.map((line) => presentLine(line, reader, nameOf)), next: nextOf(lines, limit) };
    },

    async ticket({ params, caller, reader }) {
      return presentWhole(await tickets.seeWhole(caller.personId, params.id), reader);
    },

    async act({ params, body, caller, origin }) {
      const { personId } = caller;
      const other = body.other === undefined ? undefined : await tickets.named(personId, body.other);
      return presentReceipt(await tickets.act(origin, params.id, commandOf(body, personId, other)));
    },

    async agreeToMany({ body, caller, reader, origin }) {
      const items = body.tasks.map(({ ticket, task, version }) => ({ ticketId: ticket, task, version }));
      const results = await bulkAgree(tickets, origin, caller.personId, items);
      return { results: results.map((result) => presentBulk(result, reader)) };
    },

    async taskFormState({ params, body, caller, reader }) {
      const { ticket, template } = await tickets.see(caller.personId, params.id);
      const task = ticket.tasks.find(({ n }) => n === params.task);
      if (!task) throw new Refused(refuse('task_not_found'));
      const on = { template, ticket, directory: reader.directory, now: reader.now };
      const mine = possibleActs(template, ticket, caller.personId, reader.directory, reader.now).tasks.some(
        ({ n, acts }) => n === task.n && acts.some((act) => 'values' in rowOf(act).takes),
      );
      if (!mine) throwIf(taskRefusal(on, task, MAIN_ACT[task.kind], caller.personId));
      return formState(http, reader, taskForm(template, ticket, task, reader), body.values as Values, ticket.id);
    },

    async tasks({ query, caller, reader }) {
      const { before, limit } = query;
      const items = await db.read((rows) => todoOf(rows, caller.personId, { limit, ...(before ? { before } : {}) }));
      return { tasks: items.map((item) => presentTodo(item, reader, nameOf)), next: nextOf(items, limit) };
    },
  };
}

const filingOf = ({ template, values, requester, follows }: Body<'fileTicket'>, by: number): FileInput => ({
  by,
  templateKey: template,
  values: values as Values,
  ...(requester === undefined ? {} : { requesterId: requester }),
  ...(follows === undefined ? {} : { follows }),
});

/** @throws Refused by name: a filter that is not heeded would answer another question */
function refuseFilter(filter: Readonly<Record<string, unknown>>): void {
  const stray = Object.keys(filter).find((name) => filter[name] !== undefined);
  if (stray !== undefined) throw new Refused(refuse('unknown_field', { field: stray }));
}

const nextOf = (lines: readonly { id: number }[], limit: number): number | null =>
  lines.length < limit ? null : (lines.at(-1)?.id ?? null);
