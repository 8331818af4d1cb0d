/**
 * Updates where each needs a single-use code: one is kept for the moment that matters, when nothing is left to do on the
 * card.
 */
import type { CardRow } from '../store/entity/traffic.ts';
import { type Code, codeOfRow, markShown, spendCode, unspentCodes } from '../ticket/cards.ts';
import { finish, freeze, type Job, settle, updateCall } from './cardJob.ts';
import type { Try } from './queue.ts';
import { attempt, type SenderParts } from './sender.ts';

export async function updateWithCode(parts: SenderParts, job: Job, card: CardRow, tries: readonly Try[]) {
  const own = await parts.db.read((reader) => codeOfRow(reader, card.id, job.row.id));
  return own ? repeatUpdate(parts, job, card, own, tries) : updateByCode(parts, job, card, tries);
}

/** The answer to this row's first attempt was lost: the same code once more. */
async function repeatUpdate(
  parts: SenderParts,
  job: Job,
  card: CardRow,
  own: Code,
  before: readonly Try[],
): Promise<void> {
  const { sent, tried } = await attempt(parts.clock, 'update.card', () => updateCall(job, card, own.code));
  const tries = [...before, tried];
  if (sent.result !== 'code_gone') return finish(parts, job, card, sent, tries);
  // The code is used up: that attempt did arrive, with what was to be shown then.
  await parts.db.write((tx) => markShown(tx, card, card.want_version, 'api'));
  if (card.want_version >= job.view.version) return settle(parts, job, 'sent', tries);
  return updateByCode(parts, job, card, tries);
}

async function updateByCode(parts: SenderParts, job: Job, card: CardRow, before: readonly Try[]): Promise<void> {
  const { db, clock } = parts;
  const { row, view } = job;
  const codes = await db.read((reader) => unspentCodes(reader, card.id, clock()));
  // Not yet the moment that matters, and only one code: keep it. A click meanwhile is answered with the present state.
  if (!view.final && codes.length < 2) return settle(parts, job, 'merged', before);
  const tries = [...before];
  for (const code of codes) {
    const spending = { card, outboxId: row.id, version: view.version };
    if (!(await spendCode(db, code, spending, clock))) continue;
    const { sent, tried } = await attempt(clock, 'update.card', () => updateCall(job, card, code.code));
    tries.push(tried);
    if (sent.result !== 'code_gone') return finish(parts, job, card, sent, tries);
  }
  return freeze(parts, job, card, tries);
}
