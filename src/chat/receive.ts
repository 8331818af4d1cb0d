/**
 * The door for everything that is said or clicked in a chat. One event is one transaction: what it changes, what is
 * asked next, the answer, and the inbox row that makes a second delivery harmless.
 */
import type { Asking } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { parseActionKey } from '../card/actionKey.ts';
import { refusalText } from '../card/refusalText.ts';
import type { Directory, DirectoryPerson } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { inWords } from '../lib/locale.ts';
import type { Log } from '../lib/log.ts';
import { Refused, refuse, type Refusal } from '../lib/refusal.ts';
import type { Database, Reader, Tx } from '../store/database.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { cardByPlatformKey, markShown, type NewCode, noteClicked } from '../ticket/cards.ts';
import type { Commands } from '../ticket/commands.ts';
import type { Once } from '../ticket/once.ts';
import { cardRole, laneOf } from '../ticket/outboxRow.ts';
import type { Renderer } from '../ticket/render.ts';
import type { Templates } from '../ticket/templates.ts';
import type { Answer, Answered, InboundEvent, Receive, Workspace } from '../workspace/port.ts';
import { type CardFace, cardLook, offers } from './clickedCard.ts';
import { readConversation, saveConversation } from './conversation.ts';
import { handle } from './handle.ts';
import { inTheAnswer, sayTo, type Shown, withLeft } from './answering.ts';
import type { Said, Talk } from './talk.ts';

export interface ChatParts {
  readonly db: Database;
  readonly once: Once;
  readonly commands: Commands;
  readonly templates: Templates;
  readonly renderer: Renderer;
  readonly directory: () => Directory;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly clock: Clock;
  readonly log: Log;
  readonly offsetMinutes: number;
  readonly wake: () => void;
  readonly cache: Talk['cache'];
  /** The platform said that people changed, or somebody unknown wrote: have the directory synced soon. */
  readonly directoryChanged: (workspace: string) => void;
}

type Click = Extract<InboundEvent['what'], { type: 'click' }>;

/** Refusals that the card itself explains best: it shows who was first and how it stands. */
const SHOWN_BY_CARD: readonly Refusal['refused'][] = [
  'task_over',
  'already_claimed',
  'ticket_closed',
  'changed_meanwhile',
  'draft_gone',
];

export function makeChat(parts: ChatParts): Receive {
  const { once, directory, clock } = parts;

  return async (event) => {
    if (event.what.type === 'directory' || event.what.type === 'other') {
      // Kept in no inbox, so that an old one can't be told from a forger's copy; a sweep brings what it would have told.
      if (event.stale) throw new Refused(refuse('replayed'));
      if (event.what.type === 'directory') parts.directoryChanged(event.workspace);
      return {};
    }
    const people = directory();
    const personId = people.accounts.get(`${event.workspace}/${event.account}`);
    const person = personId === undefined ? undefined : people.people.get(personId);
    if (!person?.active) {
      // Whom the platform itself does not name is in no directory of its.
      if (event.account !== '') parts.directoryChanged(event.workspace);
      return sayTo(parts, event, inWords(askText.strangers, 'zh-CN'));
    }
    const origin = { source: `${event.workspace}:${event.channel}`, key: event.key, stale: event.stale };
    try {
      let shown: Shown | null = null;
      const { answer, again } = await once<Answer>(origin, async (tx) => {
        const { shows, ...done } = await talkIn(tx, parts, event, person);
        shown = shows;
        return done;
      });
      if (!again) return withLeft(parts, answer, shown);
      // What the losing twin of a delivery saw was never written: the answer is the first one's, which notes it itself.
      return (await pressedBefore(parts, event, person)) ?? answer;
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.refused === 'replayed') throw error;
      return refused(parts, event, person, error.refusal, clock());
    }
  };
}

async function talkIn(tx: Tx, parts: ChatParts, event: InboundEvent, person: DirectoryPerson) {
  const now = parts.clock();
  const { workspace, account, chat, what } = event;
  const conversation = (await readConversation(tx, { workspace, account, chat }, now)) ?? null;
  const capabilities = parts.workspaces.get(workspace)?.capabilities;
  if (!conversation || !capabilities) throw new Error(`No identity of ${workspace} for a person of the directory`);
  const { commands, templates, renderer, offsetMinutes, wake, cache } = parts;
  const locale = person.locale ?? 'zh-CN';
  const directory = parts.directory();
  const talk: Talk = {
    tx,
    event,
    person,
    directory,
    locale,
    now,
    offsetMinutes,
    conversation,
    capabilities,
    commands,
    templates,
    renderer,
    wake,
    cache,
  };
  const said = await inTheAnswer(talk, await handle(talk));
  const shows = what.type === 'click' ? await noteClick(talk, what, said) : null;
  if (said.awaiting !== undefined || said.ticketId !== undefined) {
    const awaiting = said.awaiting === undefined ? conversation.awaiting : said.awaiting;
    const lastTicketId = said.ticketId ?? conversation.lastTicketId;
    await saveConversation(tx, { workspace, account, chat }, { ...conversation, awaiting, lastTicketId }, now);
  }
  return {
    answer: said.answer,
    shows,
    ...(said.ticketId === undefined ? {} : { ticketId: said.ticketId }),
    ...(said.parts ? { parts: said.parts } : {}),
    looked: said.looked ?? false,
  };
}

