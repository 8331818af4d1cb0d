/** Why these people were asked, from the rule's own notation (`flow/resolve.ts`). */
import { inWords, type Locale, type Words } from '../../../lib/locale.ts';

const FIXED: readonly (readonly [RegExp, Words])[] = [
  [/^handler_of: /, { zh: '原处理人', en: 'who handled it before' }],
  [/^manager: .*, level: 1$/, { zh: '直属上级', en: 'manager' }],
  [/^manager: .*, level: (\d+)$/, { zh: '第 {0} 级上级', en: 'manager, level {0}' }],
  [/^department_head: /, { zh: '部门负责人', en: 'head of department' }],
  [/^(?:role|department): ([^,]+)/, { zh: '{0}', en: '{0}' }],
  [/^self_approval: superior$/, { zh: '本人不能审批，由上级代审', en: 'not oneself: the superior instead' }],
  [/^admin$/, { zh: '没有找到人，由流程管理员处理', en: 'nobody was found: the flow admin' }],
];

/** @returns `''` for a rule that says no more than the names beside it */
export function ruleText(rule: string, locale: Locale): string {
  const parts = rule.split(/; (?:if_empty: )?| \+ /).flatMap((part) => {
    const [pattern, words] = FIXED.find(([one]) => one.test(part)) ?? [];
    const found = pattern?.exec(part)?.[1] ?? '';
    return words ? [inWords(words, locale).replace('{0}', found)] : [];
  });
  return [...new Set(parts)].join(locale === 'en' ? ', ' : '、');
}
