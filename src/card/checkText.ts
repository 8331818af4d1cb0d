/** What whoever may publish is told when the nightly check finds something new in a published template. */
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { tight } from './tight.ts';

interface Checked {
  readonly template: { readonly key: string; readonly version: number; readonly name: string };
  readonly found: readonly (Words & { readonly line: number })[];
  /** Found as well. */
  readonly more: number;
}

export function checkText({ template: { key, version, name }, found, more }: Checked, locale: Locale): string {
  const line = (one: Words & { readonly line: number }): Words => ({
    zh: `· 第 ${one.line} 行：${one.zh}`,
    en: `· line ${one.line}: ${one.en}`,
  });
  const rest: readonly Words[] = more > 0 ? [{ zh: `· 另有 ${more} 项`, en: `· and ${more} more` }] : [];
  const lines: readonly Words[] = [
    {
      zh: tight(`夜间检查发现流程「${name}」（${key} v${version}）有新的问题：`),
      en: `The nightly check found something new in “${name}” (${key} v${version}):`,
    },
    ...found.map(line),
    ...rest,
    {
      zh: '请修改流程后重新发布，或补全通讯录和角色；运行 paidan template check --published 可查看全部。',
      en: 'Correct the template and publish it again, or complete the directory and roles; paidan template check --published shows everything.',
    },
  ];
  return lines.map((one) => inWords(one, locale)).join('\n');
}
