/** Reads a number as people type it in a chat: `1.5小时`, `１，２００元`, `半小时`, `1小时30分钟`, `3万`. */
import type { Words } from '../lib/locale.ts';
import { plain } from './typed.ts';

const HAN_DIGIT: Readonly<Record<string, number>> = {
  零: 0, 半: 0.5, 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10,
}; // prettier-ignore
const SCALE: Readonly<Record<string, number>> = { 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8, k: 1e3 };
/** Minutes in units of time that always have the same length; a day of work has not. */
const MINUTES: readonly (readonly [RegExp, number])[] = [
  [/^(小时|个小时|钟头|个钟头|h|hr|hrs|hour|hours)$/i, 60],
  [/^(分|分钟|m|min|mins|minute|minutes)$/i, 1],
];
/** Words after an amount that add nothing; where the field has no unit of its own, it may be money. */
const FILLER = /^(个|左右|个左右)?$/;
const MONEY = /^(元|块|块钱|元整|元左右|人民币|rmb|cny|yuan)$/i;
const PART = /^([+-]?\d+(?:\.\d+)?|[零半一两二三四五六七八九十])\s*([百千万亿k](?![a-z]))?\s*([^\d+\-.]*)/i;

interface Part {
  readonly amount: number;
  readonly unit: string;
}

function partsOf(text: string): Part[] | null {
  const parts: Part[] = [];
  let rest = text;
  while (rest) {
    const found = PART.exec(rest);
    if (!found) return null;
    const [all, number = '', scale = '', tail = ''] = found;
    const amount = (HAN_DIGIT[number] ?? Number(number)) * (SCALE[scale.toLowerCase()] ?? 1);
    const half = /^个?半(.*)$/.exec(tail.trim()); // 两个半小时, 1个半
    parts.push(half ? { amount: amount + 0.5, unit: half[1] ?? '' } : { amount, unit: tail.trim() });
    rest = rest.slice(all.length).trim();
  }
  return parts;
}

const minutesIn = (unit: string): number | null => MINUTES.find(([name]) => name.test(unit))?.[1] ?? null;

/**
 * @param unit the field's unit; `''`: a bare number is expected
 * @returns the number in the field's unit, or what to type instead
 */
export function readNumber(text: string, unit: string): number | Words {
  const again: Words = unit
    ? { zh: `请只回复数字，单位是${unit}，例如 1.5`, en: `Reply with a number in ${unit}, e.g. 1.5` }
    : { zh: '请只回复数字，例如 12', en: 'Reply with a number, e.g. 12' };
  const bare = plain(text)
    .replace(/^(约|大约|大概|差不多|共|一共)\s*/, '')
    .replace(/^([+-]?)\s*[¥￥$€£]\s*/, '$1')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
  const parts = partsOf(bare);
  const [first] = parts ?? [];
  if (!parts || !first) return again;
  const wanted = minutesIn(unit);
  if (wanted !== null && parts.every((part) => minutesIn(part.unit) !== null)) {
    const minutes = parts.reduce((sum, part) => sum + part.amount * (minutesIn(part.unit) ?? 0), 0);
    return Math.round((minutes / wanted) * 100) / 100;
  }
  if (parts.length > 1) return again;
  const fits = first.unit === plain(unit) || FILLER.test(first.unit) || (!unit && MONEY.test(first.unit));
  return fits ? first.amount : again;
}
