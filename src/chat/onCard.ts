/** What is asked and answered on the clicked card itself, where the platform shows forms on cards. */
import { askedKey, type Asking, type Given } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { isBlank } from '../form/typed.ts';
import { isEmpty } from '../form/value.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import { wantsOf } from '../flow/wants.ts';
import type { Value } from '../form/field.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { cardByPlatformKey } from '../ticket/cards.ts';
import { cardLook } from './clickedCard.ts';
import { isTypable, labelled, readGiven } from './fields.ts';
import { type Answers, type OnAct, readPart } from './parts.ts';
import { nodeFields } from './questions.ts';
import { inTheirs, type Said, type Talk } from './talk.ts';

/** Can the answer to this click ask for texts on the card? */
export const asksOnCard = ({ event, capabilities }: Talk): boolean =>
  event.takes.card && capabilities.inputs.kinds.includes('longtext');

/** What came with the click. */
export const pickedIn = ({ event: { what } }: Talk): Given => (what.type === 'click' ? what.picked : {});

export async function clickedCard({ tx, event }: Talk): Promise<CardRow | null> {
  return event.what.type === 'click' ? cardByPlatformKey(tx, event.workspace, event.what.card) : null;
}

interface ReadAll {
  readonly answers: Answers;
  readonly problems: readonly Words[];
}

/** What was filled in, as answers to the act's questions. Nothing given: nothing was asked yet. */
export async function readAnswers(talk: Talk, on: OnAct, given: Given): Promise<ReadAll> {
  const answers: Record<string, Value> = {};
  const problems: Words[] = [];
  if (Object.keys(given).length === 0) return { answers, problems };
  for (const want of wantsOf(on, on.act)) {
    if (want.part === 'values') {
      if (want.required) readFields(talk, on, given, answers, problems);
      continue;
    }
    const text = given[askedKey(want.part)]?.[0]?.trim() ?? '';
    if (isBlank(text)) continue;
    const read = await readPart(talk, on, want, text);
    if ('problem' in read) problems.push(read.problem);
    else Object.assign(answers, read.answers);
  }
  return { answers, problems };
}

function readFields(talk: Talk, on: OnAct, given: Given, answers: Record<string, Value>, problems: Words[]): void {
  for (const { field, writable, required } of nodeFields(talk, on, {})) {
    if (!writable || !isTypable(field)) continue;
    const read = readGiven(given[field.id] ?? [], field, talk);
    if ('problem' in read) problems.push(labelled(field.label, read.problem));
    // What must be given and is not, is asked for again.
    else if (!required || !isEmpty(read.value)) answers[field.id] = read.value;
  }
}

/** The clicked card, with what the act asks; and what was wrong with what came. */
export async function askOnCard(
  talk: Talk,
  { ticket, template }: { readonly ticket: Ticket; readonly template: Template },
  task: number | null,
  asking: Asking,
  problems: readonly Words[],
): Promise<Said> {
  const view = await talk.renderer.ofTicket(talk.tx, { ticket, template }, talk.person.id, task, asking);
  if (!view) throw new Refused(refuse('not_found'));
  const given = asking.given ?? {};
  const tried = Object.keys(given).length > 0;
  const missing = view.card.inputs.filter(({ required, value }) => required && value.every(isBlank));
  const lines = problems.map((words) => inTheirs(talk, words));
  if (tried && missing.length > 0)
    lines.push(
      inTheirs(talk, askText.stillMissing(missing.map(({ label }) => label).join(talk.locale === 'en' ? ', ' : '、'))),
    );
  return { answer: { card: { ...view.card, notice: lines.join('\n') || null } }, shows: view.version, looked: true };
}

/** The clicked card as it is, without what was being asked on it. */
export async function lookAgain(talk: Talk): Promise<Said> {
  const card = await clickedCard(talk);
  const view = card && (await cardLook(talk, talk.tx, card, talk.person.id));
  if (!view) throw new Refused(refuse('not_found'));
  return { answer: { card: view.card }, shows: view.version, looked: true };
}
