/**
 * The door for everything that is said or clicked in a chat. One event is one transaction: what it changes, what is
 * asked next, the answer, and the inbox row that makes a second delivery harmless.
 */
import { askText } from '../card/askText.ts';
import { parseActionKey } from '../card/actionKey.ts';
import { refusalText } from '../card/refusalText.ts';
import type { Directory, DirectoryPerson } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import { inWords } from '../lib/locale.ts';
import type { Log } from '../lib/log.ts';
import { Refused, type Refusal } from '../lib/refusal.ts';
import type { Database, Tx } from '../store/database.ts';
import { cardByPlatformKey, keepCode, markShown } from '../ticket/cards.ts';
import type { Commands } from '../ticket/commands.ts';
import type { Once } from '../ticket/once.ts';
import { readDraft } from '../ticket/drafts.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import type { Rendered, Renderer } from '../ticket/render.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import type { Templates } from '../ticket/templates.ts';
import type { Answer, InboundEvent, Receive, Workspace } from '../workspace/port.ts';
import { readConversation, saveConversation } from './conversation.ts';
import { handle } from './handle.ts';
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
    if (event.what.type === 'directory') parts.directoryChanged(event.workspace);
    if (event.what.type === 'directory' || event.what.type === 'other') return {};
    const people = directory();
    const personId = people.accounts.get(`${event.workspace}/${event.account}`);
    const person = personId === undefined ? undefined : people.people.get(personId);
    if (!person?.active) {
      parts.directoryChanged(event.workspace);
      return { text: inWords(askText.strangers, 'zh-CN') };
    }
    const origin = { source: `${event.workspace}:${event.channel}`, key: event.key, stale: event.stale };
    try {
      const { answer } = await once<Answer>(origin, (tx) => talkIn(tx, parts, event, person));
      return answer;
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
  const { commands, templates, renderer, offsetMinutes, wake } = parts;
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
  };
  const said = await handle(talk);
  if (what.type === 'click') await noteClick(talk, what, said);
  if (said.awaiting !== undefined || said.ticketId !== undefined) {
    const awaiting = said.awaiting === undefined ? conversation.awaiting : said.awaiting;
    const lastTicketId = said.ticketId ?? conversation.lastTicketId;
    await saveConversation(tx, { workspace, account, chat }, { ...conversation, awaiting, lastTicketId }, now);
  }
  return {
    answer: said.answer,
    ...(said.ticketId === undefined ? {} : { ticketId: said.ticketId }),
    ...(said.parts ? { parts: said.parts } : {}),
  };
}

/** Keeps the click's code, and notes what the answer shows on the clicked card. */
async function noteClick({ tx, event, now, capabilities }: Talk, click: Click, said: Said): Promise<void> {
  const card = await cardByPlatformKey(tx, event.workspace, click.card);
  if (!card) return;
  const spent = said.answer.card !== undefined && capabilities.answerSpendsCode;
  if (click.code)
    await keepCode(tx, { cardId: card.id, workspace: event.workspace, ...click.code, origin: 'click', spent }, now);
  if (said.adopts) {
    await tx.run('UPDATE card SET ticket_id = ?, draft_id = NULL, role = ?, shown_version = NULL WHERE id = ?', [
      said.adopts.ticketId,
      'requester',
      card.id,
    ]);
    await markShown(tx, card.id, said.adopts.version, 'answer', null);
  } else if (said.shows !== undefined) await markShown(tx, card.id, said.shows, 'answer', null);
}

/**
 * Nothing was done. A click still brought its code, which is kept; and where the card tells best what happened
 * (somebody was first), it is answered with the present state.
 */
async function refused(
  parts: ChatParts,
  event: InboundEvent,
  person: DirectoryPerson,
  refusal: Refusal,
  now: number,
): Promise<Answer> {
  const text = refusalText(refusal, person.locale ?? 'zh-CN');
  if (event.what.type !== 'click') return { text };
  const click = event.what;
  const capabilities = parts.workspaces.get(event.workspace)?.capabilities;
  const view =
    capabilities?.answersCard && SHOWN_BY_CARD.includes(refusal.refused)
      ? await presentView(parts, click, person.id)
      : null;
  await parts.db.write(async (tx) => {
    const card = await cardByPlatformKey(tx, event.workspace, click.card);
    if (!card) return;
    const spent = view !== null && (capabilities?.answerSpendsCode ?? true);
    if (click.code)
      await keepCode(tx, { cardId: card.id, workspace: event.workspace, ...click.code, origin: 'click', spent }, now);
    if (view) await markShown(tx, card.id, view.version, 'answer', null);
  });
  return view ? { card: view.card } : { text };
}

function presentView(
  { db, renderer, templates, directory }: ChatParts,
  click: Click,
  personId: number,
): Promise<Rendered | null> {
  const action = parseActionKey(click.key);
  if (!action) return Promise.resolve(null);
  return db.read(async (reader) => {
    if (action.on === 'draft') {
      const draft = await readDraft(reader, action.draftId);
      return draft?.personId === personId ? renderer.draftCard(draft.id) : null;
    }
    const stored = await loadTicket(reader, action.ticketId);
    // A stranger's click shows nothing of the ticket.
    if (!stored || mayOnTicket(directory(), personId, 'ticket.view', stored.ticket)) return null;
    const { key, version } = stored.ticket.template;
    const seen = { ticket: stored.ticket, template: await templates.at(reader, key, version) };
    return renderer.ofTicket(reader, seen, personId, action.on === 'task' ? action.task : null);
  });
}
