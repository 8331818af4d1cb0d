/** What is said when something is refused: what happened, then what to do next. The same in chat, on pages, in the API. */
import type { Status } from '../flow/ticket.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import type { Refusal, RefusalCode } from '../lib/refusal.ts';
import { actText, notAllowed, quoted, wordsNeeded } from './actRefusal.ts';
import { LIFE_REFUSALS } from './lifeRefusal.ts';
import { fileForWords } from './fileForRefusal.ts';
import { NOT_LINKED_WORDS } from './notLinkedWords.ts';
import { always, BESIDE, type Fact, type Wording } from './refusalBeside.ts';
import { STATUS_WORDS } from './words.ts';

const WORDING: Readonly<Record<RefusalCode, Wording>> = {
  bad_input: {
    title: { zh: '内容有误', en: 'Not valid' },
    text: always('提交的内容有误，请改正后再试。', 'Something in it is not valid: correct it and try again.'),
  },
  too_large: {
    title: { zh: '内容太大', en: 'Too large' },
    text: (fact) => ({
      zh: `内容太大${limit(fact, '，上限是 ')}，请缩小后再发。`,
      en: `It is too large${limit(fact, '; the limit is ')}. Send something smaller.`,
    }),
  },
  unknown_field: {
    title: { zh: '没有这个字段', en: 'Unknown field' },
    text: (fact) => ({
      zh: `没有${quoted(fact('field'), 'zh')}这个字段，请去掉它再提交。`,
      en: `There is no field ${quoted(fact('field'), 'en')}: leave it out and send again.`,
    }),
  },
  not_signed_in: {
    title: { zh: '请先登录', en: 'Not signed in' },
    text: always('登录已失效，请从聊天里的卡片重新打开。', 'You are not signed in. Open the page again from the chat.'),
  },
  not_allowed: {
    title: { zh: '没有权限', en: 'Not allowed' },
    text: (fact) => fileForWords(fact) ?? notAllowed(fact),
  },
  not_your_task: {
    title: { zh: '不是您的待办', en: 'Not your task' },
    text: (fact) => ({
      zh: `这条待办${fact('by') ? `现在由${fact('by')}负责` : '不是您的'}。需要说明情况的话，可以补充说明。`,
      en: `This task is ${fact('by') ? `with ${fact('by')}` : 'not yours'}. You can still add a comment.`,
    }),
  },
  unknown_person: {
    title: { zh: '没有找到这个人', en: 'Unknown person' },
    text: (fact) => ({
      zh: `通讯录里没有找到${fact('person') ? quoted(fact('person'), 'zh') : '这个人'}，或已离职。请核对姓名或账号。`,
      en: `${fact('person') ? quoted(fact('person'), 'en') : 'That person'} is not in the directory, or has left. Check the name or the account.`,
    }),
  },
  ticket_not_found: {
    title: { zh: '没有找到工单', en: 'No such ticket' },
    text: always(
      '没有找到这张工单，或您不能查看它。请核对编号，或发「我的工单」查看。',
      'There is no such ticket, or you may not see it. Check the number, or send “my tickets”.',
    ),
  },
  task_not_found: {
    title: { zh: '没有找到待办', en: 'No such task' },
    text: always(
      '没有找到这条待办。请发「待办」查看最新的列表。',
      'There is no such task. Send “todo” for the present list.',
    ),
  },
  template_not_found: {
    title: { zh: '没有找到流程', en: 'No such template' },
    text: (fact) => ({
      zh: `没有找到流程${quoted(fact('template'), 'zh')}，可能已停用。请发「帮助」查看可以提交的工单。`,
      en: `There is no template ${quoted(fact('template'), 'en')}, or it is out of use. Send “help” for what can be filed.`,
    }),
  },
  template_faulty: {
    title: { zh: '流程模板有误', en: 'Faulty template' },
    // With a step named: nobody could be found for it, and there is no admin to stand in. With errors: of a text to be published.
    text: (fact) =>
      fact('errors')
        ? {
            zh: `模板有 ${fact('errors')} 处错误，没有发布，上一个版本照常使用。请按行号逐条修改后再发布。`,
            en: `Not published: the template has ${fact('errors')} error(s), and the last version stays in use. Correct each where it stands, then publish again.`,
          }
        : {
            zh: `${fact('node') ? `「${fact('node')}」这一步找不到可以处理的人，也没有管理员代管` : '这个流程模板有误'}，暂时不能继续。请把这条消息转给管理员。`,
            en: `${fact('node') ? `Nobody was found for the step “${fact('node')}”, and no admin stands in` : 'This template has a fault'}, so it can’t go on. Pass this message to an admin.`,
          },
  },
  not_found: {
    title: { zh: '没有找到', en: 'Not found' },
    text: (fact) => ({
      zh: `没有找到${quoted(fact('what'), 'zh') || '您要的内容'}，请核对后再试。`,
      en: `${quoted(fact('what'), 'en') || 'That'} was not found. Check it and try again.`,
    }),
  },
  ticket_closed: {
    title: { zh: '工单已结束', en: 'The ticket is over' },
    text: (fact) => ({
      zh: `工单${spaced(fact('number'))}${statusText(fact, 'zh') || '已结束'}，不能再操作。还有问题的话，请重新提交一张。`,
      en: `Ticket${spaced(fact('number'))}is ${statusText(fact, 'en') || 'over'}: nothing more can be done with it. File a new one if you still need help.`,
    }),
  },
  task_over: {
    title: { zh: '已有人处理', en: 'Already done' },
    text: (fact) => ({
      zh: `${fact('by') || '系统'}已经${RESULTS.get(fact('result'))?.zh ?? '处理过这条待办'}，无需再操作。`,
      en: `${fact('by') || 'The system'} already ${RESULTS.get(fact('result'))?.en ?? 'dealt with this task'}. Nothing is left to do.`,
    }),
  },
  changed_meanwhile: {
    title: { zh: '工单刚有变化', en: 'Changed meanwhile' },
    text: always(
      '您操作时工单刚刚有了变化，这次没有生效。请看最新状态后再操作。',
      'The ticket changed while you were acting, so nothing was done. Look at its present state and try again.',
    ),
  },
  already_claimed: {
    title: { zh: '已被受理', en: 'Already accepted' },
    text: (fact) => ({
      zh: `${fact('by') || '同事'}已经先受理了，无需再操作。`,
      en: `${fact('by') || 'Somebody'} accepted it first. Nothing is left to do.`,
    }),
  },
  not_now: {
    title: { zh: '现在不能这样做', en: 'Not possible now' },
    text: (fact) => ({
      zh: `现在还不能${actText(fact, 'zh') || '这样做'}。请看最新的卡片，按上面的按钮操作。`,
      en: `You can’t ${actText(fact, 'en') || 'do that'} at this point. Look at the latest card and use its buttons.`,
    }),
  },
  comment_required: {
    title: { zh: '还差几句话', en: 'A few words are needed' },
    text: wordsNeeded,
  },
  too_late_to_withdraw: {
    title: { zh: '已不能撤回', en: 'Too late to withdraw' },
    text: always(
      '已经有人处理，不能撤回了。可以补充说明，请审批人退回或拒绝。',
      'Somebody has already acted, so it can’t be withdrawn. Add a comment and ask them to return or refuse it.',
    ),
  },
  ...LIFE_REFUSALS,
  ...BESIDE,
  cannot_transfer_to_self: {
    title: { zh: '不能转交给自己', en: 'Can’t transfer to yourself' },
    text: always('这条待办已经是您的，请选择另一位同事。', 'This task is yours already: choose somebody else.'),
  },
  cannot_transfer_to_requester: {
    title: { zh: '不能转交给提报人', en: 'Can’t transfer to the requester' },
    text: always(
      '审批不能转交给提报人本人，请选择另一位同事。',
      'Requesters can’t approve their own ticket: choose somebody else.',
    ),
  },
  bad_return_target: {
    title: { zh: '不能退回到这一步', en: 'Can’t return there' },
    text: (fact) => ({
      zh: `不能退回到${quoted(fact('to'), 'zh') || '那一步'}，请从列出的步骤里选。`,
      en: `It can’t be returned to ${quoted(fact('to'), 'en') || 'that step'}: choose one of the steps listed.`,
    }),
  },
  filing_limit: {
    title: { zh: '提交太多', en: 'Too many tickets' },
    text: (fact) => {
      const count = fact('count') ? { zh: `（${fact('count')} 张）`, en: ` of ${fact('count')}` } : { zh: '', en: '' };
      const per = PERIODS.get(fact('per')) ?? { zh: '这段时间', en: 'for now' };
      return {
        zh: `${fact('requester') || '您'}${per.zh}提交的${quoted(fact('template'), 'zh') || '工单'}已到上限${count.zh}。可以在已有工单里补充说明，或稍后再提交。`,
        en: `${fact('requester') ? `${fact('requester')} has` : 'You have'} reached the limit${count.en} for ${quoted(fact('template'), 'en') || 'these tickets'} ${per.en}. Add to a ticket that is there, or file later.`,
      };
    },
  },
  draft_gone: {
    title: { zh: '草稿已不在', en: 'The draft is gone' },
    text: always(
      '这份草稿已经提交或取消了。请重新发一句话，说说要办什么。',
      'This draft was filed or cancelled. Say again what you need to start a new one.',
    ),
  },
  rate_limited: {
    title: { zh: '操作太频繁', en: 'Too many requests' },
    text: (fact) => ({
      zh: `操作太频繁，请${fact('seconds') ? ` ${fact('seconds')} 秒` : '稍等片刻'}后再试。`,
      en: `Too many requests: try again in ${fact('seconds') ? `${fact('seconds')} seconds` : 'a moment'}.`,
    }),
  },
  replayed: {
    title: { zh: '消息已过期', en: 'Message too old' },
    text: always(
      '这条消息太旧，没有处理。请重新操作一次。',
      'This message is too old and was not acted on. Please do it again.',
    ),
  },
};

