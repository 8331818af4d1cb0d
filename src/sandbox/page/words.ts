/** Every text of the page, in both languages. `{0}` stands for the first value given. */
import type { Words } from '../../lib/locale.ts';

export const WORDS = {
  title: { zh: '派单沙盒', en: 'Paidan sandbox' },
  subtitle: { zh: '模拟的企业微信，可以扮演任何一位同事', en: 'A simulated WeCom: be any colleague' },
  appName: { zh: '派单', en: 'Paidan' },
  people: { zh: '同事', en: 'People' },
  search: { zh: '搜索姓名、部门、账号', en: 'Search name, department, account' },
  nobody: { zh: '没有找到“{0}”。换个姓名或部门试试。', en: 'No one matches “{0}”. Try another name or department.' },
  withNews: { zh: '有新消息', en: 'New messages' },
  head: { zh: '负责人', en: 'Head' },
  unread: { zh: '{0} 条新消息', en: '{0} new' },
  pick: { zh: '选择同事', en: 'Choose people' },
  choose: { zh: '从左边选一位同事，就能以他的身份聊天。', en: 'Choose a colleague on the left to chat as them.' },
  upToThree: { zh: '最多同时扮演三位', en: 'Up to three at a time' },
  back: { zh: '返回', en: 'Back' },
  close: { zh: '关闭', en: 'Close' },
  closeChat: { zh: '收起 {0} 的聊天', en: 'Close the chat of {0}' },
  chatOf: { zh: '{0} 与派单的聊天', en: 'Chat of {0} with Paidan' },
  switchTo: { zh: '切换到 {0}', en: 'Switch to {0}' },
  empty: {
    zh: '还没有消息。发一句“报修 打印机卡纸 紧急”试试，或点下面的“帮助”。',
    en: 'No messages yet. Try sending “报修 打印机卡纸 紧急”, or press Help below.',
  },
  newBelow: { zh: '有新消息 ↓', en: 'New messages ↓' },
  say: { zh: '以 {0} 的身份发消息', en: 'Message as {0}' },
  sayHint: { zh: '发消息…', en: 'Message…' },
  send: { zh: '发送', en: 'Send' },
  picture: { zh: '发送图片', en: 'Send a picture' },
  quick: { zh: '常用语', en: 'Quick words' },
  undelivered: { zh: '未送达，点此重试', en: 'Not delivered. Tap to retry' },
  refused: { zh: '{0} 点此移除', en: '{0} Tap to remove' },
  sending: { zh: '发送中…', en: 'Sending…' },
  clickLost: { zh: '操作未送达，点此重试', en: 'The click did not arrive. Tap to retry' },
  reconnecting: { zh: '与沙盒的连接断开，正在重连…', en: 'Lost the sandbox. Reconnecting…' },
  cannotLoad: {
    zh: '沙盒没有回答。请确认服务已启动，然后重试。',
    en: 'The sandbox did not answer. Check that the service runs, then retry.',
  },
  retry: { zh: '重试', en: 'Retry' },
  submit: { zh: '提交', en: 'Submit' },
  more: { zh: '更多操作', en: 'More actions' },
  tooLong: { zh: '文字超出建议长度，客户端会截短：{0}', en: 'Over the suggested length, the client shortens it: {0}' },
  newTab: { zh: '在新标签页打开', en: 'Open in a new tab' },
  pageAs: { zh: '以 {0} 的身份打开的页面', en: 'Page opened as {0}' },
  details: { zh: '详情', en: 'Details' },
  file: { zh: '文件', en: 'File' },
  unsupported: { zh: '这种消息请在企业微信里查看（{0}）', en: 'Open this message in WeCom ({0})' },
  guide: { zh: '三步体验一张工单', en: 'One ticket in three steps' },
  showGuide: { zh: '显示引导', en: 'Show the guide' },
  hideGuide: { zh: '收起引导', en: 'Hide the guide' },
  nextStep: { zh: '下一步', en: 'Next step' },
  step1: { zh: '以{0}的身份发：', en: 'As {0}, send:' },
  step1do: { zh: '填好这句话', en: 'Fill it in' },
  step2: {
    zh: '按卡片补全并提交。有新消息的同事（例如{0}）会收到卡片：点“受理”，修好后点“完成”。',
    en: 'Complete the card and submit. Whoever gets a card (such as {0}) accepts it, then completes it.',
  },
  step3: {
    zh: '回到{0}，点“已解决”，工单就关闭了。选“非常紧急”还会请{1}审批。',
    en: 'Back as {0}, confirm that it is solved: the ticket is closed. “非常紧急” also asks {1} to approve.',
  },
  language: { zh: 'English', en: '中文' },
} as const satisfies Record<string, Words>;

export type WordKey = keyof typeof WORDS;

/** What the row above the input offers: `text` is said; `more` waits in the input for the rest of the sentence. */
export const QUICK = [
  { text: '报修 ', more: true, label: { zh: '报修…', en: 'Report (报修)…' } },
  { text: '待办', more: false, label: { zh: '待办', en: 'To-dos (待办)' } },
  { text: '我的工单', more: false, label: { zh: '我的工单', en: 'My tickets (我的工单)' } },
  { text: '帮助', more: false, label: { zh: '帮助', en: 'Help (帮助)' } },
] as const satisfies readonly { text: string; more: boolean; label: Words }[];

export const FIRST_SENTENCE = '报修 打印机卡纸 紧急';
