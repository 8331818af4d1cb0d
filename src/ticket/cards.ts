/** Card rows and their single-use update codes: what each person has in front of them, and how it may still be changed. */
import type { Clock } from '../lib/clock.ts';
import type { Database, Reader, Tx } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';

export interface CardPlace {
  readonly ticketId: number | null;
  readonly draftId: number | null;
  readonly workspace: string;
  /** The account that it is shown to. */
  readonly receiver: string;
  readonly role: string;
}

export interface Code {
  readonly id: number;
  readonly code: string;
}

/** Newest first. @param accounts  to which they are shown, in whatever workspace: one person's, so there are few */
export async function cardsOf(
  reader: Reader,
  { ticketId, draftId }: Pick<CardPlace, 'ticketId' | 'draftId'>,
  roles: readonly string[],
  accounts: readonly string[],
): Promise<CardRow[]> {
  if (accounts.length === 0) return [];
  const [column, id] = ticketId !== null ? ['ticket_id', ticketId] : ['draft_id', draftId];
  const places = (all: readonly string[]) => all.map(() => '?').join(',');
  return reader.rows<CardRow>(
    `SELECT * FROM card WHERE ${column} = ? AND receiver IN (${places(accounts)}) AND role IN (${places(roles)}) ORDER BY id DESC`,
    [id, ...accounts, ...roles],
  );
}

/** A row for a card that is about to be sent: its key is fixed before the call and the same on each retry. */
export function beginCard(db: Database, place: CardPlace, gen: number, wantVersion: number): Promise<CardRow> {
  return db.write(async (tx) => {
    const row: Omit<CardRow, 'id'> = {
      ticket_id: place.ticketId,
      draft_id: place.draftId,
      workspace_id: place.workspace,
      receiver: place.receiver,
      role: place.role,
      gen,
      platform_key: null,
      message_id: null,
      want_version: wantVersion,
      shown_version: null,
      shown_by: null,
      state: 'live',
    };
    const id = await tx.insertId('card', row);
    const platformKey = `c${id}-${gen}`;
    await tx.run('UPDATE card SET platform_key = ? WHERE id = ?', [platformKey, id]);
    return { ...row, id, platform_key: platformKey };
  });
}

export function cardByPlatformKey(reader: Reader, workspace: string, platformKey: string): Promise<CardRow | null> {
  return reader.one<CardRow>('SELECT * FROM card WHERE workspace_id = ? AND platform_key = ?', [
    workspace,
    platformKey,
  ]);
}

/**
 * The card's new look reached its reader (or is on its way in a callback's answer, which the platform fetches until it
 * has it). Only while the card is still what was rendered: a draft's card may have become its ticket's meanwhile, and
 * versions of drafts and tickets can't be compared.
 */
export async function markShown(
  tx: Tx,
  card: Pick<CardRow, 'id' | 'role'>,
  version: number,
  by: 'api' | 'answer',
): Promise<void> {
  await tx.run(
    `UPDATE card SET shown_version = ?, shown_by = ?, state = 'live' WHERE id = ? AND role = ? AND (shown_version IS NULL OR shown_version <= ?)`,
    [version, by, card.id, card.role, version],
  );
}

/** Under which name the platform knows it. */
export async function markSent(tx: Tx, cardId: number, messageId: string): Promise<void> {
  await tx.run('UPDATE card SET message_id = ? WHERE id = ?', [messageId, cardId]);
}

export async function setCardState(db: Database, cardId: number, state: 'live' | 'frozen' | 'lost'): Promise<void> {
  await db.write((tx) => tx.run('UPDATE card SET state = ? WHERE id = ?', [state, cardId]));
}

export interface NewCode {
  readonly cardId: number;
  readonly workspace: string;
  readonly code: string;
  readonly until: number;
  readonly origin: 'send' | 'click';
  /** Used up by the very answer that brings it. */
  readonly spent: boolean;
}

/** Keeps a code; one that is known already (a callback delivered again) stays as it is. */
export async function keepCode(tx: Tx, code: NewCode, now: number): Promise<void> {
  const known = await tx.one('SELECT id FROM card_code WHERE workspace_id = ? AND code = ?', [
    code.workspace,
    code.code,
  ]);
  if (known) return;
  await tx.insert('card_code', [
    {
      card_id: code.cardId,
      workspace_id: code.workspace,
      code: code.code,
      origin: code.origin,
      got_at: now,
      until: code.until,
      spent_at: code.spent ? now : null,
      outbox_id: null,
    },
  ]);
}

/** Whoever clicks has the card in front of them, though the answer to its sending may have been lost. */
export async function noteClicked(tx: Tx, card: CardRow, code: NewCode | null, now: number): Promise<void> {
  if (card.shown_version === null) await markShown(tx, card, card.want_version, 'api');
  if (code) await keepCode(tx, code, now);
}

export async function unspentCodes(reader: Reader, cardId: number, now: number): Promise<Code[]> {
  return reader.rows<Code>(
    'SELECT id, code FROM card_code WHERE card_id = ? AND spent_at IS NULL AND until > ? ORDER BY until, id',
    [cardId, now],
  );
}

/** A code that this very row spent before its answer was lost: it is tried once more, and "used" then means that the first attempt arrived. */
export function codeOfRow(reader: Reader, cardId: number, outboxId: number): Promise<Code | null> {
  const sql = 'SELECT id, code FROM card_code WHERE card_id = ? AND outbox_id = ? ORDER BY id DESC LIMIT 1';
  return reader.one<Code>(sql, [cardId, outboxId]);
}

/**
 * Committed before the call, so that a crash can't use a code twice without knowing; with what the call is to show, so
 * that a later one knows what a lost answer stood for.
 */
export async function spendCode(
  db: Database,
  code: Code,
  { card, outboxId, version }: { card: Pick<CardRow, 'id' | 'role'>; outboxId: number; version: number },
  clock: Clock,
): Promise<boolean> {
  return db.write(async (tx) => {
    const wanted = 'UPDATE card SET want_version = ? WHERE id = ? AND role = ?';
    if ((await tx.run(wanted, [version, card.id, card.role])) !== 1) return false;
    const spent = 'UPDATE card_code SET spent_at = ?, outbox_id = ? WHERE id = ? AND spent_at IS NULL';
    return (await tx.run(spent, [clock(), outboxId, code.id])) === 1;
  });
}
