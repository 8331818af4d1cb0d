/** The tickets that wait for calls: the answer is a command like any other, known again by its origin. */
import type { Database } from '../../store/database.ts';
import type { Tickets } from '../../ticket/tickets.ts';
import { loadTicket } from '../../ticket/ticketStore.ts';
import type { Calls } from './calls.ts';

export function makeTicketCalls({ db, tickets }: { db: Database; tickets: Pick<Tickets, 'act'> }): Calls {
  return {
    async awaits({ ticketId, key }) {
      const stored = await db.read((reader) => loadTicket(reader, ticketId));
      return stored?.ticket.calls.some((call) => call.key === key) ?? false;
    },
    async answered({ ticketId, key, origin, outcome }) {
      await tickets.act({ source: 'call', key: origin }, ticketId, { type: 'answered', by: null, key, outcome });
    },
  };
}
