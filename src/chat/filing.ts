/**
 * Filing in a chat: a draft takes what the words already said; choices are asked on its card, free text in the chat.
 * Whatever comes first is kept, and the ticket is filed when the button was pressed and nothing is missing.
 */
import type { Given } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { filingScope } from '../flow/formScope.ts';
import type { Template } from '../flow/template.ts';
import { checkValues } from '../form/check.ts';
import type { Field, Values } from '../form/field.ts';
import { groupOf } from '../lib/chat.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import { refusalText } from '../card/refusalText.ts';
import type { Part } from '../store/database.ts';
import type { Again } from '../ticket/again.ts';
import {
  beginDraft,
  closeDraft,
  type Draft,
  lockDraft,
  openDraftOf,
  openDraftsOf,
  putAside,
  readDraft,
  saveDraft,
} from '../ticket/drafts.ts';
import { fileDraft } from '../ticket/fileDraft.ts';
import { draftRow, outboxPart } from '../ticket/outboxRow.ts';
import { mayOpenForm } from '../ticket/permission.ts';
import { cardLook } from './clickedCard.ts';
import { PATIENCE_MS } from './conversation.ts';
import { knownText, labelsText, settledValues, shown, understood } from './draftForm.ts';
import { askField, isTypable, readField, readPicked } from './fields.ts';
import { asksOnCard, clickedCard } from './onCard.ts';
import { inTheirs, say, type Said, type Talk } from './talk.ts';

/** Opens a form with what was said, for oneself or for somebody else. @throws Refused when that may not be filed */
export async function startFiling(
  talk: Talk,
  template: Template,
  rest: string,
  requesterId = talk.person.id,
): Promise<Said> {
  throwIf(mayOpenForm(template, talk.person.id, requesterId, talk));
  const values = understood(template, rest);
  const settled = settledValues(talk, template, values, requesterId);
  const told = askText.opened(template.name, knownText(talk, template, values), requesterName(talk, requesterId));
  return begin(talk, template, settled, told, { requesterId, follows: null });
}

/** Of somebody else; `''`: it is one's own. */
const requesterName = ({ directory, person }: Talk, id: number): string =>
  id === person.id ? '' : (directory.people.get(id)?.name ?? '');

/** Opens the form of a ticket that is over, filled in. Asked for twice, it is open already. */
export async function startAgain(talk: Talk, { old, template, values }: Again): Promise<Said> {
  const { tx, person, event } = talk;
  const open = await openDraftsOf(tx, { personId: person.id, workspace: event.workspace });
  const same = open.find(({ follows }) => follows?.ticketId === old.id);
  if (same) return formStillOpen(talk, same);
  const { id: ticketId, number, requesterId } = old;
  const known = knownText(talk, template, values);
  const told = askText.openedAgain(template.name, number, known);
  return begin(talk, template, values, told, { requesterId, follows: { ticketId, number } });
}

export async function formStillOpen(talk: Talk, draft: Draft): Promise<Said> {
  const template = await templateOf(talk, draft);
  return withForm(talk, draft, template, say(talk, [askText.formOpen(template.name)]));
}

async function begin(
  talk: Talk,
  template: Template,
  values: Values,
  told: Words,
  filing: Pick<Draft, 'requesterId' | 'follows'>,
): Promise<Said> {
  const { tx, person, event, now } = talk;
  const place = { personId: person.id, workspace: event.workspace, chat: event.chat };
  // Only one is open at a time, here and in all groups: the cards of those put aside say so.
  const aside = await openDraftsOf(tx, place);
  for (const { id } of aside) await putAside(tx, id, now);
  const draft = await beginDraft(tx, place, template, values, now, filing);
  talk.tx.afterCommit(talk.wake);
  const changed = [...aside.map(({ id }) => id), draft.id];
  const parts = [outboxPart(changed.map((id) => draftRow(id, person.id, now)))];
  return { ...opening(talk, draft, template, told), parts };
}

/** In a group the form is between the two of us; on a card that asks everything there is nothing left to say. */
function opening(talk: Talk, draft: Draft, template: Template, told: Words): Said {
  if (groupOf(draft.chat) !== null)
    return say(talk, [askText.formSent(template.name, requesterName(talk, draft.requesterId))]);
  const said = askNext(talk, draft, template, false, [told]);
  const allOnCard = said.awaiting?.on === 'draft' && said.awaiting.field === null;
  if (allOnCard && hasForms(talk)) return { answer: {}, awaiting: null };
  return withForm(talk, draft, template, said);
}

const hasForms = ({ capabilities }: Talk): boolean => capabilities.inputs.kinds.includes('longtext');

