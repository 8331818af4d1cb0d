/** Tickets and drafts as cards for one person: gathers what `card/` needs to know. Reads, never writes. */
import type { Asking } from '../card/asked.ts';
import type { Card } from '../card/card.ts';
import { draftCard } from '../card/draftCard.ts';
import { groupCard } from '../card/groupCard.ts';
import { taskCard } from '../card/taskCard.ts';
import { ticketCard } from '../card/ticketCard.ts';
import type { Surroundings } from '../card/view.ts';
import type { Directory, PersonId } from '../flow/directory.ts';
import type { TicketEvent } from '../flow/event.ts';
import { filingScope } from '../flow/formScope.ts';
import { possibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import { isOpen, isOver, type Task, type Ticket } from '../flow/ticket.ts';
import type { Clock } from '../lib/clock.ts';
import type { Locale } from '../lib/locale.ts';
import type { Database, Reader } from '../store/database.ts';
import { type Draft, readDraft } from './drafts.ts';
import { askedOf, firstNeed } from './askedOn.ts';
import { changeOf, lastChange, lastWords, wordsOf } from './lastWords.ts';
import type { Templates } from './templates.ts';
import { loadTicket } from './ticketStore.ts';

export interface Rendered {
  readonly card: Card;
  /** Of the ticket, or the draft's time: rises with each change. */
  readonly version: number;
  /** Nothing is left to do here, for good: the look that matters most. */
  readonly final: boolean;
  /** Of a task's card: still to do, done by the reader, or no longer theirs. null: it is no task's card. */
  readonly duty: 'open' | 'done' | 'gone' | null;
  /** Of a task's card: more than one tap on it, so it belongs into the reader's list of to-dos. */
  readonly worthTodo: boolean;
  /** Of the requester's card: a newer card of theirs says the same, and asks them to confirm it. */
  readonly echoed: boolean;
  /** By when the task should be done, epoch ms; null: nobody promised. */
  readonly dueAt: number | null;
}

const NO_TASK = { duty: null, worthTodo: false, echoed: false, dueAt: null } as const;

export interface Renderer {
  /** As the ticket stands now. @param task  null: the requester's view. @returns null when there is no such ticket or task */
  ticketCard(ticketId: number, personId: PersonId, task: number | null): Promise<Rendered | null>;
  draftCard(draftId: number): Promise<Rendered | null>;
  /** For the group in which it was filed. */
  groupCard(ticketId: number): Promise<Rendered | null>;
  /** Of a ticket in hand, inside a transaction; `news`: events not written yet. */
  ofTicket(
    reader: Reader,
    seen: { ticket: Ticket; template: Template; news?: readonly TicketEvent[] },
    personId: PersonId,
    task: number | null,
    /** What is asked on the task's card; absent: what its first button needs. */
    asking?: Asking,
  ): Promise<Rendered | null>;
  /** The full address of a page of ours. */
  url(path: string): string;
  /** @param filed  number of the ticket that it became */
  ofDraft(draft: Draft, template: Template, filed?: string): Rendered;
}

interface Parts {
  readonly db: Database;
  readonly templates: Templates;
  readonly directory: () => Directory;
  readonly clock: Clock;
  readonly offsetMinutes: number;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Does this workspace show whole forms on its cards? Absent: none does. */
  readonly hasForms?: (workspace: string) => boolean;
}

export function makeRenderer(parts: Parts): Renderer {
  const { db, templates, directory, clock } = parts;
  const localeOf = (personId: PersonId): Locale => directory().people.get(personId)?.locale ?? 'zh-CN';

  const ofTicket: Renderer['ofTicket'] = (...of) => renderTicket(parts, localeOf, ...of);

  const ofDraft: Renderer['ofDraft'] = (draft, template, filed) => {
    const { personId, requesterId, values } = draft;
    const scope = filingScope(template, requesterId, { directory: directory(), now: clock() }, personId);
    const over = filed !== undefined ? { filed } : draft.open ? null : ('cancelled' as const);
    const card = draftCard(
      {
        ...around(parts, personId),
        forms: parts.hasForms?.(draft.workspace) ?? false,
        draftId: draft.id,
        version: draft.updatedAt,
        template,
        ...{ values, scope, follows: draft.follows?.number ?? null },
        requesterId: requesterId === personId ? null : requesterId,
        over,
      },
      localeOf(personId),
    );
    return { card, version: draft.updatedAt, final: over !== null, ...NO_TASK };
  };

  return {
    ofTicket,
    ofDraft,
    url: (path) => parts.publicUrl + path,
    groupCard: (ticketId) =>
      db.read(async (reader) => {
        const stored = await loadTicket(reader, ticketId);
        if (!stored) return null;
        const { ticket } = stored;
        const { requesterId: receiverId } = ticket;
        const template = await templates.at(reader, ticket.template.key, ticket.template.version);
        const view = { ...around(parts, receiverId), ticket, template, receiverId, acts: { ticket: [], tasks: [] } };
        const card = groupCard(view, 'zh-CN');
        return { card, version: ticket.version, final: card.over !== null, ...NO_TASK };
      }),
    ticketCard: (ticketId, personId, task) =>
      db.read(async (reader) => {
        const stored = await loadTicket(reader, ticketId);
        if (!stored) return null;
        const { key, version } = stored.ticket.template;
        return ofTicket(
          reader,
          { ticket: stored.ticket, template: await templates.at(reader, key, version) },
          personId,
          task,
        );
      }),
    draftCard: (draftId) =>
      db.read(async (reader) => {
        const draft = await readDraft(reader, draftId);
        if (!draft) return null;
        const template = await templates.at(reader, draft.template.key, draft.template.version);
        const filed = draft.filedAs === null ? null : await loadTicket(reader, draft.filedAs);
        return ofDraft(draft, template, filed?.ticket.number);
      }),
  };
}

async function renderTicket(
  parts: Parts,
  localeOf: (personId: PersonId) => Locale,
  ...[reader, { ticket, template, news = [] }, personId, n, asking]: Parameters<Renderer['ofTicket']>
): Promise<Rendered | null> {
  const task = n === null ? null : ticket.tasks.find((one) => one.n === n);
  if (task === undefined) return null;
  const surroundings = around(parts, personId);
  const locale = localeOf(personId);
  const directory = parts.directory();
  const acts = possibleActs(template, ticket, personId, directory, surroundings.now);
  const on = { template, ticket, task, personId, acts, directory };
  const newest = [...news].reverse();
  const view = {
    ...surroundings,
    ticket,
    template,
    receiverId: personId,
    acts,
    asked: askedOf(on, asking ?? firstNeed(task), surroundings, locale),
    lastComment: wordsOf(newest) ?? (await lastWords(reader, ticket.id)),
    lastChange: mayChange(template) ? (changeOf(newest) ?? (await lastChange(reader, ticket.id))) : null,
  };
  const card = task === null ? ticketCard(view, locale) : taskCard(view, task.n, locale);
  const final = card.over !== null || isOver(ticket.status);
  const duty = task && dutyOf(task, personId, card.over);
  const worthTodo = task !== null && task.kind !== 'confirm';
  const echoed = task === null && ticket.status === 'confirming' && acts.tasks.length > 0;
  return { card, version: ticket.version, final, duty, worthTodo, echoed, dueAt: null };
}

/** Some step opens the form: most templates have none, and none of their cards asks for changes. */
const mayChange = ({ nodes }: Template): boolean =>
  Object.values(nodes).some(({ fields }) =>
    Object.values(fields).some((access) => access === 'editable' || access === 'required'),
  );

function dutyOf(task: Task, personId: PersonId, over: string | null): 'open' | 'done' | 'gone' {
  if (isOpen(task) && over === null) return 'open';
  return task.endedBy === personId && task.state.startsWith('done:') ? 'done' : 'gone';
}

/** Names, links and the clock, for whoever reads the card. */
function around({ directory, clock, offsetMinutes, publicUrl, hasForms }: Parts, personId: PersonId): Surroundings {
  const { people, departments } = directory();
  const workspace = people.get(personId)?.workspace;
  return {
    names: (id) => people.get(id)?.name ?? '',
    accounts: (id) => {
      const person = people.get(id);
      return person?.workspace === workspace ? person?.account : undefined;
    },
    departments: (key) => departments.get(`${workspace}/${key}`)?.name ?? key,
    url: (path) => publicUrl + path,
    forms: hasForms?.(workspace ?? '') ?? false,
    now: clock(),
    offsetMinutes,
  };
}