const RESULTS = new Map<string, Words>(
  Object.entries({
    complete: { zh: '处理完成', en: 'completed it' },
    agree: { zh: '同意', en: 'agreed' },
    refuse: { zh: '拒绝', en: 'refused' },
    returned: { zh: '退回', en: 'returned it' },
    submit: { zh: '重新提交', en: 'resubmitted it' },
    dispatch: { zh: '分派', en: 'dispatched it' },
    retry: { zh: '重试', en: 'tried it again' },
    skip: { zh: '跳过这一步', en: 'skipped the step' },
    advise: { zh: '答复', en: 'answered' },
    cancelled: { zh: '取消这条待办', en: 'cancelled this task' },
    forced: { zh: '强制关闭工单', en: 'closed the ticket' },
    merged: { zh: '把工单并入另一张', en: 'merged the ticket into another' },
    duplicate: { zh: '把工单标记为重复', en: 'marked the ticket as a duplicate' },
    removed: { zh: '取消加签', en: 'took this task off' },
    withdrawn: { zh: '撤回工单', en: 'withdrew the ticket' },
  }),
);
const PERIODS = new Map<string, Words>(
  Object.entries({
    day: { zh: '今天', en: 'today' },
    week: { zh: '本周', en: 'this week' },
    month: { zh: '本月', en: 'this month' },
  }),
);

