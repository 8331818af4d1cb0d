/** Another ticket that a command names: what the engine can't see of it is judged here, under lock. */
import type { OtherTicket } from '../flow/acts.ts';
import { againRefusal } from '../flow/again.ts';
import type { Directory, PersonId } from '../flow/directory.ts';
import { closedRefusal } from '../flow/guard.ts';
import { isOver, type Ticket } from '../flow/ticket.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import type { Reader, Tx } from '../store/database.ts';
import { mayOn } from './permission.ts';
import type { Templates } from './templates.ts';
import { loadForChange, loadTicket } from './ticketStore.ts';

interface Seeing {
  readonly by: PersonId;
  readonly directory: Directory;
  readonly templates: Pick<Templates, 'at'>;
  /** Epoch ms. */
  readonly now: number;
}

/** Its own template says who its flow admin is. */
async function checkSeen(reader: Reader, { by, directory, templates, now }: Seeing, ticket: Ticket): Promise<void> {
  const template = await templates.at(reader, ticket.template.key, ticket.template.version);
  throwIf(mayOn({ template, ticket, directory, now }, by, 'ticket.view'));
}

/**
 * What is merged must go on somewhere: the other one is there, to be seen by who acts, and not over. It is locked until
 * the end, so two tickets can't be merged into each other at once.
 * @throws Refused
 */
export async function checkOther(tx: Tx, seeing: Seeing, { ticketId }: OtherTicket): Promise<void> {
  const stored = await loadForChange(tx, ticketId);
  if (!stored) throw new Refused(refuse('ticket_not_found'));
  await checkSeen(tx, seeing, stored.ticket);
  if (isOver(stored.ticket.status)) throw new Refused(closedRefusal(stored.ticket));
}

/**
 * The ticket in whose place another one is filed: it is over, its requester (or who filed it for them) files it again,
 * and nothing was filed in its place yet.
 * @throws Refused
 */
export async function followed(reader: Reader, seeing: Seeing, ticketId: number): Promise<Ticket> {
  const stored = await loadTicket(reader, ticketId);
  if (!stored) throw new Refused(refuse('ticket_not_found'));
  const { ticket } = stored;
  await checkSeen(reader, seeing, ticket);
  throwIf(againRefusal(ticket, seeing.by));
  // The link comes a moment later, by a command of its own.
  const other = await reader.one<{ number: string }>(
    'SELECT t.number FROM ticket_again a JOIN ticket t ON t.id = a.again_id WHERE a.ticket_id = ?',
    [ticketId],
  );
  if (other) throw new Refused(refuse('filed_again_already', { number: ticket.number, other: other.number }));
  return ticket;
}
