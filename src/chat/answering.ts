/**
 * How words and cards get back to whoever said or clicked something. Some events take words in their answer, some take a
 * card, some neither: what an answer can't carry is said on the card, or as a message of its own.
 */
import type { Card } from '../card/card.ts';
import { groupOf } from '../lib/chat.ts';
import type { Database, InsertPart, NewRow, Part } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { markShown } from '../ticket/cards.ts';
import { CardPayload, outboxPart, sayRow, taskOfRole } from '../ticket/outboxRow.ts';
import type { Answer, Answered, InboundEvent } from '../workspace/port.ts';
import { cardLook } from './clickedCard.ts';
import { clickedCard } from './onCard.ts';
import type { Said, Talk } from './talk.ts';

/** How long the answer to a click may take to leave before its card is changed by a call of its own. */
const ANSWER_MS = 3_000;

/** What a card shows once the answer that carries it has left. */
export type Shown = Pick<CardRow, 'id' | 'role'> & {
  readonly version: number;
  /** In which the card's own row waits for the answer, and others behind it; null: nothing waits. */
  readonly lane: string | null;
};

interface Parts {
  readonly db: Database;
  readonly clock: () => number;
  readonly wake: () => void;
  readonly log: { error(message: string, more?: Readonly<Record<string, unknown>>): void };
}

/** Puts what is said where the event's answer can carry it. */
export async function inTheAnswer(talk: Talk, said: Said): Promise<Said> {
  const { event, capabilities } = talk;
  const late = said.answer.card && !capabilities.clicksAgain ? await answeredLate(talk, said) : said;
  const { text, link } = said.answer;
  if (event.takes.text || !text) return late;
  if (event.takes.card && !said.answer.card && !link) {
    const card = await clickedCard(talk);
    const view = card && (await cardLook(talk, talk.tx, card, talk.person.id));
    if (view)
      return { ...said, answer: { card: withGiven({ ...view.card, notice: text }, event) }, shows: view.version };
  }
  talk.tx.afterCommit(talk.wake);
  const { card } = said.answer;
  return {
    ...late,
    answer: card ? { card } : {},
    parts: [...(late.parts ?? []), sayPart(event, { text, ...(link ? { link } : {}) }, talk.now)],
  };
}

/** What was typed stands there again, also where it can't be taken as it is: nobody likes to write it twice. */
function withGiven(card: Card, { what }: InboundEvent): Card {
  const given = what.type === 'click' ? what.picked : {};
  const inputs = card.inputs.map((input) => {
    const typed = (given[input.key] ?? []).filter((text) => text.trim() !== '');
    return typed.length > 0 ? { ...input, value: typed } : input;
  });
  return { ...card, inputs };
}

async function answeredLate(talk: Talk, said: Said): Promise<Said> {
  const card = await clickedCard(talk);
  const task = card && !said.adopts ? taskOfRole(card.role) : null;
  return { ...said, parts: withPatience(said.parts ?? [], { personId: talk.person.id, task }, talk.now) };
}

/** Says it to whoever caused the event, outside of any transaction. */
export async function sayTo({ db, clock, wake }: Parts, event: InboundEvent, text: string): Promise<Answer> {
  if (event.takes.text) return { text };
  // The platform itself, or somebody without a name and a way to answer.
  if (event.account === '' && !event.reply) return {};
  await db.write(async (tx) => {
    await tx.insertAll([sayPart(event, { text }, clock())]);
    tx.afterCommit(wake);
  });
  return {};
}

function sayPart(event: InboundEvent, said: Pick<Answer, 'link'> & { text: string }, now: number): InsertPart {
  const { workspace, chat, account, reply } = event;
  const mention = groupOf(chat) === null || account === '' ? {} : { mention: account };
  return outboxPart([sayRow(workspace, { chat, ...said, ...(reply ? { reply } : {}), ...mention }, now)]);
}

/**
 * The clicked card is about to be shown by the answer: the row that would show it by a call waits until the answer had
 * time to leave. If it never does, the row repairs the card.
 */
function withPatience(
  parts: readonly Part[],
  { personId, task }: { personId: number; task: number | null },
  now: number,
) {
  const isItsOwn = (row: NewRow): boolean => {
    if (row['kind'] === 'draft') return true;
    if (row['kind'] !== 'card') return false;
    const of = CardPayload.parse(JSON.parse(String(row['payload'])));
    return of.personId === personId && of.task === task;
  };
  const patient = (row: NewRow): NewRow => (isItsOwn(row) ? { ...row, due_at: now + ANSWER_MS } : row);
  return parts.map((part): Part =>
    'table' in part && part.table === 'outbox' ? { ...part, rows: part.rows.map(patient) } : part,
  );
}

/** Notes what the card shows when the answer has left. */
export function withLeft({ db, clock, wake, log }: Parts, answer: Answer, shown: Shown | null): Answered {
  if (!shown) return answer;
  const left = () =>
    void db
      .write(async (tx) => {
        await markShown(tx, shown, shown.version, 'answer');
        if (shown.lane === null) return;
        // What nobody has taken up yet need not wait any longer: a to-do to be ended, the next card of the same reader.
        const rest = "UPDATE outbox SET due_at = ? WHERE lane = ? AND state = 'waiting' AND fence = 0 AND due_at > ?";
        const now = clock();
        if ((await tx.run(rest, [now, shown.lane, now])) > 0) tx.afterCommit(wake);
      })
      // The card's row finds it not shown, and shows it by a call.
      .catch((error: unknown) => log.error('an answered card could not be noted', { card: shown.id, error }));
  return { ...answer, left };
}
