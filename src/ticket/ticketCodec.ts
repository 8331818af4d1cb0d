/** A ticket as rows, and back. Key columns for queries; tokens, visits and the inner counter as versioned JSON. */
import type { PersonId } from '../flow/directory.ts';
import {
  actsAs,
  isOpen,
  type Status,
  type Task,
  type TaskKind,
  type TaskPerson,
  type TaskRole,
  type TaskState,
  type Ticket,
  type Token,
  type Urged,
  type Via,
} from '../flow/ticket.ts';
import type { Values } from '../form/field.ts';
import type { TaskPersonRow, TaskRow, TicketRow } from '../store/entity/ticket.ts';

/** A ticket and the hash that its next event is chained to. */
export interface Stored {
  readonly ticket: Ticket;
  readonly lastHash: string;
}

/** What a ticket has beside its columns and tasks. Tickets stored by an older version lack what came later. */
const NOTHING: Pick<
  Ticket,
  | 'group'
  | 'regions'
  | 'timers'
  | 'calls'
  | 'children'
  | 'paused'
  | 'rests'
  | 'links'
  | 'reopenUntil'
  | 'parent'
  | 'cc'
  | 'content'
  | 'undo'
> = {
  group: null,
  regions: [],
  timers: [],
  calls: [],
  children: [],
  paused: null,
  rests: [],
  links: [],
  reopenUntil: null,
  parent: null,
  cc: [],
  content: null,
  undo: null,
};
type Rare = typeof NOTHING;

interface State extends Partial<Rare> {
  /** Of this JSON's shape. */
  readonly v: 1;
  readonly tokens: readonly Token[];
  readonly visits: Readonly<Record<string, number>>;
  readonly n: number;
}

/** Most tickets have none of it: what is empty is not stored. */
const rareOf = (ticket: Ticket): Partial<Rare> =>
  Object.fromEntries(
    (Object.keys(NOTHING) as (keyof Rare)[]).flatMap((key) => {
      const value = ticket[key];
      return value === null || (Array.isArray(value) && value.length === 0) ? [] : [[key, value]];
    }),
  );
interface TaskData {
  readonly rule: string;
  readonly endedBy: number | null;
  /** What follows, only where there is something to say. */
  readonly via?: Via;
  readonly parent?: number;
  readonly transfers?: number;
  readonly former?: readonly PersonId[];
  readonly urged?: Urged;
  /** Whom each substitute stands in for. */
  readonly standsFor?: Readonly<Record<PersonId, PersonId>>;
}

function taskData({ rule, endedBy, via, parent, transfers, former, urged, people }: Task): TaskData {
  const standsFor = people.flatMap((one) => (one.for === undefined ? [] : [[one.personId, one.for] as const]));
  return {
    rule,
    endedBy,
    ...(via === null ? {} : { via }),
    ...(parent === null ? {} : { parent }),
    ...(transfers === 0 ? {} : { transfers }),
    ...(former.length === 0 ? {} : { former }),
    ...(urged === null ? {} : { urged }),
    ...(standsFor.length === 0 ? {} : { standsFor: Object.fromEntries(standsFor) }),
  };
}

export function ticketRow({ ticket, lastHash }: Stored): TicketRow {
  const { tokens, visits, n } = ticket;
  const state: State = { v: 1, tokens, visits, n, ...rareOf(ticket) };
  return {
    id: ticket.id,
    number: ticket.number,
    template_key: ticket.template.key,
    template_version: ticket.template.version,
    home_workspace: ticket.workspace,
    requester_id: ticket.requesterId,
    filer_id: ticket.filerId,
    assignee_id: ticket.assigneeId,
    title: ticket.title,
    urgency: ticket.urgency || null,
    category: ticket.category || null,
    status: ticket.status,
    outcome: ticket.outcome,
    filed_at: ticket.filedAt,
    first_response_at: ticket.firstResponseAt,
    resolved_at: ticket.resolvedAt,
    closed_at: ticket.closedAt,
    version: ticket.version,
    last_seq: ticket.seq,
    last_hash: lastHash,
    state: JSON.stringify(state),
    field_values: JSON.stringify(ticket.values),
  };
}

export function taskRow(ticketId: number, task: Task): TaskRow {
  return {
    ticket_id: ticketId,
    n: task.n,
    node: task.node,
    visit: task.visit,
    kind: task.kind,
    state: task.state,
    ord: task.ord,
    assignee_id: task.assigneeId,
    opened_at: task.openedAt,
    accepted_at: task.acceptedAt,
    done_at: task.doneAt,
    version: task.version,
    data: JSON.stringify(taskData(task)),
  };
}

/** `open` only while the person has something to do here: to-do lists and loads count these rows. */
export function taskPersonRows(ticketId: number, task: Task): TaskPersonRow[] {
  return task.people.map((person) => ({
    ticket_id: ticketId,
    task_n: task.n,
    person_id: person.personId,
    role: person.role,
    open: isOpen(task) && actsAs(task, person.personId) !== null ? 1 : 0,
  }));
}

/** One row of the join of `task` with `task_person`. */
export type TaskJoinRow = TaskRow & { person_id: number | null; role: string | null };

/** @param rows  ordered by n */
export function ticketFrom(row: TicketRow, rows: readonly TaskJoinRow[]): Stored {
  const { v: _shape, ...state } = JSON.parse(row.state) as State;
  const ticket: Ticket = {
    id: row.id,
    number: row.number,
    template: { key: row.template_key, version: row.template_version },
    workspace: row.home_workspace,
    requesterId: row.requester_id,
    filerId: row.filer_id,
    assigneeId: row.assignee_id,
    title: row.title,
    urgency: row.urgency ?? '',
    category: row.category ?? '',
    status: row.status as Status,
    outcome: row.outcome as Ticket['outcome'],
    filedAt: row.filed_at,
    firstResponseAt: row.first_response_at,
    resolvedAt: row.resolved_at,
    closedAt: row.closed_at,
    version: row.version,
    seq: row.last_seq,
    ...NOTHING,
    ...state,
    tasks: tasksFrom(rows),
    values: JSON.parse(row.field_values) as Record<string, Values>,
  };
  return { ticket, lastHash: row.last_hash };
}

const dataOf = (row: TaskJoinRow): TaskData => JSON.parse(row.data ?? '{}') as TaskData;

function personFrom(row: TaskJoinRow, personId: PersonId): TaskPerson {
  const role = row.role as TaskRole;
  const owner = role === 'substitute' ? dataOf(row).standsFor?.[personId] : undefined;
  return owner === undefined ? { personId, role } : { personId, role, for: owner };
}

function tasksFrom(rows: readonly TaskJoinRow[]): Task[] {
  const tasks = new Map<number, Task & { people: TaskPerson[] }>();
  for (const row of rows) {
    let task = tasks.get(row.n);
    if (!task) {
      const { rule, endedBy, via = null, parent = null, transfers = 0, former = [], urged = null } = dataOf(row);
      task = {
        n: row.n,
        node: row.node,
        visit: row.visit,
        kind: row.kind as TaskKind,
        state: row.state as TaskState,
        ord: row.ord,
        assigneeId: row.assignee_id,
        people: [],
        openedAt: row.opened_at ?? 0,
        acceptedAt: row.accepted_at,
        doneAt: row.done_at,
        endedBy,
        version: row.version,
        rule,
        via,
        parent,
        transfers,
        former,
        urged,
      };
      tasks.set(row.n, task);
    }
    if (row.person_id !== null) task.people.push(personFrom(row, row.person_id));
  }
  return [...tasks.values()];
}
