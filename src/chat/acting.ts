/** Acting on tasks and tickets in a chat: what needs no words is done at once, the rest is asked for first. */
import type { Action } from '../card/actionKey.ts';
import { askedKey } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { doneText } from '../card/doneText.ts';
import { optionText } from '../card/partWords.ts';
import { actPath, morePath } from '../card/view.ts';
import { namesText } from '../card/whereItStands.ts';
import { type Act, isTaskAct } from '../flow/acts.ts';
import { taskRefusal, ticketRefusal } from '../flow/guard.ts';
import { type Given, makeCommand } from '../flow/makeCommand.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import { hasCommented } from '../ticket/lastWords.ts';
import { taskOfRole } from '../ticket/outboxRow.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import type { Awaiting } from './conversation.ts';
import { fileAgain } from './again.ts';
import { askOnCard, asksOnCard, clickedCard, lookAgain, pickedIn, readAnswers } from './onCard.ts';
import { type Answers, givenIn, type OnAct } from './parts.ts';
import { nextQuestion } from './questions.ts';
import { actsText } from './sayable.ts';
import { inTheirs, say, type Said, type Talk } from './talk.ts';

/** An act that somebody is about to do. */
export type Intent = Extract<Awaiting, { act: Act }>;

/** A button of a card, or an item of its menu. @throws Refused */
export async function onAction(talk: Talk, action: Exclude<Action, { on: 'draft' }>): Promise<Said> {
  const { act, ticketId, version } = action;
  if (act === 'look') return lookAgain(talk);
  if (act === 'more') return tellMore(talk, ticketId);
  if (act === 'again') return fileAgain(talk, ticketId);
  // `fill` and `submit` open pages; a platform that sends them as clicks is shown how it stands.
  if (act === 'fill' || act === 'submit') return { answer: { text: '' } };
  const intent = {
    on: action.on,
    act,
    ticketId,
    task: action.on === 'task' ? action.task : null,
    version,
    answers: {},
  };
  return asksOnCard(talk) ? onCard(talk, intent) : goOn(talk, intent, []);
}

/** A text that answers a question about an act. */
export async function answerAct(talk: Talk, intent: Intent, text: string): Promise<Said> {
  const on = await lookUp(talk, intent);
  const question = nextQuestion(talk, on, intent.answers);
  if (!question) return goOn(talk, intent, []);
  const read = await question.read(text);
  // Some messages later nobody remembers what could be chosen.
  if ('problem' in read) return say(talk, question.isChoice ? [read.problem, question.ask] : [read.problem]);
  return goOn(talk, { ...intent, answers: { ...intent.answers, ...read.answers } }, []);
}

/** Can this text be taken as the answer to what is asked? */
export async function answers(talk: Talk, intent: Intent, text: string): Promise<boolean> {
  const question = nextQuestion(talk, await lookUp(talk, intent), intent.answers);
  return question !== null && 'answers' in (await question.read(text));
}

/** Does it name one of the options that are asked for? */
export async function namesOption(talk: Talk, intent: Intent, text: string): Promise<boolean> {
  const question = nextQuestion(talk, await lookUp(talk, intent), intent.answers);
  return question?.isChoice ? 'answers' in (await question.read(text)) : false;
}

/** Asks the next question; with the last answer it is done. @param first  said before it */
export async function goOn(talk: Talk, intent: Intent, first: readonly Words[]): Promise<Said> {
  const on = await lookUp(talk, intent);
  const { ticketId } = intent;
  if (on.task?.kind === 'edit' && intent.act === 'submit') {
    const link = {
      text: inTheirs(talk, askText.formPage),
      url: talk.renderer.url(actPath(ticketId, on.task.n, 'submit')),
    };
    const said = say(talk, [...first, askText.correctOnPage(on.ticket.number)], { ticketId, awaiting: null });
    return { ...said, answer: { ...said.answer, link } };
  }
  const question = nextQuestion(talk, on, intent.answers);
  if (question) return say(talk, [...first, question.ask], { awaiting: intent, ticketId });
  return done(talk, intent, on, intent.answers);
}

