/** Tickets and drafts as cards for one person: gathers what `card/` needs to know. Reads, never writes. */
import type { Card } from '../card/card.ts';
import { draftCard } from '../card/draftCard.ts';
import { taskCard } from '../card/taskCard.ts';
import { ticketCard } from '../card/ticketCard.ts';
import type { Surroundings } from '../card/view.ts';
import type { Directory, PersonId } from '../flow/directory.ts';
import type { TicketEvent } from '../flow/event.ts';
import { filingScope } from '../flow/formScope.ts';
import { possibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import { isOver, type Ticket } from '../flow/ticket.ts';
import type { Clock } from '../lib/clock.ts';
import type { Locale } from '../lib/locale.ts';
import type { Database, Reader } from '../store/database.ts';
import { type Draft, readDraft } from './drafts.ts';
import { decodeEvent } from './eventCodec.ts';
import type { Templates } from './templates.ts';
import { loadTicket } from './ticketStore.ts';

export interface Rendered {
  readonly card: Card;
  /** Of the ticket, or the draft's time: rises with each change. */
  readonly version: number;
  /** Nothing is left to do here, for good: the look that matters most. */
  readonly final: boolean;
}

export interface Renderer {
  /** As the ticket stands now. @param task  null: the requester's view. @returns null when there is no such ticket or task */
  ticketCard(ticketId: number, personId: PersonId, task: number | null): Promise<Rendered | null>;
  draftCard(draftId: number): Promise<Rendered | null>;
  /** Of a ticket in hand, inside a transaction; `news`: events not written yet. */
  ofTicket(
    reader: Reader,
    seen: { ticket: Ticket; template: Template; news?: readonly TicketEvent[] },
    personId: PersonId,
    task: number | null,
  ): Promise<Rendered | null>;
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
}

/** Events that carry somebody's words. */
const SPOKEN = ['comment.added', 'task.done', 'task.transferred'];

export function makeRenderer(parts: Parts): Renderer {
  const { db, templates, directory, clock } = parts;
  const localeOf = (personId: PersonId): Locale => directory().people.get(personId)?.locale ?? 'zh-CN';

  const ofTicket: Renderer['ofTicket'] = async (reader, { ticket, template, news = [] }, personId, task) => {
    if (task !== null && !ticket.tasks.some(({ n }) => n === task)) return null;
    const view = {
      ...around(parts, personId),
      ticket,
      template,
      receiverId: personId,
      acts: possibleActs(template, ticket, personId, directory()),
      lastComment: wordsOf([...news].reverse()) ?? (await lastWords(reader, ticket.id)),
    };
    const locale = localeOf(personId);
    const card = task === null ? ticketCard(view, locale) : taskCard(view, task, locale);
    return { card, version: ticket.version, final: card.over !== null || isOver(ticket.status) };
  };

  const ofDraft: Renderer['ofDraft'] = (draft, template, filed) => {
    const { personId } = draft;
    const scope = filingScope(template, personId, { directory: directory(), now: clock() });
    const over = filed !== undefined ? { filed } : draft.open ? null : ('cancelled' as const);
    const card = draftCard(
      { ...around(parts, personId), draftId: draft.id, template, values: draft.values, scope, over },
      localeOf(personId),
    );
    return { card, version: draft.updatedAt, final: over !== null };
  };

  return {
    ofTicket,
    ofDraft,
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

/** Names, links and the clock, for whoever reads the card. */
function around({ directory, clock, offsetMinutes, publicUrl }: Parts, personId: PersonId): Surroundings {
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
    now: clock(),
    offsetMinutes,
  };
}

async function lastWords(reader: Reader, ticketId: number) {
  const rows = await reader.rows<{ body: string; plain: string | null }>(
    `SELECT e.body, v.body AS plain FROM event e LEFT JOIN ticket_value v ON v.ticket_id = e.ticket_id AND v.n = e.seq
     WHERE e.ticket_id = ? AND e.type IN (${SPOKEN.map(() => '?').join(',')}) ORDER BY e.seq DESC LIMIT 3`,
    [ticketId, ...SPOKEN],
  );
  return wordsOf(rows.map((row) => decodeEvent(row, row.plain === null ? null : { body: row.plain })));
}

/** The first of these events in which a person said something. */
function wordsOf(events: readonly TicketEvent[]): { by: PersonId; text: string } | null {
  for (const event of events) {
    if (event.actorId === null) continue;
    const text =
      event.type === 'comment.added'
        ? event.personal.text
        : event.type === 'task.done' || event.type === 'task.transferred'
          ? event.personal.comment
          : '';
    if (text) return { by: event.actorId, text };
  }
  return null;
}
