/** An act by its word: on the ticket that is named, on the one last talked of, or on the only one where it is possible. */
import { askedKey } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { actWords } from '../card/words.ts';
import { ACTS, type Act, isTaskAct } from '../flow/acts.ts';
import { taskRefusal, ticketRefusal } from '../flow/guard.ts';
import { possibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import type { Task, Ticket } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { type Refusal, Refused, refuse } from '../lib/refusal.ts';
import { idOfNumber, requestedBy, todoOf } from '../ticket/lists.ts';
import { goOn, type Intent, seen } from './acting.ts';
import type { SaidAct } from './actWords.ts';
import type { Answers, OnAct } from './parts.ts';
import { nextQuestion } from './questions.ts';
import { say, type Said, type Talk } from './talk.ts';

interface Seen {
  readonly ticket: Ticket;
  readonly template: Template;
}
interface Meant extends Seen {
  readonly act: Act;
  readonly task: Task | null;
}

/** @returns null when no ticket is meant that has it, and none was named @throws Refused */
export async function actByWord(talk: Talk, { acts, number, rest, given }: SaidAct): Promise<Said | null> {
  const meant = number === null ? await anyMeant(talk, acts) : await named(talk, acts, number);
  if (meant === null) return null;
  return 'act' in meant ? begin(talk, meant, given, rest) : meant;
}

/** Nothing is meant: what to say instead. */
export const nothingMeant = (talk: Talk, { acts: [act] }: SaidAct): Said =>
  say(talk, [askText.nothingToDo(act ? actWords(act, null) : { zh: '', en: '' })]);

async function named(talk: Talk, acts: readonly Act[], number: string): Promise<Meant> {
  const id = await idOfNumber(talk.tx, number);
  if (id === null) throw new Refused(refuse('ticket_not_found'));
  const one = await seen(talk, id);
  const found = possibleOn(talk, one, acts);
  if (found) return found;
  throw new Refused(whyNot(talk, one, acts));
}

const LOOKED_AT = 20;

async function anyMeant(talk: Talk, acts: readonly Act[]): Promise<Meant | Said | null> {
  const { tx, person, conversation } = talk;
  const last = conversation.lastTicketId;
  const lastSeen = last === null ? null : await seen(talk, last).catch(() => null);
  const onLast = lastSeen && possibleOn(talk, lastSeen, acts);
  if (onLast) return onLast;
  const mine = await todoOf(tx, person.id, { limit: LOOKED_AT });
  const asked = await requestedBy(tx, person.id, { limit: LOOKED_AT });
  const found: Meant[] = [];
  for (const id of new Set([...mine, ...asked].map((one) => one.id))) {
    const meant = possibleOn(talk, await seen(talk, id), acts);
    if (meant) found.push(meant);
  }
  const [only, another] = found;
  if (!only) {
    if (lastSeen) throw new Refused(whyNot(talk, lastSeen, acts));
    return null;
  }
  if (!another) return only;
  const list = found.slice(0, 10).map(({ ticket }) => `${ticket.number} ${ticket.title}`);
  return say(talk, [askText.whichTicket(actWords(only.act, only.task?.kind ?? null), list.join('\n'))]);
}

function possibleOn(talk: Talk, { ticket, template }: Seen, acts: readonly Act[]): Meant | null {
  const possible = possibleActs(template, ticket, talk.person.id, talk.directory, talk.now);
  for (const act of acts) {
    const n = possible.tasks.find((one) => one.acts.includes(act))?.n;
    const task = ticket.tasks.find((one) => one.n === n) ?? null;
    if (task || possible.ticket.includes(act)) return { ticket, template, act, task };
  }
  return null;
}

/** Why none of these is possible there: by the task that the person has or had. */
function whyNot(talk: Talk, { ticket, template }: Seen, [act]: readonly Act[]): Refusal {
  const { directory, person, now } = talk;
  const on = { template, ticket, directory, now };
  if (act === undefined) return refuse('not_allowed');
  if (!isTaskAct(act)) return ticketRefusal(on, act, person.id) ?? refuse('not_now', { act });
  const task =
    ticket.tasks.findLast(({ people }) => people.some(({ personId }) => personId === person.id)) ?? ticket.tasks.at(-1);
  return (task && taskRefusal(on, task, act, person.id)) ?? refuse('not_allowed', { act });
}

/** Takes what was said with the word as answers, and asks for the rest. */
async function begin(talk: Talk, { ticket, template, act, task }: Meant, given: Answers, rest: string): Promise<Said> {
  const { answers, problem } = await answersIn(talk, { ticket, template, act, task }, given, rest);
  const intent: Intent = {
    on: task ? 'task' : 'ticket',
    act,
    ticketId: ticket.id,
    task: task?.n ?? null,
    version: task?.version ?? ticket.version,
    answers: { ...given, ...answers },
  };
  return goOn(talk, intent, problem ? [problem] : []);
}

async function answersIn(
  talk: Talk,
  on: OnAct,
  given: Answers,
  rest: string,
): Promise<{ answers: Answers; problem?: Words }> {
  const comment = askedKey('comment');
  const takesWords = 'comment' in ACTS[on.act].takes;
  if (rest === '') return { answers: {} };
  const question = nextQuestion(talk, on, given);
  // More than it needs is a note, where it takes one.
  if (!question) return { answers: takesWords ? { [comment]: rest } : {} };
  const read = await question.read(rest);
  if ('answers' in read) return { answers: read.answers };
  // Nobody's option: it is the reason, and the option is still asked for.
  if (question.isChoice && takesWords) return { answers: { [comment]: rest } };
  return { answers: {}, problem: read.problem };
}
