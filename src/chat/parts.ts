/** What comes with an act, read from what people type or choose: to the values that stand among the answers. */
import { askText } from '../card/askText.ts';
import { optionText } from '../card/partWords.ts';
import { ACTS, type Act, type OtherTicket, type Part, PARTS } from '../flow/acts.ts';
import type { Given } from '../flow/makeCommand.ts';
import { type Chosen, type Doing, type Want, wantsOf } from '../flow/wants.ts';
import type { Value, Values } from '../form/field.ts';
import { instantOf } from '../form/localTime.ts';
import { readTime } from '../form/readTime.ts';
import { isBlank } from '../form/typed.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import { idOfNumber } from '../ticket/lists.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import { askedKey } from '../card/asked.ts';
import { personNamed, type Talk } from './talk.ts';

/** By the question's key: a field's id, or `askedKey` of a part. */
export type Answers = Readonly<Record<string, Value>>;
export interface OnAct extends Doing {
  readonly act: Act;
}
export type Read = { readonly answers: Answers } | { readonly problem: Words };

/** What was typed for this part. A name may be followed by the reason. */
export async function readPart(talk: Talk, on: OnAct, { part, options }: Want, text: string): Promise<Read> {
  const said = text.trim();
  if (options) return readOption(talk, on, part, options, said);
  switch (part) {
    case 'person':
      return readPerson(talk, on, said);
    case 'people':
      return readPeople(talk, said);
    case 'until':
      return readUntil(talk, said);
    case 'other':
      return answer(part, (await ticketOf(talk, said))?.number, askText.ticketUnclear(said));
    case 'again':
      return answer(part, yesOrNo(said), askText.yesOrNo);
    default:
      return answer(part, isBlank(said) ? undefined : said, askText.emptyAnswer);
  }
}

const answer = (part: Part, value: Value | undefined, problem: Words): Read =>
  value === undefined ? { problem } : { answers: { [askedKey(part)]: value } };

/** By its place in the list, by its name, or by its id. */
function readOption(talk: Talk, { template }: OnAct, part: Part, options: readonly string[], text: string): Read {
  const said = text.normalize('NFKC').trim();
  const names = options.map((id) => optionText(template, part, id, talk.locale));
  // `前加签：先给出意见，再由我决定` is called by what stands before its explanation.
  const called = names.map((name) => name.split(/[：:]/)[0]?.trim());
  const named = options.includes(said) ? said : (options[names.indexOf(said)] ?? options[called.indexOf(said)]);
  return answer(part, named ?? options[Number(said) - 1], askText.optionUnclear);
}

const BETWEEN = /[\s,，、;；:：]+/;

function readPerson({ directory, person: { workspace } }: Talk, { act }: OnAct, said: string): Read {
  const whole = personNamed(directory, workspace, said);
  if (whole !== null) return answer('person', whole, askText.optionUnclear);
  const [name = '', ...rest] = said.split(BETWEEN);
  const person = personNamed(directory, workspace, name);
  if (person === null) return { problem: askText.personUnclear(name) };
  const reason = rest.join(' ').trim();
  const takesReason = 'comment' in ACTS[act].takes && reason !== '';
  return { answers: { [askedKey('person')]: person, ...(takesReason ? { [askedKey('comment')]: reason } : {}) } };
}

function readPeople({ directory, person: { workspace } }: Talk, said: string): Read {
  const names = said.split(BETWEEN).filter(Boolean);
  const found = names.map((name) => ({ name, id: personNamed(directory, workspace, name) }));
  const unclear = found.find(({ id }) => id === null);
  if (unclear || found.length === 0) return { problem: askText.personUnclear(unclear?.name ?? said) };
  return { answers: { [askedKey('people')]: [...new Set(found.flatMap(({ id }) => id ?? []))] } };
}

function readUntil({ now, offsetMinutes }: Talk, said: string): Read {
  const time = readTime(said, now, offsetMinutes);
  const at = time ? instantOf(time.date, time.minutes ?? MORNING, offsetMinutes) : NaN;
  return answer('until', Number.isFinite(at) ? at : undefined, askText.timeUnclear);
}
/** A day without a time: when people come to work. */
const MORNING = 9 * 60;

function yesOrNo(said: string): boolean | undefined {
  if (/^(是|要|好|对|yes|y|1|true)$/i.test(said)) return true;
  return /^(否|不|不要|不用|no|n|2|false)$/i.test(said) ? false : undefined;
}

/** The ticket of that number, if this person may see it. */
async function ticketOf({ tx, directory, person }: Talk, number: string): Promise<OtherTicket | null> {
  const id = await idOfNumber(tx, number.normalize('NFKC').trim().toUpperCase());
  const stored = id === null ? null : await loadTicket(tx, id);
  if (!stored || mayOnTicket(directory, person.id, 'ticket.view', stored.ticket)) return null;
  return { ticketId: stored.ticket.id, number: stored.ticket.number };
}

/** The answers as what comes with the act; an only option needs no answer. @throws Refused */
export async function givenIn(talk: Talk, on: OnAct, answers: Answers): Promise<Given> {
  const given: Record<string, unknown> = { ...impliedBy(on), ...chosenIn(answers) };
  const number = answers[askedKey('other')];
  if (typeof number === 'string') {
    const other = await ticketOf(talk, number);
    if (!other) throw new Refused(refuse('ticket_not_found'));
    given['other'] = other;
  }
  // Each answer was read as what its part takes.
  return { ...given, values: fieldValues(answers) };
}

const impliedBy = (on: OnAct): Given =>
  Object.fromEntries(
    wantsOf(on, on.act).flatMap(({ part, required, options }) =>
      required && options?.length === 1 ? [[part, options[0]] as const] : [],
    ),
  );

/** By part. */
export const chosenIn = (answers: Answers): Chosen =>
  Object.fromEntries(
    PARTS.flatMap((part) => {
      const value = answers[askedKey(part)];
      return value === undefined ? [] : [[part, value] as const];
    }),
  );

export const fieldValues = (answers: Answers): Values =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !key.startsWith('_')));
