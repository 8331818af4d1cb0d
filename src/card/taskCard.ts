/** One person's duty as a card: what it is about, and the buttons that fit the state and the reader. */
import { isOpen, type Task } from '../flow/ticket.ts';
import { hasForm } from '../flow/wants.ts';
import { type Act, ACT_NAMES, isTaskAct, type TaskAct } from '../flow/acts.ts';
import { inWords, type Locale } from '../lib/locale.ts';
import { actionKey, parseActionKey } from './actionKey.ts';
import type { Card, CardButton, CardFact } from './card.ts';
import { filedFor } from './filedFor.ts';
import { commentQuote, detailText, formFacts, resultOf } from './formFacts.ts';
import { BUTTONS, offersFor } from './offers.ts';
import { taskOver } from './taskOver.ts';
import { backButton, menuOf, type MenuItem, MORE } from './ticketCard.ts';
import { actPath, morePath, ticketPath, type TicketView } from './view.ts';
import { whereItStands } from './whereItStands.ts';
import { ACT_WORDS, actWords, STATUS_WORDS, TASK_WORDS } from './words.ts';

/** @param n the task's number in the ticket @throws Error when the ticket has no such task */
export function taskCard(view: TicketView, n: number, locale: Locale): Card {
  const { ticket, template } = view;
  const task = ticket.tasks.find((one) => one.n === n);
  if (!task) throw new Error(`Ticket ${ticket.id} has no task ${n}`);
  const acts = view.acts.tasks.find((one) => one.n === n)?.acts ?? [];
  const active = isOpen(task) && acts.length > 0;
  const step = template.nodes[task.node]?.name ?? '';
  return {
    kind: 'task',
    source: template.name,
    title: ticket.title || template.name,
    subtitle: [ticket.number, step].filter(Boolean).join(' · '),
    // What is over stays as it is: how the ticket stands now is on its page, and would be old here tomorrow.
    emphasis: active ? inWords(dutyWords(task), locale) : '',
    body: active ? bodyOf(view, task, locale) : '',
    facts: [...askedFact(view, task, locale), ...filedFor(view, locale), ...factsOf(view, task, locale)],
    quote: active ? quoteOf(view, task, locale) : resultOf(view, locale).quote,
    ...(active
      ? doing(view, task, acts, locale)
      : { inputs: [], buttons: [...takeBackButton(view, task, locale), openButton(view, locale)], menu: [] }),
    url: view.url(ticketPath(ticket.id)),
    over: active ? null : taskOver(view, task, locale),
    notice: null,
  };
}

/** What there is to do: the buttons, or what one of them asks. */
function doing(
  view: TicketView,
  task: Task,
  acts: readonly Act[],
  locale: Locale,
): Pick<Card, 'inputs' | 'buttons' | 'menu'> {
  const { asked } = view;
  if (asked?.pressed) return { inputs: asked.inputs, buttons: askedButtons(view, task, asked.act, locale), menu: [] };
  const main = buttonsOf(view, task, acts, locale).slice(0, BUTTONS);
  // Who corrects the form has one thing to do.
  const { menu, isMore } = task.kind === 'edit' ? NO_MENU : menuOf(restOf(view, task, acts, main), locale);
  return { inputs: asked?.inputs ?? [], buttons: isMore ? [...main, moreButton(view, locale)] : main, menu };
}

const NO_MENU = { menu: [], isMore: false };

/** What can be done beside the buttons: with this task, and with the ticket. */
function restOf(view: TicketView, task: Task, acts: readonly Act[], buttons: readonly CardButton[]): MenuItem[] {
  const { id: ticketId, version } = view.ticket;
  const shown = buttons.flatMap(({ does }) => ('key' in does ? [parseActionKey(does.key)?.act] : []));
  const passed: readonly (string | undefined)[] = [...shown, ...(acts.includes('claim') ? ['accept'] : [])];
  // Work that nobody has accepted is accepted first; its page and its word take the result at once.
  const isTaken = task.kind !== 'handle' || task.acceptedAt !== null;
  return ACT_NAMES.filter((act) => !passed.includes(act) && (isTaken || act !== 'complete')).flatMap(
    (act): MenuItem[] => {
      if (isTaskAct(act)) {
        const key = actionKey({ on: 'task', act, ticketId, task: task.n, version: task.version });
        return acts.includes(act) ? [{ act, kind: task.kind, key }] : [];
      }
      const key = actionKey({ on: 'ticket', act, ticketId, version });
      return view.acts.ticket.includes(act) ? [{ act, kind: null, key }] : [];
    },
  );
}

const moreButton = (view: TicketView, locale: Locale): CardButton => ({
  text: inWords(MORE, locale),
  tone: 'plain',
  does: { url: view.url(morePath(view.ticket.id)) },
});

function askedButtons({ ticket }: TicketView, task: Task, act: Act, locale: Locale): CardButton[] {
  const { id: ticketId, version } = ticket;
  const onTask = (did: TaskAct | 'look') =>
    actionKey({ on: 'task', act: did, ticketId, task: task.n, version: task.version });
  const key = isTaskAct(act) ? onTask(act) : actionKey({ on: 'ticket', act, ticketId, version });
  return [{ text: actText(task, act, locale), tone: 'primary', does: { key } }, backButton(onTask('look'), locale)];
}