const limit = (fact: Fact, before: string): string => (fact('limit') ? `${before}${fact('limit')}` : '');
const spaced = (text: string): string => (text ? ` ${text} ` : ' ');
const statusText = (fact: Fact, language: keyof Words): string => {
  const status = fact('status');
  const words = Object.hasOwn(STATUS_WORDS, status) ? STATUS_WORDS[status as Status] : null;
  return language === 'en' ? (words?.en.toLowerCase() ?? '') : (words?.zh ?? '');
};
export const refusalTitle = (refusal: Refusal, locale: Locale): string =>
  inWords(WORDING[refusal.refused].title, locale);

/** One line, or one line per field when fields are what is wrong. */
export function refusalText(refusal: Refusal, locale: Locale): string {
  const { refused, facts, fields = [] } = refusal;
  const fact: Fact = (name) => (Object.hasOwn(facts, name) ? String(facts[name]) : '');
  const [first] = fields;
  if (!first) return inWords(NOT_LINKED_WORDS.get(fact('why')) ?? WORDING[refused].text(fact), locale);
  const end = locale === 'en' ? '.' : '。';
  if (fields.length === 1) return inWords(first, locale) + end;
  const several = { zh: '还有几处需要补充或修改：', en: 'A few things are missing or to be corrected:' };
  return [inWords(several, locale), ...fields.map((one) => `· ${inWords(one, locale)}`)].join('\n');
}