/** The card asked, or asks now. */
async function onCard(talk: Talk, intent: Intent): Promise<Said> {
  const on = await lookUp(talk, intent);
  const given = pickedIn(talk);
  const { answers, problems } = await readAnswers(talk, on, given);
  if (nextQuestion(talk, on, answers) === null && problems.length === 0) {
    const again = await saidBefore(talk, intent, answers);
    return again ? lookAgain(talk) : done(talk, intent, on, answers);
  }
  const card = intent.task === null ? await clickedCard(talk) : null;
  const n = card ? taskOfRole(card.role) : intent.task;
  return askOnCard(talk, on, n, { act: intent.act, pressed: true, given }, problems);
}

/**
 * Nobody answered in time and the same form was sent again: a comment has no state that would show it. The card was drawn
 * before it was said.
 */
async function saidBefore(talk: Talk, { act, ticketId, version }: Intent, answers: Answers): Promise<boolean> {
  const text = answers[askedKey('comment')];
  if (act !== 'comment' || typeof text !== 'string') return false;
  return hasCommented(talk.tx, ticketId, { by: talk.person.id, text, after: version });
}

/** The ticket and the task, if this act is possible for this person at all: nobody is asked for words in vain. */
async function lookUp(talk: Talk, { act, ticketId, task: n }: Intent): Promise<OnAct> {
  const { ticket, template } = await seen(talk, ticketId);
  const guarded = { template, ticket, directory: talk.directory, now: talk.now };
  if (!isTaskAct(act)) {
    throwIf(ticketRefusal(guarded, act, talk.person.id));
    return { template, ticket, task: null, act };
  }
  const task = ticket.tasks.find((one) => one.n === n);
  if (!task) throw new Refused(refuse('task_not_found'));
  throwIf(taskRefusal(guarded, task, act, talk.person.id));
  return { template, ticket, task, act };
}

/** @throws Refused `ticket_not_found`, also for what the person may not see */
export async function seen(talk: Talk, ticketId: number): Promise<{ ticket: Ticket; template: Template }> {
  const stored = await loadTicket(talk.tx, ticketId);
  if (!stored) throw new Refused(refuse('ticket_not_found'));
  throwIf(mayOnTicket(talk.directory, talk.person.id, 'ticket.view', stored.ticket));
  const { key, version } = stored.ticket.template;
  return { ticket: stored.ticket, template: await talk.templates.at(talk.tx, key, version) };
}

async function done(
  talk: Talk,
  { act, ticketId, task: n, version }: Intent,
  on: OnAct,
  answers: Answers,
): Promise<Said> {
  const given = await givenIn(talk, on, answers);
  const doing = { by: talk.person.id, ...(n === null ? {} : { task: n, taskVersion: version }) };
  const command = makeCommand(act, doing, given);
  const { step, template, parts } = await talk.commands.act(talk.tx, ticketId, command);
  const more = { parts, ticketId, awaiting: null };
  if (talk.event.takes.card) {
    // The menu of a task's card acts on the ticket, and the answer replaces that card.
    const card = n === null ? await clickedCard(talk) : null;
    const seen = { ticket: step.ticket, template, news: step.events };
    const view = await talk.renderer.ofTicket(talk.tx, seen, talk.person.id, card ? taskOfRole(card.role) : n);
    if (view) return { answer: { card: view.card }, shows: view.version, ...more };
  }
  return say(talk, [doneText(act, on.task?.kind ?? null, step.ticket.number, whatOf(talk, on, given))], more);
}

/** Whom or where it went, or what it became. */
function whatOf({ directory, locale }: Talk, { template }: OnAct, given: Given): string {
  const { person, people = [], other, to, category, urgency } = given;
  const whom = person === undefined ? people : [person];
  if (whom.length > 0) return namesText(whom, (id) => directory.people.get(id)?.name ?? '', locale);
  if (other) return other.number;
  if (to !== undefined) return optionText(template, 'to', to, locale);
  if (category !== undefined) return optionText(template, 'category', category, locale);
  return urgency === undefined ? '' : optionText(template, 'urgency', urgency, locale);
}

/** All that can be done with the ticket, in words and on its page. */
async function tellMore(talk: Talk, ticketId: number): Promise<Said> {
  const { ticket, template } = await seen(talk, ticketId);
  const said = say(talk, [actsText(talk, { ticket, template })], { ticketId });
  const link = { text: inTheirs(talk, askText.morePage), url: talk.renderer.url(morePath(ticketId)) };
  return { ...said, answer: { ...said.answer, link } };
}
