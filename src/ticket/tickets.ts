/** The door to tickets for API, pages, chat and timers: file, act, see. Each command is one transaction. */
import type { OtherTicket } from '../flow/acts.ts';
import type { Directory } from '../flow/directory.ts';
import type { TicketEvent } from '../flow/event.ts';
import type { Clock } from '../lib/clock.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import type { Database, Reader } from '../store/database.ts';
import type { AttachmentRow } from '../store/entity/ticket.ts';
import { ticketAttachments } from './attachments.ts';
import type { ActCommand, Commands, FileInput } from './commands.ts';
import type { Once, Origin } from './once.ts';
import { idOfNumber } from './lists.ts';
import { mayOn } from './permission.ts';
import type { Templates } from './templates.ts';
import { loadEvents, loadTicket } from './ticketStore.ts';

/** What a caller is told of an accepted command; stored with the inbox row, so it is small and holds nobody's words. */
export interface Receipt {
  readonly ticketId: number;
  readonly number: string;
  readonly status: Ticket['status'];
  readonly version: number;
}

/** A ticket as somebody may see it. */
export interface Seen {
  readonly ticket: Ticket;
  readonly template: Template;
}
export interface SeenWhole extends Seen {
  readonly events: readonly TicketEvent[];
  readonly attachments: readonly AttachmentRow[];
}

export interface Tickets {
  /** @throws Refused */
  file(origin: Origin | null, input: FileInput): Promise<Receipt>;
  /** @throws Refused; a ticket that the person may not see is `ticket_not_found` */
  act(origin: Origin | null, ticketId: number, command: ActCommand): Promise<Receipt>;
  /** @throws Refused `ticket_not_found`, also for tickets that the person may not see */
  see(personId: number, ticketId: number): Promise<Seen>;
  /** The ticket of that number, however it is written. @throws Refused `ticket_not_found`, also for what the person may not see */
  named(personId: number, number: string): Promise<OtherTicket>;
  /** With history and files. */
  seeWhole(personId: number, ticketId: number): Promise<SeenWhole>;
}

interface Parts {
  readonly clock: Clock;
  readonly db: Database;
  readonly once: Once;
  readonly commands: Commands;
  readonly templates: Templates;
  readonly directory: () => Directory;
}

export const receiptOf = (ticket: Ticket): Receipt => ({
  ticketId: ticket.id,
  number: ticket.number,
  status: ticket.status,
  version: ticket.version,
});

export function makeTickets({ db, once, clock, commands, templates, directory }: Parts): Tickets {
  const seen = async (reader: Reader, personId: number, ticketId: number): Promise<Seen> => {
    const stored = await loadTicket(reader, ticketId);
    if (!stored) throw new Refused(refuse('ticket_not_found'));
    const { ticket } = stored;
    const template = await templates.at(reader, ticket.template.key, ticket.template.version);
    throwIf(mayOn({ template, ticket, directory: directory(), now: clock() }, personId, 'ticket.view'));
    return { ticket, template };
  };

  return {
    async file(origin, input) {
      const { answer } = await once(origin, async (tx) => {
        const { step, parts } = await commands.file(tx, input);
        return { answer: receiptOf(step.ticket), ticketId: step.ticket.id, parts };
      });
      return answer;
    },
    async act(origin, ticketId, command) {
      const { answer } = await once(origin, async (tx) => {
        const { step, parts } = await commands.act(tx, ticketId, command);
        return { answer: receiptOf(step.ticket), ticketId, parts };
      });
      return answer;
    },
    see: (personId, ticketId) => db.read((reader) => seen(reader, personId, ticketId)),
    named: (personId, number) =>
      db.read(async (reader) => {
        const id = await idOfNumber(reader, number.trim().toUpperCase());
        const { ticket } = await seen(reader, personId, id ?? -1);
        return { ticketId: ticket.id, number: ticket.number };
      }),
    seeWhole: (personId, ticketId) =>
      db.read(async (reader) => ({
        ...(await seen(reader, personId, ticketId)),
        events: await loadEvents(reader, ticketId),
        attachments: await ticketAttachments(reader, ticketId),
      })),
  };
}