const dutyWords = (task: Task) =>
  task.kind === 'handle' ? STATUS_WORDS[task.acceptedAt === null ? 'pending' : 'processing'] : TASK_WORDS[task.kind];

function bodyOf(view: TicketView, task: Task, locale: Locale): string {
  // Who confirms or corrects wrote the ticket and knows what it says; what is asked of them is the news.
  if (task.kind === 'confirm' || task.kind === 'edit') return whereItStands(view, locale);
  return detailText(view, task.node, locale);
}

/** Before a decision counts what was done; before work, what was said last. */
function quoteOf(view: TicketView, task: Task, locale: Locale): Card['quote'] {
  const comment = commentQuote(view);
  // What whoever was added is asked.
  if (task.parent !== null) return comment;
  if (task.kind === 'handle' || task.kind === 'dispatch' || task.kind === 'edit') return comment;
  return resultOf(view, locale).quote ?? comment;
}

function factsOf(view: TicketView, task: Task, locale: Locale): CardFact[] {
  return [...urgedFact(task, locale), ...contentFacts(view, task, locale)];
}

function urgedFact({ urged }: Task, locale: Locale): CardFact[] {
  if (!urged) return [];
  const { count } = urged;
  return [
    locale === 'en'
      ? { label: 'Urged', value: count === 1 ? 'once' : `${count} times` }
      : { label: '催办', value: `${count} 次` },
  ];
}

function contentFacts(view: TicketView, task: Task, locale: Locale): CardFact[] {
  const form = formFacts(view, task.node, locale);
  if (task.kind === 'handle' || task.kind === 'dispatch' || task.kind === 'edit') return form;
  // Urgency and category first, then the result that is to be judged.
  return [...form.slice(0, 2), ...resultOf(view, locale).facts, ...form.slice(2)];
}

/** For whom a substitute acts, and who asked for somebody beside the step's own people. */
function askedFact({ ticket, names, receiverId }: TicketView, task: Task, locale: Locale): CardFact[] {
  const standsFor = task.people.find(({ personId }) => personId === receiverId)?.for;
  const asker = task.parent === null ? undefined : ticket.tasks.find(({ n }) => n === task.parent);
  const way = inWords(ACT_WORDS[task.via === 'delegate' ? 'delegate' : 'add_sign'], locale);
  const who = asker && names(asker.assigneeId ?? asker.endedBy ?? -1);
  return [
    ...(standsFor === undefined ? [] : [{ label: locale === 'en' ? 'For' : '代办', value: names(standsFor) }]),
    ...(who ? [{ label: way, value: who }] : []),
  ];
}

function buttonsOf(view: TicketView, task: Task, acts: readonly Act[], locale: Locale): CardButton[] {
  const { id: ticketId, version } = view.ticket;
  return offersFor(task).flatMap(([act, tone]): CardButton[] => {
    if (act === 'fill' || act === 'open') {
      const needed = act === 'open' || hasForm(view.template, task);
      const url = view.url(actPath(ticketId, task.n, FILLS[task.kind]));
      return needed
        ? [{ text: inWords(act === 'open' ? CORRECT : view.forms ? ON_PAGE : FILL, locale), tone, does: { url } }]
        : [];
    }
    if (!isTaskAct(act)) {
      const may = view.acts.ticket.includes(act);
      const key = actionKey({ on: 'ticket', act, ticketId, version });
      return may ? [{ text: inWords(ACT_WORDS[act], locale), tone, does: { key } }] : [];
    }
    // A pool's task is claimed, which counts as accepting: never two buttons for one thing.
    if (!acts.includes(act) || (act === 'accept' && acts.includes('claim'))) return [];
    const key = actionKey({ on: 'task', act, ticketId, task: task.n, version: task.version });
    return [{ text: actText(task, act, locale), tone, does: { key } }];
  });
}

/** What the form of a task is filled in for. */
const FILLS: Readonly<Record<Task['kind'], Act>> = {
  handle: 'complete',
  approve: 'agree',
  confirm: 'agree',
  edit: 'submit',
  rescue: 'retry',
  dispatch: 'dispatch',
  advise: 'advise',
};
const FILL = { zh: '填写', en: 'Fill in' };
/** Beside a card that asks the same: for long texts and files. */
const ON_PAGE = { zh: '在页面填写', en: 'Fill in on a page' };
const CORRECT = { zh: '修改并重新提交', en: 'Correct it' };
const OPEN = { zh: '查看', en: 'View' };

const actText = (task: Task, act: Act, locale: Locale): string => inWords(actWords(act, task.kind), locale);

/** Beside what was just done, as long as it can be undone. */
function takeBackButton({ ticket, acts }: TicketView, { n }: Task, locale: Locale): CardButton[] {
  if (ticket.undo?.n !== n || !acts.ticket.includes('take_back')) return [];
  const key = actionKey({ on: 'ticket', act: 'take_back', ticketId: ticket.id, version: ticket.version });
  return [{ text: inWords(ACT_WORDS.take_back, locale), tone: 'plain', does: { key } }];
}

const openButton = (view: TicketView, locale: Locale): CardButton => ({
  text: inWords(OPEN, locale),
  tone: 'plain',
  does: { url: view.url(ticketPath(view.ticket.id)) },
});
