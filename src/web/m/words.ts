/** Every text of the pages, in both languages. `{0}` stands for the first value given. */
import type { Words } from '../../lib/locale.ts';
import { ACT_PAGE_WORDS } from './act/words.ts';
import { AWAY_WORDS } from './away/words.ts';
import { FORM_WORDS } from './field/words.ts';

export const WORDS = {
  ...ACT_PAGE_WORDS,
  ...AWAY_WORDS,
  ...FORM_WORDS,
  appName: { zh: '派单', en: 'Paidan' },
  todo: { zh: '待办', en: 'To do' },
  mine: { zh: '我的工单', en: 'My tickets' },
  file: { zh: '提单', en: 'New ticket' },
  fileWhat: { zh: '想提什么单？', en: 'What do you need?' },
  back: { zh: '返回', en: 'Back' },
  home: { zh: '返回首页', en: 'Home' },
  close: { zh: '关闭', en: 'Close' },
  loadMore: { zh: '加载更多', en: 'Load more' },
  loading: { zh: '加载中…', en: 'Loading…' },
  retry: { zh: '重试', en: 'Try again' },
  noTodo: { zh: '没有待办，都处理完了。', en: 'Nothing to do. All caught up.' },
  noMine: { zh: '您还没有提过单。点“提单”开始。', en: 'You have not filed anything yet. Start with New ticket.' },
  noTemplates: {
    zh: '现在没有您可以提的单。需要时请联系管理员开通。',
    en: 'There is nothing you may file yet. Ask an admin for access.',
  },
  unreached: {
    zh: '网络不通，或服务暂时没有回应。填写的内容都已保留，请稍后重试。',
    en: 'No connection, or the service does not answer for a moment. What you typed is kept; try again shortly.',
  },
  reconnecting: { zh: '网络不通，正在重试…', en: 'No connection, trying again…' },
  noPage: { zh: '没有这个页面。地址可能不完整，请从首页进入。', en: 'No such page. Start again from the home page.' },
  cannotOpen: { zh: '打不开', en: 'Cannot open this' },
  signIn: { zh: '请先登录', en: 'Please sign in' },
  signInWecom: { zh: '用企业微信登录（{0}）', en: 'Sign in with WeCom ({0})' },
  signInDingtalk: { zh: '用钉钉登录（{0}）', en: 'Sign in with DingTalk ({0})' },
  signInHow: {
    zh: '请从企业微信的工作台或消息卡片重新打开；也可以点下面的按钮登录。',
    en: 'Open this page again from the app or a card in WeCom, or sign in with the button below.',
  },
  ago: { zh: '{0}前', en: '{0} ago' },
  justNow: { zh: '刚刚', en: 'Just now' },
  // the ticket
  stage: { zh: '进度', en: 'Progress' },
  content: { zh: '提单内容', en: 'Request' },
  result: { zh: '{0} · 填写结果', en: '{0} · result' },
  filledIn: { zh: '查看填写内容', en: 'What was filled in' },
  history: { zh: '处理记录', en: 'History' },
  files: { zh: '附件', en: 'Files' },
  requester: { zh: '提报人', en: 'Requester' },
  filedBy: { zh: '由 {0} 代提', en: 'filed by {0}' },
  filedAt: { zh: '提报时间', en: 'Filed' },
  elapsed: { zh: '已用时', en: 'Elapsed' },
  total: { zh: '总用时', en: 'Total time' },
  anyOf: { zh: '{0} 中任意一位', en: 'any of {0}' },
  people: { zh: '{0} 等 {1} 人', en: '{0} and others, {1} in all' },
  moreHistory: { zh: '显示更早的 {0} 条', en: 'Show {0} earlier' },
  related: { zh: '相关工单与抄送', en: 'Related, and copied to' },
  copiedTo: { zh: '抄送：{0}', en: 'Copied to {0}' },
  // a draft
  draftFiled: { zh: '这份草稿已提交为 {0}。', en: 'This draft was filed as {0}.' },
  draftClosed: { zh: '这份草稿已取消或被新的草稿取代。', en: 'This draft was cancelled or replaced by a newer one.' },
  openTicket: { zh: '查看工单', en: 'Open the ticket' },
  startNew: { zh: '重新填写', en: 'Start again' },
  fromChat: { zh: '聊天里已经填的内容都带过来了。', en: 'What you said in the chat is filled in already.' },
  again: { zh: '再次提交', en: 'Submit again' },
  fromTicket: {
    zh: '内容取自 {0}，改好后提交成一张新工单，两张互相关联。',
    en: 'Filled in from {0}. Change what you like: it becomes a new ticket, linked to the old one.',
  },
  forSomebody: { zh: '为 {0} 提交。', en: 'Filed for {0}. ' },
  onlyForOthers: { zh: '为别人代提', en: 'For others only' },
  whoAsks: { zh: '为谁提交', en: 'For whom' },
  ownInstead: { zh: '改回为我自己提交', en: 'File it for myself after all' },
  filedForOther: {
    zh: '由您代提：进展告诉 {0}，您也可以看。',
    en: 'You file it for {0}, who hears how it goes; you can look, too.',
  },
  restored: { zh: '已恢复上次没有提交的内容。', en: 'What you typed last time is back.' },
  startOver: { zh: '清空重填', en: 'Clear it' },
  send: { zh: '提交', en: 'Submit' },
  sending: { zh: '提交中…', en: 'Submitting…' },
  checkFields: { zh: '有 {0} 处需要修改，见下方红字。', en: 'Please correct {0} field(s), marked in red.' },
  stillUploading: { zh: '还有文件在上传，请稍等。', en: 'Files are still being uploaded. One moment.' },
} as const satisfies Readonly<Record<string, Words>>;

export type WordKey = keyof typeof WORDS;