/** Keeps the click's code, and notes what the answer shows on the clicked card. @returns what it shows once it has left */
async function noteClick(
  { tx, event, now, capabilities, person: { id: personId } }: Talk,
  click: Click,
  said: Said,
): Promise<Shown | null> {
  const card = await cardByPlatformKey(tx, event.workspace, click.card);
  if (!card) return null;
  const spent = said.answer.card !== undefined && capabilities.answerSpendsCode;
  await noteClicked(tx, card, codeOf(click, card, event.workspace, spent), now);
  const { adopts } = said;
  if (adopts) {
    // What it was to show as a draft's is no version of the ticket.
    const sql =
      'UPDATE card SET ticket_id = ?, draft_id = NULL, role = ?, shown_version = NULL, want_version = 0 WHERE id = ?';
    await tx.run(sql, [adopts.ticketId, cardRole(null), card.id]);
  }
  const version = adopts?.version ?? said.shows;
  if (version === undefined) return null;
  const ticketId = adopts?.ticketId ?? card.ticket_id;
  const lane = ticketId === null ? null : laneOf(ticketId, personId);
  const shown = { id: card.id, role: adopts ? cardRole(null) : card.role, version, lane };
  if (!capabilities.clicksAgain) return shown;
  await markShown(tx, shown, version, 'answer');
  return null;
}

/**
 * Where the platform never delivers a click again, the same click is the same button of an old card pressed once more,
 * perhaps a day later: it is answered with the present state. @returns null for anything else
 */
async function pressedBefore(parts: ChatParts, event: InboundEvent, person: DirectoryPerson): Promise<Answered | null> {
  const { workspaces, db } = parts;
  if (event.what.type !== 'click' || workspaces.get(event.workspace)?.capabilities.clicksAgain !== false) return null;
  const click = event.what;
  const { card, look } = await db.read((reader) => lookAt(parts, reader, event.workspace, click, person));
  return look && withLeft(parts, { card: look.card }, card && { ...card, version: look.version, lane: null });
}

/** The clicked card, and how it looks now. */
async function lookAt(
  parts: ChatParts,
  reader: Reader,
  workspace: string,
  click: Click,
  person: DirectoryPerson,
  asking?: Asking,
) {
  const { renderer, templates } = parts;
  const seen = { directory: parts.directory(), templates, renderer };
  const card = await cardByPlatformKey(reader, workspace, click.card);
  return { card, look: await cardLook(seen, reader, card ?? placeOf(click), person.id, asking) };
}

/**
 * Nothing was done. A click still brought its code, which is kept; and where the card tells best what happened, it is
 * answered with the present state: somebody was first, or the button is no longer there because an earlier answer never
 * reached this card. Where a click takes no words, the card says them.
 */
async function refused(
  parts: ChatParts,
  event: InboundEvent,
  person: DirectoryPerson,
  refusal: Refusal,
  now: number,
): Promise<Answered> {
  const text = refusalText(refusal, person.locale ?? 'zh-CN');
  if (event.what.type !== 'click') return sayTo(parts, event, text);
  const click = event.what;
  const capabilities = parts.workspaces.get(event.workspace)?.capabilities;
  const { card, look } = await parts.db.read((reader) =>
    lookAt(parts, reader, event.workspace, click, person, askedBy(click)),
  );
  const tells = look && (SHOWN_BY_CARD.includes(refusal.refused) || !offers(look.card, click.key));
  const view = event.takes.card && (tells || !event.takes.text) ? look : null;
  const spent = view !== null && (capabilities?.answerSpendsCode ?? true);
  const late = capabilities?.clicksAgain === false;
  if (card)
    await parts.db
      .write(async (tx) => {
        await noteClicked(tx, card, codeOf(click, card, event.workspace, spent), now);
        if (view && !late) await markShown(tx, card, view.version, 'answer');
      })
      .catch((error: unknown) => {
        // The same refused click came twice at once, and the other one has kept its code.
        if (!parts.db.isDuplicate(error)) throw error;
      });
  if (!view) return sayTo(parts, event, text);
  const notice = event.takes.text ? null : text;
  const shown = card && late ? { ...card, version: view.version, lane: null } : null;
  return withLeft(parts, { card: { ...view.card, notice } }, shown);
}

const codeOf = (click: Click, { id }: CardRow, workspace: string, spent: boolean): NewCode | null =>
  click.code && { cardId: id, workspace, ...click.code, origin: 'click', spent };

/** What was filled in stands there again: only one thing about it may be wrong. */
function askedBy({ key, picked }: Click): Asking | undefined {
  const action = parseActionKey(key);
  if (Object.keys(picked).length === 0 || !action || action.on === 'draft') return undefined;
  const { act } = action;
  return act === 'fill' || act === 'look' || act === 'more' || act === 'again'
    ? undefined
    : { act, pressed: true, given: picked };
}

/** Of a card that we do not know (any more): what its button names. */
function placeOf({ key }: Click): CardFace {
  const action = parseActionKey(key);
  if (!action) return { ticket_id: null, draft_id: null, role: '' };
  if (action.on === 'draft') return { ticket_id: null, draft_id: action.draftId, role: 'draft' };
  const task = action.on === 'task' ? action.task : null;
  return { ticket_id: action.ticketId, draft_id: null, role: cardRole(task) };
}
