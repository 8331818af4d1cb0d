/** One sentence: where a ticket stands, and who is on it. Responsibility is named, never "someone" (S3, S4). */
import type { PersonId } from '../flow/directory.ts';
import { isOpen, type Task, type Ticket, whoHas } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { unreachable } from '../lib/unreachable.ts';
import { localDateTime } from '../form/localTime.ts';
import { tight } from './tight.ts';
import type { TicketView } from './view.ts';
import { PAUSE_WORDS } from './words.ts';
import { whatItWaitsFor } from './whatItWaitsFor.ts';

const NAMED = 3;

/** `张三、李四 等 5 人` */
export function namesText(people: readonly PersonId[], names: (id: PersonId) => string, locale: Locale): string {
  const some = people.slice(0, NAMED).map(names);
  const more = people.length - some.length;
  if (locale === 'en') return more > 0 ? `${some.join(', ')} and ${more} more` : some.join(', ');
  return more > 0 ? `${some.join('、')} 等 ${people.length} 人` : some.join('、');
}

/** Who can act on the open tasks: assignees, or the candidates of a pool. Each person once. */
export function onIt(ticket: Ticket): PersonId[] {
  return [...new Set(ticket.tasks.filter(isOpen).flatMap(whoHas))];
}

/** Names of the nodes where the flow stands now. */
export function stepNames(view: TicketView, locale: Locale): string {
  const filing = locale === 'en' ? 'Filing' : '提报人修改';
  const nodes = view.ticket.tokens.map(({ node }) =>
    node === 'filing' ? filing : (view.template.nodes[node]?.name ?? node),
  );
  return [...new Set(nodes)].join(locale === 'en' ? ', ' : '、');
}

export function whereItStands(view: TicketView, locale: Locale): string {
  const side = sideBySide(view, locale);
  if (side) return side;
  const people = onIt(view.ticket);
  const who = namesText(people, view.names, locale);
  const words = whatItWaitsFor(view, who) ?? sentence(view, who, people.includes(view.receiverId), isPool(view.ticket));
  const text = inWords(words, locale);
  return locale === 'en' ? text : tight(text);
}

/** Several steps at once, each with those who are on it; null: there is one at most. */
function sideBySide(view: TicketView, locale: Locale): string | null {
  const open = view.ticket.tasks.filter(isOpen);
  const nodes = [...new Set(open.map(({ node }) => node))];
  if (nodes.length < 2 || view.ticket.paused) return null;
  const lines = nodes.map((node) => {
    const people = [...new Set(open.filter((task) => task.node === node).flatMap(whoHas))];
    const name = view.template.nodes[node]?.name ?? node;
    const who = namesText(people, view.names, locale);
    return locale === 'en' ? `${name} (${who})` : `${name}（${who}）`;
  });
  return locale === 'en' ? `Under way side by side: ${lines.join(', ')}.` : `同时进行：${lines.join('、')}。`;
}

const isPool = (ticket: Ticket): boolean => ticket.tasks.some((task: Task) => isOpen(task) && task.assigneeId === null);

function sentence(view: TicketView, who: string, isMine: boolean, pool: boolean): Words {
  const { status, outcome } = view.ticket;
  const handled = handledBy(view);
  switch (status) {
    case 'pending':
      return pool
        ? { zh: `已通知 ${who}，等待受理。`, en: `${who} were told; waiting for one of them to accept.` }
        : { zh: `已派给 ${who}，等待受理。`, en: `Assigned to ${who}, waiting to be accepted.` };
    case 'processing':
      return { zh: `${who} 正在处理。`, en: `${who} is working on it.` };
    case 'approving':
      return { zh: `等待 ${who} 审批。`, en: `Waiting for ${who} to decide.` };
    case 'confirming':
      return isMine
        ? { zh: `${handled.zh}，请您确认是否解决。`, en: `${handled.en}. Please confirm that it is solved.` }
        : { zh: `${handled.zh}，等待 ${who} 确认。`, en: `${handled.en}. Waiting for ${who} to confirm.` };
    case 'returned':
      return isMine
        ? { zh: '已退回，请修改后重新提交。', en: 'Returned to you. Correct it and submit it again.' }
        : { zh: `已退回，等待 ${who} 修改。`, en: `Returned. Waiting for ${who} to correct it.` };
    case 'suspended':
      return suspendedSentence(view);
    case 'closed':
      return closedSentence(outcome);
    case 'refused':
    case 'withdrawn':
      return endedSentence(view.ticket, status);
    default:
      return unreachable(status);
  }
}

/** What can be done about it, or was. */
function endedSentence({ links }: Ticket, status: 'refused' | 'withdrawn'): Words {
  const again = links.find(({ kind }) => kind === 'followed_by');
  const what = { refused: { zh: '申请没有通过', en: 'Refused' }, withdrawn: { zh: '已撤回', en: 'Withdrawn' } }[status];
  if (again)
    return { zh: `${what.zh}，已再次提交为 ${again.number}。`, en: `${what.en}; filed again as ${again.number}.` };
  return status === 'refused'
    ? {
        zh: '申请没有通过。原因见下方，修改后可以再次提交。',
        en: 'Refused. See the reason below; you may correct it and submit it again.',
      }
    : { zh: '已撤回。需要时可以再次提交。', en: 'Withdrawn. Submit it again when you need it.' };
}

function handledBy({ ticket, names }: TicketView): Words {
  const last = ticket.tasks.findLast((task) => task.state === 'done:complete')?.endedBy ?? null;
  if (last === null) return { zh: '已处理完', en: 'Handled' };
  return { zh: `${names(last)} 已处理完`, en: `Handled by ${names(last)}` };
}

/** Why it rests, who said so, and how long. */
function suspendedSentence({ ticket: { paused }, names, offsetMinutes }: TicketView): Words {
  if (!paused) return { zh: '已挂起，恢复后会告诉您。', en: 'Suspended. You will hear when it goes on.' };
  const { reason, until, by } = paused;
  const why = PAUSE_WORDS[reason];
  const time = until === null ? null : localDateTime(until, offsetMinutes);
  return {
    zh: `${names(by)} 已挂起：${why.zh}${time ? `，到 ${time}` : ''}。恢复后会告诉您。`,
    en: `Suspended by ${names(by)}: ${why.en}${time ? `, until ${time}` : ''}. You will hear when it goes on.`,
  };
}

function closedSentence(outcome: Ticket['outcome']): Words {
  if (outcome === 'confirmed') return { zh: '问题已解决，工单已关闭。', en: 'Solved and closed.' };
  if (outcome === 'approved') return { zh: '审批已通过。', en: 'Approved.' };
  if (outcome === 'auto_closed')
    return { zh: '一直没有等到确认，工单已自动关闭。', en: 'Closed by itself: nobody confirmed in time.' };
  return { zh: '工单已关闭。', en: 'Closed.' };
}
