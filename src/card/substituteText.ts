/** What the chat asks and says about who stands in for whom. Each text says what happened and what to do next. */
import type { Substitute } from '../flow/directory.ts';
import { localDateTime, localEnd } from '../flow/zone.ts';
import type { Words } from '../lib/locale.ts';
import { tight } from './tight.ts';

/** A substitute as one reads it: `name` is whoever acts, or whom one acts for. */
export interface NamedSubstitute extends Pick<Substitute, 'from' | 'until'> {
  readonly name: string;
  /** Of the templates; null: all. */
  readonly templates: readonly string[] | null;
}

const words = (zh: string, en: string): Words => ({ zh, en });

const HOW = words('代理 李强 12月1日到12月5日', 'substitute Li Qiang 2026-12-01 to 2026-12-05');

const spanOf = ({ from, until }: NamedSubstitute, now: number): Words =>
  from <= now
    ? words(`现在起到 ${localEnd(until)}`, `from now until ${localEnd(until)}`)
    : words(`${localDateTime(from)} 到 ${localEnd(until)}`, `from ${localDateTime(from)} until ${localEnd(until)}`);

const scopeOf = ({ templates }: NamedSubstitute): Words =>
  templates === null
    ? words('全部流程', 'all templates')
    : words(
        `只限${templates.map((name) => `「${name}」`).join('')}`,
        `only ${templates.map((name) => `“${name}”`).join(', ')}`,
      );

function lineOf(one: NamedSubstitute, now: number, language: keyof Words): string {
  const started = one.from <= now;
  const state = started ? words('生效中', 'in force') : words('未开始', 'not begun');
  const end = localEnd(one.until);
  const span = started ? words(`到 ${end}`, `until ${end}`) : spanOf(one, now);
  return language === 'zh'
    ? `${one.name}：${span.zh}，${scopeOf(one).zh}（${state.zh}）`
    : `${one.name}: ${span.en}, ${scopeOf(one).en} (${state.en})`;
}

const lines = (list: readonly NamedSubstitute[], now: number, language: keyof Words): string =>
  list.map((one) => `· ${lineOf(one, now, language)}`).join('\n');

export const substituteText = {
  /** @param mine who stands in for the reader @param theirs for whom the reader does */
  list: (mine: readonly NamedSubstitute[], theirs: readonly NamedSubstitute[], now: number): Words => {
    const part = (list: readonly NamedSubstitute[], head: Words) =>
      list.length > 0
        ? words(`${head.zh}\n${lines(list, now, 'zh')}\n\n`, `${head.en}\n${lines(list, now, 'en')}\n\n`)
        : words('', '');
    const forMe = part(mine, words('代理您的：', 'Who stands in for you:'));
    const byMe = part(theirs, words('由您代理的：', 'For whom you stand in:'));
    const none =
      mine.length + theirs.length === 0
        ? words('您没有设置代理，也没有在代理别人。\n\n', 'Nobody stands in for you, and you stand in for nobody.\n\n')
        : words('', '');
    const end = mine.length > 0 ? words('\n提前结束：取消代理', '\nTo end it early: end substitute') : words('', '');
    return words(
      `${none.zh}${forMe.zh}${byMe.zh}外出前可以找人代理，这样说：${HOW.zh}\n只交几个流程，在后面加上「只限」和流程名。${end.zh}`,
      `${none.en}${forMe.en}${byMe.en}Before you are away, name somebody: ${HOW.en}\nFor some templates alone, add “only” and their names.${end.en}`,
    );
  },
  page: words('打开代理页面', 'Open the page'),
  askWho: words('请谁代理您？请回复姓名或账号。', 'Who stands in for you? Reply with the name or the account.'),
  askWhich: (name: string, options: string) =>
    words(
      `叫「${name}」的有几位，请回复编号：\n${options}`,
      `Several people are called “${name}”: reply with the number:\n${options}`,
    ),
  askWhen: (name: string) =>
    words(
      tight(`请 ${name} 代理您，从什么时候到什么时候？例如：12月1日到12月5日`),
      `From when until when does ${name} stand in for you? For example: 2026-12-01 to 2026-12-05`,
    ),
  timeUnclear: words(
    '没有看懂起止时间。可以这样说：12月1日到12月5日、明天、明天 14:00 到 12月3日 12:00、到12月5日',
    'That is no stretch of time I understand. Say it like this: 2026-12-01 to 2026-12-05, tomorrow, until 2026-12-05, 2026-12-01 14:00 to 2026-12-03 12:00',
  ),
  templateUnclear: (text: string, names: readonly string[]) =>
    words(
      `没有叫「${text}」的流程。可以写：${names.join('、')}。`,
      `There is no template “${text}”. There are: ${names.join(', ')}.`,
    ),
  made: (one: NamedSubstitute, now: number) =>
    words(
      `已设置：${spanOf(one, now).zh}，${tight(`由 ${one.name} 代理您`)}，${scopeOf(one).zh}。\n这段时间里新的待办同时发给两位，谁先处理都算；手上已有的待办不变，需要时请转交。\n要取消或提前结束，发「取消代理」。`,
      `Done: ${one.name} stands in for you ${spanOf(one, now).en}, ${scopeOf(one).en}.\nNew tasks of that time go to both of you, and either may act; what you already have stays with you alone: transfer it if need be.\nTo end it, send “end substitute”.`,
    ),
  ended: (list: readonly NamedSubstitute[], now: number) =>
    words(
      `已取消代理：\n${lines(list, now, 'zh')}\n新的待办只发给您本人；已经发给对方的不收回，谁先处理都算。`,
      `Ended:\n${lines(list, now, 'en')}\nNew tasks come to you alone; what they have been given stays with both of you.`,
    ),
  askEnd: (list: readonly NamedSubstitute[], now: number) =>
    words(
      `取消哪一个？请回复编号，或回复「全部」：\n${list.map((one, i) => `${i + 1}. ${lineOf(one, now, 'zh')}`).join('\n')}`,
      `Which one? Reply with the number, or “all”:\n${list.map((one, i) => `${i + 1}. ${lineOf(one, now, 'en')}`).join('\n')}`,
    ),
  nothingToEnd: (name: string) =>
    words(
      `没有找到${name ? `「${name}」` : ''}可以取消的代理：只能取消代理您本人的。发「代理」查看。`,
      `There is nothing ${name ? `with “${name}” ` : ''}to end: only whoever is stood in for can end it. Send “substitute” to look.`,
    ),
} as const;
