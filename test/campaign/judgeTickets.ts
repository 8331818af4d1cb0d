/** K2: the event log replays to the row's state, its hash chain holds, and every story came to its end. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { fold } from '../../src/flow/fold.ts';
import type { Database } from '../../src/store/database.ts';
import { loadEvents, loadTicket } from '../../src/ticket/ticketStore.ts';
import type { Verdict } from './finding.ts';
import type { Plan } from './story.ts';
import type { Told } from './judgeActs.ts';

const STATUS = { closed: 'closed', withdrawn: 'withdrawn', left: 'processing' } as const;

/** @param plans  by title */
export async function judgeTickets(
  db: Database,
  plans: ReadonlyMap<string, Plan>,
): Promise<{ told: Told[]; verdicts: Verdict[] }> {
  const told: Told[] = [];
  const wrong = { fold: [] as string[], chain: [] as string[], end: [] as string[] };
  const ids = await db.read((reader) => reader.rows<{ id: number }>('SELECT id FROM ticket ORDER BY id'));
  for (const { id } of ids) {
    const { stored, events } = await db.read(async (reader) => ({
      stored: await loadTicket(reader, id),
      events: await loadEvents(reader, id),
    }));
    if (!stored) continue;
    const { ticket } = stored;
    told.push({ title: ticket.title, events });
    if (!isDeepStrictEqual(fold(events), ticket)) wrong.fold.push(`${ticket.number} is not what its events say`);
    wrong.chain.push(...(await brokenChain(db, id)).map((problem) => `${ticket.number}: ${problem}`));
    const plan = plans.get(ticket.title);
    if (!plan || ticket.status !== STATUS[plan.end])
      wrong.end.push(`${ticket.number} ${ticket.title} is ${ticket.status}`);
  }
  const looked = ids.length;
  return {
    told,
    verdicts: [
      { id: 'K2', what: 'the events of a ticket rebuild its row', looked, wrong: wrong.fold },
      { id: 'K2', what: 'the hash chain of a ticket verifies', looked, wrong: wrong.chain },
      { id: 'K2', what: 'every ticket came as far as it was to come', looked, wrong: wrong.end },
    ],
  };
}

interface ChainRow {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly plain: string | null;
}

/** Computed here by data-model.md, not by the code that wrote it. */
async function brokenChain(db: Database, ticketId: number): Promise<string[]> {
  const { rows, head } = await db.read(async (reader) => ({
    rows: await reader.rows<ChainRow>(
      `SELECT e.seq, e.body, e.hash, v.salt, v.body AS plain FROM event e
       LEFT JOIN ticket_value v ON v.ticket_id = e.ticket_id AND v.n = e.seq WHERE e.ticket_id = ? ORDER BY e.seq`,
      [ticketId],
    ),
    head: await reader.one<{ last_seq: number; last_hash: string }>(
      'SELECT last_seq, last_hash FROM ticket WHERE id = ?',
      [ticketId],
    ),
  }));
  const problems: string[] = [];
  let previous = '';
  for (const [index, { seq, body, hash, salt, plain }] of rows.entries()) {
    const { personal } = JSON.parse(body) as { personal?: { digest: string } };
    if (seq !== index + 1) problems.push(`event ${index + 1} is missing`);
    if (hash !== sha256(previous + body)) problems.push(`the hash of event ${seq} is wrong`);
    if (personal && personal.digest !== sha256((salt ?? '') + (plain ?? '')))
      problems.push(`what stands beside event ${seq} is not what was said`);
    previous = hash;
  }
  if (head?.last_hash !== previous || head.last_seq !== rows.length) problems.push('the row names another last event');
  return problems;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
