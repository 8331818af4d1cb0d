/** What stands in place of the buttons once there is nothing left for the reader to do here: who did what, by name. */
import { askedBy, isAside, isOver, isPending, type Task, whoHas } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import type { TicketView } from './view.ts';

export function taskOver(view: TicketView, task: Task, locale: Locale): string {
  return inWords(sayOver(view, task), locale);
}

function sayOver(view: TicketView, task: Task): Words {
  const { ticket, receiverId } = view;
  if (isAside(ticket.tasks, task)) return sayAside(view, task);
  if (task.state === 'removed') return { zh: '已不需要您答复', en: 'Nobody asks you any more' };
  if (task.state === 'waiting') return { zh: '还没轮到您', en: 'Not your turn yet' };
  if (task.state === 'cancelled') return sayCancelled(view);
  if (task.state === 'open') return sayElsewhere(view, task);
  if (task.endedBy === null) return { zh: '已自动处理', en: 'Passed automatically' };
  // A task that another's decision ended says what was decided.
  const decided =
    task.state === 'closed'
      ? ticket.tasks.find(
          ({ node, visit, endedBy, state }) =>
            node === task.node && visit === task.visit && endedBy === task.endedBy && state.startsWith('done:'),
        )
      : task;
  if (task.endedBy === receiverId) return DONE_BY_YOU[resultOf(decided ?? task)];
  const who = view.names(task.endedBy);
  const { zh, en } = DONE_BY[resultOf(decided ?? task)];
  return { zh: zh.replace('{who}', () => who), en: en.replace('{who}', () => who) };
}

/** Their own task, as soon as the answers are there. */
function sayAside({ ticket, names }: TicketView, task: Task): Words {
  const people = askedBy(ticket.tasks, task).filter(isPending).flatMap(whoHas).map(names);
  return { zh: `等待${people.join('、')}的意见`, en: `Waiting for ${people.join(', ')}` };
}

function sayCancelled({ ticket }: TicketView): Words {
  if (ticket.status === 'withdrawn') return { zh: '提报人已撤回', en: 'Withdrawn' };
  if (isOver(ticket.status)) return { zh: '工单已结束', en: 'The ticket is over' };
  return { zh: '流程已回退，无需处理', en: 'Went back, nothing to do' };
}

/** Open, but not for this reader. */
function sayElsewhere(view: TicketView, task: Task): Words {
  if (task.assigneeId === null || task.assigneeId === view.receiverId)
    return { zh: '您现在无需处理', en: 'Nothing to do for you now' };
  const who = view.names(task.assigneeId);
  return task.acceptedAt !== null && task.people.some(({ personId }) => personId === view.receiverId)
    ? { zh: `已由${who}受理`, en: `Accepted by ${who}` }
    : { zh: `已转交给${who}`, en: `Transferred to ${who}` };
}

type Ending =
  'advise' | 'dispatch' | 'complete' | 'agree' | 'refuse' | 'confirm' | 'unsolved' | 'returned' | 'submit' | 'handled';

function resultOf(task: Task): Ending {
  if (task.state === 'done:agree') return task.kind === 'confirm' ? 'confirm' : 'agree';
  if (task.state === 'done:refuse') return task.kind === 'confirm' ? 'unsolved' : 'refuse';
  if (task.state === 'done:complete') return 'complete';
  if (task.state === 'done:dispatch') return 'dispatch';
  if (task.state === 'done:advise') return 'advise';
  if (task.state === 'done:returned') return 'returned';
  return task.state === 'done:submit' ? 'submit' : 'handled';
}

const DONE_BY: Readonly<Record<Ending, Words>> = {
  dispatch: { zh: '已由{who}分派', en: 'Dispatched by {who}' },
  advise: { zh: '{who}已答复', en: '{who} answered' },
  complete: { zh: '已由{who}处理', en: 'Handled by {who}' },
  agree: { zh: '{who}已同意', en: '{who} agreed' },
  refuse: { zh: '{who}已拒绝', en: '{who} refused' },
  confirm: { zh: '{who}已确认解决', en: '{who} confirmed' },
  unsolved: { zh: '{who}反馈未解决', en: '{who}: not solved' },
  returned: { zh: '已由{who}退回', en: 'Returned by {who}' },
  submit: { zh: '{who}已重新提交', en: '{who} resubmitted' },
  handled: { zh: '已由{who}处理', en: 'Handled by {who}' },
};

const DONE_BY_YOU: Readonly<Record<Ending, Words>> = {
  dispatch: { zh: '您已分派', en: 'You dispatched it' },
  advise: { zh: '您已答复', en: 'You answered' },
  complete: { zh: '您已完成', en: 'You completed it' },
  agree: { zh: '您已同意', en: 'You agreed' },
  refuse: { zh: '您已拒绝', en: 'You refused' },
  confirm: { zh: '您已确认解决', en: 'You confirmed it' },
  unsolved: { zh: '您已反馈未解决', en: 'You said: not solved' },
  returned: { zh: '您已退回', en: 'You returned it' },
  submit: { zh: '您已重新提交', en: 'You resubmitted it' },
  handled: { zh: '您已处理', en: 'You handled it' },
};
