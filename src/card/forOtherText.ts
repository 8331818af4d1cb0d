/** What the chat asks when something is filed for somebody else (代提). */
import type { Words } from '../lib/locale.ts';
import { tight } from './tight.ts';

const words = (zh: string, en: string): Words => ({ zh, en });

export const forOtherText = {
  askWho: words(
    '为谁代提？请回复姓名或账号。不提了，回复「取消」。',
    'For whom? Reply with the name or the account, or “cancel” to drop it.',
  ),
  askWhich: (name: string, options: string) =>
    words(
      `叫「${name}」的有几位，请回复编号：\n${options}`,
      `Several people are called “${name}”: reply with the number:\n${options}`,
    ),
  /** @param forms  the words that open what they may file */
  askWhat: (name: string, forms: readonly string[]) =>
    forms.length > 0
      ? words(
          tight(
            `为 ${name} 提什么？用这些词开头，再加一句说明：${forms.join('、')}。例如「${forms[0]} …」；不提了，回复「取消」。`,
          ),
          `What do you file for ${name}? Begin with one of these words: ${forms.join(', ')}; or “cancel” to drop it.`,
        )
      : words(
          tight(`现在没有可以为 ${name} 提交的工单。需要的话，请联系管理员开通。`),
          `There is nothing that ${name} may file at the moment. Ask an admin if they need to.`,
        ),
} as const;