/** The next text of a draft: the value of the field that was asked for. */
export async function answerField(
  talk: Talk,
  waiting: { draftId: number; field: string | null; submit: boolean },
  text: string,
): Promise<Said | null> {
  const draft = await lockDraft(talk.tx, waiting.draftId, talk.now);
  if (!draft?.open) return null;
  const template = await templateOf(talk, draft);
  const asked = shown(talk, template, draft).find(({ field: { id } }) => id === waiting.field);
  const field = asked?.field ?? template.form.find(({ id }) => id === waiting.field);
  if (!field) return null;
  const read = readField(text, field, talk);
  if ('problem' in read) return say(talk, [read.problem, askField(field, talk)]);
  return take(talk, draft, template, { [field.id]: read.value }, waiting.submit, [askText.noted(field.label)]);
}

/**
 * Words while a form stands open on its card and nothing is asked: the first text that it still wants. With none left, what
 * the form waits for is told. @returns null when no form was touched lately
 */
export async function answerForm(talk: Talk, text: string): Promise<Said | null> {
  const draft = await openDraft(talk);
  if (!draft || draft.updatedAt + PATIENCE_MS < talk.now) return null;
  const template = await templateOf(talk, draft);
  const wanted = shown(talk, template, draft).find(({ field, missing }) => missing && PROSE.includes(field.type));
  const waiting = { draftId: draft.id, field: wanted?.field.id ?? null, submit: false };
  return (await answerField(talk, waiting, text)) ?? say(talk, [askText.formOpen(template.name)]);
}

const PROSE: readonly Field['type'][] = ['text', 'textarea'];

/** The card's button, with what was chosen on it. */
export async function submitDraft(talk: Talk, draftId: number, picked: Given, version?: number): Promise<Said> {
  const before = version === undefined ? null : await readDraft(talk.tx, draftId);
  const draft = await lockDraft(talk.tx, draftId, talk.now);
  if (!draft || draft.personId !== talk.person.id) throw new Refused(refuse('draft_gone'));
  if (!draft.open) return pressedAgain(talk, draft);
  const template = await templateOf(talk, draft);
  // Filled in elsewhere since this form was shown: what it shows as empty was never emptied.
  const isOld = before !== null && version !== undefined && before.updatedAt > version;
  const { values, problems } = readPicked(talk, template, picked, isOld ? draft.values : {});
  return take(talk, draft, template, values, problems.length === 0, problems);
}

export async function cancelDraft(talk: Talk, draftId: number): Promise<Said> {
  const draft = await lockDraft(talk.tx, draftId, talk.now);
  if (!draft || draft.personId !== talk.person.id) throw new Refused(refuse('draft_gone'));
  if (!draft.open) return pressedAgain(talk, draft);
  await closeDraft(talk.tx, draft.id, null);
  const after: Draft = { ...draft, open: false };
  talk.tx.afterCommit(talk.wake);
  const parts = [outboxPart([draftRow(draft.id, talk.person.id, talk.now)])];
  if (talk.event.what.type === 'click') return { answer: await draftLook(talk, after), awaiting: null, parts };
  return say(talk, [askText.draftCancelled], { awaiting: null, parts });
}

/** The one that is being filled in here. What began in a group goes on between the two of us. */
export async function openDraft({ tx, person, event }: Talk): Promise<Draft | null> {
  const { workspace, chat } = event;
  const place = { personId: person.id, workspace, chat };
  if (groupOf(chat) !== null) return openDraftOf(tx, place);
  const [newest] = await openDraftsOf(tx, place);
  return newest ?? null;
}

export async function templateOf(talk: Talk, draft: Draft): Promise<Template> {
  return talk.templates.at(talk.tx, draft.template.key, draft.template.version);
}

/** Merges new values into the draft; asks for what is missing, or files it once the button was pressed. */
export async function take(
  talk: Talk,
  draft: Draft,
  template: Template,
  given: Values,
  submit: boolean,
  first: readonly Words[],
): Promise<Said> {
  const values = { ...draft.values, ...given };
  const scope = filingScope(template, draft.requesterId, talk, talk.person.id);
  const checked = checkValues({ fields: template.form, access: {}, values, scope, partial: true });
  if ('problems' in checked && asksOnCard(talk))
    // What was right stays in the form.
    await saveDraft(talk.tx, draft, settledValues(talk, template, values, draft.requesterId), talk.now);
  if ('problems' in checked) return say(talk, [refusalText(refuse('bad_input', {}, checked.problems), talk.locale)]);
  const saved = await saveDraft(talk.tx, draft, checked.values, talk.now);
  const missing = shown(talk, template, saved).some((field) => field.missing);
  if (submit && !missing) return file(talk, saved, template);
  const said = askNext(talk, saved, template, submit, first);
  return { ...said, parts: [...(said.parts ?? []), ...cardFollows(talk, saved)] };
}

