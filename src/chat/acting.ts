/** Acting on tasks and tickets in a chat: what needs no words is done at once, the rest is asked for first. */
import type { Action } from '../card/actionKey.ts';
import { ASKED } from '../card/asked.ts';
import { askText } from '../card/askText.ts';
import { taskRefusal, ticketRefusal } from '../flow/guard.ts';
import { possibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import type { Task, Ticket } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import type { PersonCommand } from '../ticket/commands.ts';
import { taskOfRole } from '../ticket/outboxRow.ts';
import { hasCommented } from '../ticket/lastWords.ts';
import { mayOnTicket } from '../ticket/permission.ts';
import { loadTicket } from '../ticket/ticketStore.ts';
import { askOnCard, asksOnCard, clickedCard, givenIn, lookAgain, readAnswers } from './onCard.ts';
import type { Awaiting } from './conversation.ts';
import { type AskedAct, commandFrom, nextQuestion, type OnTask } from './questions.ts';
import { say, type Said, type Talk } from './talk.ts';

type TaskAction = Extract<Action, { on: 'task' }>;
type TicketAction = Extract<Action, { on: 'ticket' }>;

const ASKED_ACTS: readonly string[] = ['complete', 'agree', 'refuse', 'return', 'transfer', 'dispatch'];
const isAsked = (act: string): act is AskedAct => ASKED_ACTS.includes(act);

/** A button of a task's card. @throws Refused */
export async function onTaskAction(talk: Talk, action: TaskAction): Promise<Said> {
  const { act, ticketId, task, version } = action;
  if (isAsked(act)) {
    const awaiting = { on: 'task' as const, act, ticketId, task, version, answers: {} };
    return asksOnCard(talk) ? onCard(talk, awaiting) : goOn(talk, awaiting, []);
  }
  if (act === 'look') return lookAgain(talk);
  if (act === 'claim' || act === 'accept')
    return done(talk, ticketId, { type: act, by: talk.person.id, task, taskVersion: version }, task);
  if (act === 'release')
    return done(talk, ticketId, { type: act, by: talk.person.id, task, taskVersion: version, comment: '' }, task);
  // `fill` and `submit` open pages; a platform that sends them as clicks is shown how it stands.
  return { answer: { text: '' } };
}

/** A text that answers a question about a task. */
export async function answerTask(talk: Talk, awaiting: Extract<Awaiting, { on: 'task' }>, text: string): Promise<Said> {
  const on = await lookUp(talk, awaiting.ticketId, awaiting.task, awaiting.act);
  const question = nextQuestion(talk, awaiting.act, on, awaiting.answers);
  if (!question) return goOn(talk, awaiting, []);
  const read = question.read(text);
  if ('problem' in read) return say(talk, [read.problem]);
  return goOn(talk, { ...awaiting, answers: { ...awaiting.answers, ...read.answers } }, []);
}

/** The card asked, or asks now. */
async function onCard(talk: Talk, awaiting: Extract<Awaiting, { on: 'task' }>): Promise<Said> {
  const { act, ticketId, task: n, version } = awaiting;
  const on = await lookUp(talk, ticketId, n, act);
  const given = givenIn(talk);
  const { answers, problems } = readAnswers(talk, act, on, given);
  const asked = nextQuestion(talk, act, on, answers);
  if (asked === null && problems.length === 0)
    return done(talk, ticketId, commandFrom(act, talk.person.id, on, version, answers), n);
  return askOnCard(talk, on, n, { act, pressed: true, given }, problems);
}

async function goOn(talk: Talk, awaiting: Extract<Awaiting, { on: 'task' }>, first: readonly Words[]): Promise<Said> {
  const on = await lookUp(talk, awaiting.ticketId, awaiting.task, awaiting.act);
  const question = nextQuestion(talk, awaiting.act, on, awaiting.answers);
  if (question) return say(talk, [...first, question.ask], { awaiting, ticketId: awaiting.ticketId });
  const command = commandFrom(awaiting.act, talk.person.id, on, awaiting.version, awaiting.answers);
  return done(talk, awaiting.ticketId, command, awaiting.task);
}

/** The ticket and the task, if this act is possible for this person at all: nobody is asked for words in vain. */
async function lookUp(talk: Talk, ticketId: number, n: number, act: AskedAct): Promise<OnTask> {
  const { ticket, template } = await seen(talk, ticketId);
  const task = ticket.tasks.find((one) => one.n === n);
  if (!task) throw new Refused(refuse('task_not_found'));
  throwIf(taskRefusal({ template, ticket, directory: talk.directory }, task, act, talk.person.id));
  const possible =
    possibleActs(template, ticket, talk.person.id, talk.directory).tasks.find((one) => one.n === n) ?? null;
  return { template, ticket, task, possible };
}

async function seen(talk: Talk, ticketId: number): Promise<{ ticket: Ticket; template: Template }> {
  const stored = await loadTicket(talk.tx, ticketId);
  if (!stored) throw new Refused(refuse('ticket_not_found'));
  throwIf(mayOnTicket(talk.directory, talk.person.id, 'ticket.view', stored.ticket));
  const { key, version } = stored.ticket.template;
  return { ticket: stored.ticket, template: await talk.templates.at(talk.tx, key, version) };
}

async function done(talk: Talk, ticketId: number, command: PersonCommand, n: number | null): Promise<Said> {
  const { step, template, parts } = await talk.commands.act(talk.tx, ticketId, command);
  const more = { parts, ticketId, awaiting: null };
  if (talk.event.takes.card) {
    // The menu of a task's card acts on the ticket, and the answer replaces that card.
    const card = n === null ? await clickedCard(talk) : null;
    const seen = { ticket: step.ticket, template, news: step.events };
    const view = await talk.renderer.ofTicket(talk.tx, seen, talk.person.id, card ? taskOfRole(card.role) : n);
    if (view) return { answer: { card: view.card }, shows: view.version, ...more };
  }
  const task = step.ticket.tasks.find((one) => one.n === n) ?? null;
  return say(talk, [doneText(talk, command, step.ticket, task)], more);
}

function doneText(talk: Talk, command: PersonCommand, { number }: Ticket, task: Task | null): Words {
  const said = askText.done;
  const confirms = task?.kind === 'confirm';
  switch (command.type) {
    case 'complete':
      return said.complete(number);
    case 'agree':
      return confirms ? said.confirm(number) : said.agree(number);
    case 'refuse':
      return confirms ? said.notSolved(number) : said.refuse(number);
    case 'return':
      return said.return(number);
    case 'transfer':
      return said.transfer(number, talk.directory.people.get(command.person)?.name ?? '');
    case 'withdraw':
      return said.withdraw(number);
    case 'comment':
      return askText.commented(number);
    case 'claim':
    case 'accept':
    case 'release':
    case 'dispatch':
    case 'submit':
    case 'retry':
    case 'skip':
      return said.other(number);
  }
}

/** 撤回 or 补充说明 from a card's menu, or by word. */
export async function onTicketAction(talk: Talk, action: TicketAction): Promise<Said> {
  const { act, ticketId, version } = action;
  if (act === 'look') return lookAgain(talk);
  const { ticket, template } = await seen(talk, ticketId);
  throwIf(ticketRefusal({ template, ticket, directory: talk.directory }, act, talk.person.id));
  const awaiting = { on: 'ticket' as const, act, ticketId, version };
  if (asksOnCard(talk) && (act === 'comment' || template.acts.withdraw === 'any_time_with_reason')) {
    const given = givenIn(talk);
    const text = given[ASKED.comment]?.[0]?.trim() ?? '';
    if (text !== '')
      return (await saidBefore(talk, awaiting, text)) ? lookAgain(talk) : answerTicket(talk, awaiting, text);
    const card = await clickedCard(talk);
    return askOnCard(
      talk,
      { ticket, template },
      card ? taskOfRole(card.role) : null,
      { act, pressed: true, given },
      [],
    );
  }
  if (act === 'comment') return say(talk, [askText.askComment(ticket.number)], { awaiting, ticketId });
  const { withdraw } = template.acts;
  if (withdraw === 'any_time_with_reason')
    return say(talk, [askText.askReason.withdraw(ticket.number)], { awaiting, ticketId });
  return done(talk, ticketId, { type: 'withdraw', by: talk.person.id, comment: '' }, null);
}

/**
 * Nobody answered in time and the same form was sent again: a comment has no state that would show it. The card was drawn
 * before it was said.
 */
async function saidBefore(talk: Talk, { act, ticketId, version }: OnTicket, text: string): Promise<boolean> {
  return act === 'comment' && hasCommented(talk.tx, ticketId, { by: talk.person.id, text, after: version });
}

type OnTicket = Extract<Awaiting, { on: 'ticket' }>;

export function answerTicket(talk: Talk, { act, ticketId }: OnTicket, text: string): Promise<Said> {
  const by = talk.person.id;
  return done(
    talk,
    ticketId,
    act === 'comment' ? { type: 'comment', by, comment: text, files: [] } : { type: 'withdraw', by, comment: text },
    null,
  );
}
