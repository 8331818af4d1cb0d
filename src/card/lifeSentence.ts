/** What the history says about a ticket's pauses, its second life, other tickets and interventions. */
import type { PersonId } from '../flow/directory.ts';
import type { EventOf, TicketEvent } from '../flow/event.ts';
import type { LinkKind } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import type { CardFact } from './card.ts';
import { ACT_WORDS, OUTCOME_WORDS, PAUSE_WORDS } from './words.ts';

const TYPES = [
  ...(['ticket.paused', 'ticket.resumed', 'ticket.reopened', 'ticket.linked'] as const),
  ...(['ticket.recategorized', 'ticket.reprioritized', 'task.handed_over', 'admin.intervened'] as const),
] as const;
type LifeEvent = EventOf<(typeof TYPES)[number]>;

export const isLifeEvent = (event: TicketEvent): event is LifeEvent =>
  (TYPES as readonly string[]).includes(event.type);

/** @param who acted, in the reader's language */
export function lifeSentence(
  event: LifeEvent,
  { names }: { readonly names: (id: PersonId) => string },
  who: string,
  step: (place: string) => string,
): Words {
  switch (event.type) {
    case 'ticket.paused': {
      const why = PAUSE_WORDS[event.data.reason];
      return { zh: `${who} 挂起了工单：${why.zh}`, en: `${who} suspended the ticket: ${why.en}` };
    }
    case 'ticket.resumed':
      return RESUMED[event.data.because](who);
    case 'ticket.reopened': {
      const was = OUTCOME_WORDS[event.data.outcome];
      return { zh: `${who} 重开了工单（原为${was.zh}）`, en: `${who} reopened the ticket (it was: ${was.en})` };
    }
    case 'ticket.linked': {
      const { kind, number } = event.data;
      return LINKED[kind](number);
    }
    case 'ticket.recategorized': {
      const { to, again } = event.data;
      return {
        zh: `${who} 把分类改为「${to}」${again ? '，并重新分派' : ''}`,
        en: `${who} changed the category to “${to}”${again ? ' and had it dispatched again' : ''}`,
      };
    }
    case 'ticket.reprioritized':
      return {
        zh: `${who} 把紧急程度改为「${event.data.to}」`,
        en: `${who} changed the urgency to “${event.data.to}”`,
      };
    case 'task.handed_over': {
      const { from, to } = event.data;
      return to === null
        ? { zh: `${names(from)} 已离职，不再列为候选人`, en: `${names(from)} has left and is no longer a candidate` }
        : { zh: `${names(from)} 已离职，由 ${names(to)} 接手`, en: `${names(from)} has left: ${names(to)} takes over` };
    }
    case 'admin.intervened': {
      const { act, to } = event.data;
      const where = to === undefined ? { zh: '', en: '' } : { zh: `：${step(to)}`, en: `: ${step(to)}` };
      const { zh, en } = ACT_WORDS[act];
      return { zh: `管理员 ${who} 干预：${zh}${where.zh}`, en: `Admin ${who} intervened: ${en}${where.en}` };
    }
  }
}

const RESUMED: Readonly<Record<EventOf<'ticket.resumed'>['data']['because'], (who: string) => Words>> = {
  resumed: (who) => ({ zh: `${who} 恢复了处理`, en: `${who} resumed the work` }),
  answered: (who) => ({ zh: `${who} 已答复，恢复处理`, en: `${who} answered, and the work goes on` }),
  due: () => ({ zh: '挂起到期，恢复处理', en: 'The suspension is over, and the work goes on' }),
  no_reply: () => ({ zh: '提报人一直没有答复，挂起结束', en: 'The requester did not answer: no longer suspended' }),
  over: () => ({ zh: '挂起随待办结束', en: 'The suspension ended with its task' }),
};

/** On a card: in whose place it stands. */
export const followsFact = (number: string | null, locale: Locale): CardFact[] =>
  number === null ? [] : [{ label: inWords({ zh: '接续', en: 'Follows' }, locale), value: number }];

/** What another ticket is to this one. */
export const LINKED: Readonly<Record<LinkKind, (number: string) => Words>> = {
  merged_into: (number) => ({ zh: `并入 ${number}`, en: `Merged into ${number}` }),
  merged_from: (number) => ({ zh: `${number} 并入本工单`, en: `${number} was merged into this ticket` }),
  duplicate_of: (number) => ({ zh: `与 ${number} 重复`, en: `A duplicate of ${number}` }),
  duplicated_by: (number) => ({ zh: `${number} 与本工单重复`, en: `${number} is a duplicate of this ticket` }),
  follows: (number) => ({ zh: `接续 ${number}`, en: `Filed in the place of ${number}` }),
  followed_by: (number) => ({ zh: `已再次提交为 ${number}`, en: `Filed again as ${number}` }),
};
