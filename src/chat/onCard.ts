/** What is asked and answered on the clicked card itself, where the platform shows forms on cards. */
import { ASKED, type Asking, type Given } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { isBlank } from '../form/typed.ts';
import { isEmpty } from '../form/value.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import { cardByPlatformKey } from '../ticket/cards.ts';
import { cardLook } from './clickedCard.ts';
import { isTypable, labelled, readGiven } from './fields.ts';
import { type Answers, type AskedAct, nodeFields, type OnTask } from './questions.ts';
import { inTheirs, personNamed, type Said, type Talk } from './talk.ts';

/** Can the answer to this click ask for texts on the card? */
export const asksOnCard = ({ event, capabilities }: Talk): boolean =>
  event.takes.card && capabilities.inputs.kinds.includes('longtext');

/** What came with the click. */
export const givenIn = ({ event: { what } }: Talk): Given => (what.type === 'click' ? what.picked : {});

export async function clickedCard({ tx, event }: Talk): Promise<CardRow | null> {
  return event.what.type === 'click' ? cardByPlatformKey(tx, event.workspace, event.what.card) : null;
}

interface Read {
  readonly answers: Answers;
  readonly problems: readonly Words[];
}

/** What was filled in, as answers to the act's questions. Nothing given: nothing was asked yet. */
export function readAnswers(talk: Talk, act: AskedAct, on: OnTask, given: Given): Read {
  if (Object.keys(given).length === 0) return { answers: {}, problems: [] };
  if (act === 'complete' || act === 'agree') return readFields(talk, on, given);
  const comment = given[ASKED.comment]?.[0]?.trim() ?? '';
  const said: Answers = isBlank(comment) ? {} : { [ASKED.comment]: comment };
  if (act === 'refuse') return { answers: said, problems: [] };
  if (act === 'return') return readTarget(on, given, said);
  return readPerson(talk, given, said);
}

function readFields(talk: Talk, on: OnTask, given: Given): Read {
  const answers: Record<string, Answers[string]> = {};
  const problems: Words[] = [];
  for (const { field, writable, required } of nodeFields(talk, on, {})) {
    if (!writable || !isTypable(field)) continue;
    const read = readGiven(given[field.id] ?? [], field, talk);
    if ('problem' in read) problems.push(labelled(field.label, read.problem));
    // What must be given and is not, is asked for again.
    else if (!required || !isEmpty(read.value)) answers[field.id] = read.value;
  }
  return { answers, problems };
}

function readTarget({ possible }: OnTask, given: Given, said: Answers): Read {
  const [chosen] = given[ASKED.target] ?? [];
  const target = possible?.returnTargets.find((one) => one === chosen);
  return { answers: target === undefined ? said : { ...said, [ASKED.target]: target }, problems: [] };
}

function readPerson(talk: Talk, given: Given, said: Answers): Read {
  const name = given[ASKED.person]?.[0]?.trim() ?? '';
  if (name === '') return { answers: {}, problems: [] };
  const person = personNamed(talk.directory, talk.person.workspace, name);
  if (person === null) return { answers: {}, problems: [askText.personUnclear(name)] };
  // The one question about a person asks for the reason, too.
  return { answers: said[ASKED.comment] === undefined ? {} : { ...said, [ASKED.person]: person }, problems: [] };
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