/** What was not said on its card shows there, too, where cards change freely: its form would take it back. */
export function cardFollows({ tx, event, capabilities, wake, now }: Talk, draft: Draft): Part[] {
  if (event.what.type === 'click' || capabilities.update !== 'free') return [];
  tx.afterCommit(wake);
  return [outboxPart([draftRow(draft.id, draft.personId, now)])];
}

async function file(talk: Talk, draft: Draft, template: Template): Promise<Said> {
  const { tx, person, commands } = talk;
  const done = await fileDraft(tx, commands, draft);
  const { ticket } = done.step;
  const more = { ticketId: ticket.id, awaiting: null };
  if (talk.event.takes.card) {
    // The draft's card becomes the ticket's: one message less, and its code stays for the end.
    const view = await talk.renderer.ofTicket(tx, { ticket, template, news: done.step.events }, person.id, null);
    if (view)
      return {
        answer: { card: view.card },
        adopts: { ticketId: ticket.id, version: view.version },
        parts: done.parts,
        ...more,
      };
  }
  const parts = [...done.parts, outboxPart([draftRow(draft.id, person.id, talk.now)])];
  const { number, title } = ticket;
  return say(talk, [askText.filed(number, title, requesterName(talk, ticket.requesterId))], { parts, ...more });
}

/** Asks for the first thing that only words can bring; what the card can ask is left to the card. */
function askNext(talk: Talk, draft: Draft, template: Template, submit: boolean, first: readonly Words[]): Said {
  const missing = shown(talk, template, draft).filter((field) => field.missing);
  const askable = missing.filter(({ field }) => cardAsks(talk, template, draft, field));
  if (submit && asksOnCard(talk) && askable.length > 0)
    return say(talk, [...first, askText.stillMissing(labelsText(askable, talk.locale))], { awaiting: null });
  // After the button, the card had its chance: the rest is asked in words.
  const onCard = submit ? [] : askable;
  const next = missing.find((field) => !onCard.includes(field));
  const labels = labelsText(onCard, talk.locale);
  const awaiting = { on: 'draft' as const, draftId: draft.id, field: next?.field.id ?? null, submit };
  if (next) {
    const ask = isTypable(next.field) ? askField(next.field, talk) : askText.onPage(next.field.label);
    const said = say(talk, [...first, ask, labels ? askText.thenCard(labels) : null], { awaiting });
    return isTypable(next.field) ? said : withForm(talk, draft, template, said);
  }
  // Where cards ask nothing, they can't be pressed either.
  const finish = talk.capabilities.inputs.count > 0 ? askText.finishOnCard : askText.finishInWords;
  // Something on the card was not understood: that all is set would contradict it.
  const isRefused = first.length > 0 && asksOnCard(talk);
  const onIt = hasForms(talk) ? askText.fillOnCard : askText.chooseOnCard;
  const last = labels ? onIt(labels) : isRefused ? null : finish;
  return say(talk, [...first, last], { awaiting });
}

/** With the way to the form's page: for files, long texts, and whatever is asked too slowly in a chat. */
function withForm(talk: Talk, draft: Draft, template: Template, said: Said): Said {
  const { url } = talk.renderer.ofDraft(draft, template).card;
  return { ...said, answer: { ...said.answer, link: { text: inTheirs(talk, askText.formPage), url } } };
}

function cardAsks(talk: Talk, template: Template, draft: Draft, field: Field): boolean {
  const { kinds, count, options } = talk.capabilities.inputs;
  const { card } = talk.renderer.ofDraft(draft, template);
  // One place goes to "please choose".
  const asked = card.inputs
    .filter((input) => kinds.includes(input.kind) && input.options.length < options)
    .slice(0, count);
  return asked.some((input) => input.key === field.id);
}

/** Its card may be the ticket's by now, and shows how that stands; else what became of the draft. */
async function pressedAgain(talk: Talk, draft: Draft): Promise<Said> {
  const { tx, person } = talk;
  const card = await clickedCard(talk);
  const view = await cardLook(talk, tx, card ?? { ticket_id: null, draft_id: draft.id, role: 'draft' }, person.id);
  if (!view) throw new Refused(refuse('draft_gone'));
  return { answer: { card: view.card }, shows: view.version };
}

async function draftLook(talk: Talk, draft: Draft): Promise<{ card: Said['answer']['card'] & object }> {
  return { card: talk.renderer.ofDraft(draft, await templateOf(talk, draft)).card };
}
