/** What the chat asks and says, in both languages. Each text says what happened and what to do next. */
import type { Words } from '../lib/locale.ts';
import { tight } from './tight.ts';

const words = (zh: string, en: string): Words => ({ zh, en });

/** Options as people may answer them: by number or by name. */
export const numbered = (options: readonly string[]): string =>
  options.map((text, i) => `${i + 1}. ${text}`).join('\n');

export const askText = {
  strangers: words(
    '通讯录里还没有您，暂时不能提单。请联系管理员把您加入应用的可见范围，几分钟后再试。',
    'You are not in the directory yet, so you can’t file tickets. Ask an admin to add you to the app’s visible range and try again in a few minutes.',
  ),
  notUnderstood: (examples: string) =>
    words(
      `没有看懂这句话。可以这样说：\n${examples}\n发「帮助」看全部用法。`,
      `I did not understand that. You can say:\n${examples}\nSend “help” for everything.`,
    ),
  /** @param requester for whom; `''`: for the reader */
  opened: (template: string, known: string, requester: string) =>
    words(
      `已打开「${template}」${requester ? tight(`，为 ${requester} 代提`) : ''}${known ? `，已填好：\n${known}` : '。'}`,
      `“${template}” is open${requester ? ` for ${requester}` : ''}${known ? `, filled in so far:\n${known}` : '.'}`,
    ),
  openedAgain: (template: string, number: string, known: string) =>
    words(
      `已按 ${number} 打开「${template}」，提交后是一张新工单，和它关联。${known ? `已填好：\n${known}` : ''}`,
      `“${template}” is open as in ${number}: filed, it is a new ticket linked to the old one.${known ? ` Filled in so far:\n${known}` : ''}`,
    ),
  nothingAgain: words(
    '您没有撤回或没通过的工单可以再次提交。要再次提交别的工单，请带上编号，例如：再次提交 IT-202611-0042',
    'No ticket of yours was withdrawn or refused. For another one, say its number: submit again IT-202611-0042',
  ),
  noted: (label: string) => words(`已记下「${label}」。`, `“${label}” noted.`),
  askField: (label: string, hint: string) =>
    words(`请直接回复「${label}」${hint ? `（${hint}）` : ''}。`, `Reply with “${label}”${hint ? ` (${hint})` : ''}.`),
  askChoice: (label: string, options: string) =>
    words(
      `请选择「${label}」，回复编号或名称：\n${options}`,
      `Choose “${label}”: reply with a number or a name:\n${options}`,
    ),
  onPage: (label: string) => words(`「${label}」要在页面里填写：`, `“${label}” is filled in on the page:`),
  ticketPage: words('打开工单页面', 'Open the ticket'),
  formPage: words('打开表单页面', 'Open the form'),
  finishOnCard: words(
    '都齐了：请在卡片上核对后点「提交」，或直接回复「提交」。',
    'All set: check the card and tap Submit, or reply “submit”.',
  ),
  finishInWords: words(
    '都齐了，直接回复「提交」即可。要改的话，回复「取消」后重新说，或在表单页面里改。',
    'All set: reply “submit”. To change something, reply “cancel” and begin again, or open the form’s page.',
  ),
  chooseOnCard: (labels: string) =>
    words(`${labels}请在卡片上选择，再点「提交」。`, `Choose ${labels} on the card, then tap Submit.`),
  fillOnCard: (labels: string) =>
    words(`${labels}请在卡片上填好，再点「提交」。`, `Fill in ${labels} on the card, then tap Submit.`),
  stillMissing: (labels: string) =>
    words(`还差：${labels}。填好后再提交一次。`, `Still missing: ${labels}. Fill it in and send it again.`),
  formOpen: (template: string) =>
    words(
      `「${template}」还没有提交：请在卡片上填好后点「提交」；不要了，回复「取消」。`,
      `“${template}” is not filed yet: fill in its card and tap Submit; reply “cancel” to drop it.`,
    ),
  formSent: (template: string, requester: string) =>
    words(
      tight(
        `${requester ? `为 ${requester} 代提：` : ''}「${template}」的表单已发到您与我的单聊，填好提交后，进展会显示在本群。`,
      ),
      `The form “${template}”${requester ? ` for ${requester}` : ''} is in your chat with me. Once it is filed, this group sees how it goes.`,
    ),
  inPrivate: words(
    '群里只受理提单：@我，再写要办的事，例如「报修 打印机卡纸」。其他的请到与我的单聊里说。',
    'In a group I only take requests: mention me and say what you need, such as “IT printer jam”. Ask everything else in your own chat with me.',
  ),
  thenCard: (labels: string) => words(`${labels}可以在卡片上选。`, `${labels} can be chosen on the card.`),
  filed: (number: string, title: string, requester: string) =>
    requester
      ? words(
          tight(`已为 ${requester} 提交 ${number}「${title}」，进展会告诉 ${requester}；您想看时发编号。`),
          `${number} “${title}” is filed for ${requester}, who will hear how it goes. Send its number to look.`,
        )
      : words(
          `已提交 ${number}「${title}」。有进展会告诉您；发「我的工单」随时查看。`,
          `${number} “${title}” is filed. You will hear how it goes; send “my tickets” to look.`,
        ),
  draftCancelled: words('已取消，没有提交任何内容。', 'Cancelled: nothing was filed.'),
  spoken: words(
    '好的，之后都说中文。发「帮助」看看能做什么。',
    'English from now on. Send “help” to see what you can do.',
  ),
  askingDropped: words('好的，已放下。什么都没有改变。', 'All right, dropped: nothing has changed.'),
  nothingToCancel: words(
    '现在没有正在填写的内容。发「帮助」看看能做什么。',
    'Nothing is being filled in. Send “help” to see what you can do.',
  ),
  nothingToSubmit: words(
    '现在没有待提交的工单。发送「报修 打印机卡纸」这样的话就可以开始。',
    'There is nothing to submit. Send something like “IT printer jam” to begin.',
  ),
  fileForDraft: (count: number) =>
    words(
      `已收到附件（共 ${count} 个），会随工单一起提交。`,
      `Attachment received (${count} so far); it will be filed with the ticket.`,
    ),
  fileForTicket: (number: string) =>
    words(`已收到附件，加到了 ${number}。`, `Attachment received and added to ${number}.`),
  fileForNothing: words(
    '收到了附件，但不知道要放到哪张工单。请先说要办什么，例如「报修 打印机卡纸」，再发附件。',
    'I got the attachment but don’t know for which ticket. Say what you need first, for example “IT printer jam”, then send it.',
  ),
  tooManyFiles: (label: string, most: number) =>
    words(`「${label}」最多 ${most} 个，这一个没有加上。`, `“${label}” takes at most ${most}: this one was not added.`),
  noFileField: (template: string) =>
    words(
      `「${template}」不收附件，这个文件没有加上。`,
      `“${template}” takes no attachments: this file was not added.`,
    ),
  notAMedia: words(
    '暂时只收图片和文件，语音和视频请改发文字或图片。',
    'Only pictures and files are taken for now: send text or a picture instead of voice or video.',
  ),
  askReason: {
    refuse: words('请回复拒绝的理由。', 'Reply with the reason for refusing.'),
    notSolved: words(
      '请说明哪里还没解决，会转给处理人继续处理。',
      'Say what is still not solved: the handler will see it and go on.',
    ),
    advise: words('请回复您的意见。', 'Reply with your answer.'),
    return: words(
      '请回复退回的原因，以及希望对方补充什么。',
      'Reply with the reason for returning it, and what is missing.',
    ),
    transfer: words('请回复转交的原因，对方会看到。', 'Reply with the reason: the next person will read it.'),
    pause: words('请回复要问提报人的问题，会马上发给对方。', 'Reply with the question: the requester gets it at once.'),
    withdraw: (number: string) =>
      words(
        `要撤回 ${number}，请回复原因；不撤了，回复「取消」。`,
        `To withdraw ${number}, reply with the reason; to leave it as it is, reply “cancel”.`,
      ),
  },
  askTarget: (options: string) =>
    words(`退回到哪一步？回复编号：\n${options}`, `Return it to which step? Reply with the number:\n${options}`),
  askPerson: words(
    '转交给谁？请回复姓名和原因，例如：李强 今天不在公司',
    'Hand it to whom? Reply with the name and the reason, for example: Li Qiang out of office today',
  ),
  askHandler: words('派给谁处理？请回复姓名或账号。', 'Who handles it? Reply with the name or the account.'),
  personUnclear: (text: string) =>
    words(
      `没有找到唯一的「${text}」。请回复完整姓名或账号；不办了，回复「取消」。`,
      `“${text}” is nobody, or several people. Reply with the full name or the account, or “cancel” to leave it.`,
    ),
  askTransfer: words('转交给谁？请回复姓名或账号。', 'Hand it to whom? Reply with the name or the account.'),
  ticketUnclear: (text: string) =>
    words(
      `没有找到工单「${text.slice(0, 40)}」，或您不能查看它。请核对编号。`,
      `There is no ticket “${text.slice(0, 40)}”, or you may not see it. Check the number.`,
    ),
  timeUnclear: words(
    '没有看懂这个时间。可以这样说：明天下午两点、12月3日 09:00',
    'That is no time I understand. Say it like this: tomorrow 14:00, 2026-12-03 09:00',
  ),
  yesOrNo: words('请回复「是」或「否」。', 'Reply “yes” or “no”.'),
  emptyAnswer: words('没有收到内容，请再写一次。', 'There was nothing in it: write it once more.'),
  askComment: (number: string) =>
    words(
      `请回复要补充到 ${number} 的内容，图片也可以直接发。`,
      `Reply with what to add to ${number}; pictures can be sent, too.`,
    ),
  commented: (number: string) =>
    words(`已补充到 ${number}，相关人员会看到。`, `Added to ${number}: everyone concerned will see it.`),
  optionUnclear: words(
    '没有对上任何一个选项，请回复编号或完整名称；不办了，回复「取消」。',
    'That is none of the options: reply with a number or the full name, or “cancel” to leave it.',
  ),
  done: {
    complete: (number: string) => words(`${number} 已提交处理结果。`, `The result for ${number} is recorded.`),
    agree: (number: string) => words(`${number} 已同意。`, `${number}: agreed.`),
    confirm: (number: string) => words(`${number} 已确认解决，谢谢。`, `${number} is confirmed as solved. Thank you.`),
    refuse: (number: string) =>
      words(`${number} 已拒绝，理由已转达。`, `${number} is refused; the reason is passed on.`),
    notSolved: (number: string) =>
      words(
        `${number} 已转回处理人继续处理，您的说明已带上。`,
        `${number} is back with the handler, with what you wrote.`,
      ),
    return: (number: string) =>
      words(`${number} 已退回，原因已转达。`, `${number} is returned; the reason is passed on.`),
  },
  whichTicket: (act: Words, list: string) =>
    words(
      `有几张工单都可以${act.zh}，请回复「${act.zh} 编号」：\n${list}`,
      `Several tickets come into question: reply “${act.en.toLowerCase()}” and the number:\n${list}`,
    ),
  nothingToDo: (act: Words) =>
    words(
      `您现在没有可以${act.zh}的工单。发「待办」或「我的工单」看看，或带上编号再说一次，例如：${act.zh} IT-202611-0042`,
      `There is no ticket for “${act.en.toLowerCase()}” now. Send “todo” or “my tickets”, or say it with the number: ${act.en.toLowerCase()} IT-202611-0042`,
    ),
  sayable: (number: string, lines: readonly string[]) =>
    lines.length > 0
      ? words(
          `对 ${number} 现在可以说：\n${lines.map((line) => `· ${line}`).join('\n')}`,
          `About ${number} you can say now:\n${lines.map((line) => `· ${line}`).join('\n')}`,
        )
      : words(`${number} 现在没有您可以做的操作。`, `There is nothing for you to do about ${number} now.`),
  morePage: words('打开更多操作', 'Open all actions'),
  correctOnPage: (number: string) =>
    words(`请在页面上修改 ${number} 并重新提交：`, `Correct ${number} on its page and submit it again:`),
} as const;
