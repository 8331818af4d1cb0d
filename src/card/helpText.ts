/** What the bot answers to 帮助: what can be filed, by which words, and the few words that always work. */
import type { Template } from '../flow/template.ts';
import { inWords, type Locale } from '../lib/locale.ts';
import { cutText } from './cutText.ts';

const SHOWN = 12;

type Fileable = Pick<Template, 'name' | 'description' | 'keywords'>;

/** @param templates those that the reader may file @param forOthers they may file for others, too */
export const helpText = (templates: readonly Fileable[], locale: Locale, forOthers = false): string =>
  [...fileText(templates, locale), ...(forOthers ? [inWords(FOR_OTHERS, locale)] : []), '', restText(locale)].join(
    '\n',
  );

const FOR_OTHERS = {
  zh: '替同事提交，在前面加上「代提 姓名」。',
  en: 'To file for a colleague, begin with “for” and their name.',
};

/** In a group, where only requests are taken. */
export const groupHelpText = (templates: readonly Fileable[], locale: Locale): string =>
  fileText(templates, locale).join('\n');

function fileText(templates: readonly Fileable[], locale: Locale): string[] {
  const lines = templates.slice(0, SHOWN).map(({ name, description, keywords }) => {
    const [word = name] = keywords;
    return `· ${word}${word === name ? '' : ` → ${name}`}${description ? `：${cutText(description, 30)}` : ''}`;
  });
  const [first] = templates;
  const word = first?.keywords[0] ?? first?.name ?? '';
  return lines.length > 0
    ? [
        inWords({ zh: '想办什么，直接说一句就行：', en: 'Say what you need; begin with one of these words:' }, locale),
        ...lines,
        inWords(
          {
            zh: `发「${word}」再加一句说明就能开始，紧急程度和分类也可以一起写。`,
            en: `Send “${word}” and a few words to begin; urgency and category may stand there, too.`,
          },
          locale,
        ),
      ]
    : [inWords({ zh: '现在没有您可以提交的工单。', en: 'There is nothing you can file at the moment.' }, locale)];
}

const restText = (locale: Locale): string =>
  inWords(
    {
      zh: '其他：\n· 我的工单：看进展\n· 待办：看等我处理的\n· 撤回：撤回我提交的工单\n· 再次提交：把撤回或没通过的再提一次\n· 代理：外出时请同事代办\n· 取消：放弃正在填写的内容\n· English：switch to English\n图片和文件直接发给我，会作为附件。',
      en: 'Also:\n· my tickets: how they stand\n· todo: what waits for me\n· withdraw: take back a ticket of mine\n· submit again: file once more what was withdrawn or refused\n· substitute: somebody acts for me while I am away\n· cancel: drop what I am filling in\n· 中文: 改说中文\nSend pictures and files here to attach them.',
    },
    locale,
  );
