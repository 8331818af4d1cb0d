/**
 * Every command's frame: one transaction that ends with its inbox row, so that a command delivered again changes
 * nothing and gets the first answer. The row is written last and checked only when something is in the way
 * (a duplicate key, a refusal): the ordinary command pays one insert for it and no query.
 */
import type { Clock } from '../lib/clock.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { Database, InsertPart, Part, Tx } from '../store/database.ts';
import { Again } from './ticketStore.ts';

/** Names a command for ever: the same for each redelivery. `data-model.md`, `inbox`. */
export interface Origin {
  /** Workspace and channel, token, or timer. */
  readonly source: string;
  readonly key: string;
  /** An act on two tickets is two commands with the same key. */
  readonly part?: string;
  /** Too old to be believed unless it is a duplicate of something accepted: refused as `replayed`. */
  readonly stale?: boolean;
}

export interface Done<T> {
  readonly answer: T;
  readonly ticketId?: number;
  /** It only looked: without an inbox row, whoever asks again gets the present answer and not an old one. */
  readonly looked?: boolean;
  /** Inserted together with the inbox row, in one round trip where the engine can. */
  readonly parts?: readonly Part[];
}

export interface Once {
  /**
   * @param work    repeatable: it runs again after a lost race
   * @returns       its answer (JSON), or the stored one with `again: true`
   * @throws        Refused, and whatever `work` throws; then nothing was written
   */
  <T>(origin: Origin | null, work: (tx: Tx) => Promise<Done<T>>): Promise<{ answer: T; again: boolean }>;
}

/** Races for one ticket that a command may lose before it gives up; 20 clicks at once lose at most 19. */
const MOST_RACES = 40;

export function makeOnce({ db, clock }: { db: Database; clock: Clock }): Once {
  const stored = async <T>(origin: Origin | null): Promise<{ answer: T; again: boolean } | null> => {
    if (!origin) return null;
    const row = await db.read((reader) =>
      reader.one<{ answer: string | null }>('SELECT answer FROM inbox WHERE source = ? AND msg_key = ? AND part = ?', [
        origin.source,
        origin.key,
        origin.part ?? '',
      ]),
    );
    return row && { answer: (row.answer === null ? undefined : JSON.parse(row.answer)) as T, again: true };
  };

  return async <T>(origin: Origin | null, work: (tx: Tx) => Promise<Done<T>>) => {
    if (origin?.stale) {
      const first = await stored<T>(origin);
      if (first) return first;
      throw new Refused(refuse('replayed'));
    }
    for (let race = 0; ; race += 1) {
      try {
        const answer = await db.write(async (tx) => {
          const done = await work(tx);
          await tx.insertLast([...(done.parts ?? []), ...inboxPart(origin, done, clock())]);
          return done.answer;
        });
        return { answer, again: false };
      } catch (error) {
        // A refusal may only mean that the first delivery was accepted meanwhile.
        const known = error instanceof Refused || db.isDuplicate(error) ? await stored<T>(origin) : null;
        if (known) return known;
        const again = error instanceof Again || db.isDuplicate(error);
        if (!again || race >= MOST_RACES) throw error;
        if (error instanceof Again) await error.first();
      }
    }
  };
}

function inboxPart<T>(origin: Origin | null, done: Done<T>, now: number): InsertPart[] {
  if (!origin || done.looked) return [];
  const row = {
    source: origin.source,
    msg_key: origin.key,
    part: origin.part ?? '',
    ticket_id: done.ticketId ?? null,
    received_at: now,
    answer: done.answer === undefined ? null : JSON.stringify(done.answer),
  };
  return [{ table: 'inbox', rows: [row] }];
}
