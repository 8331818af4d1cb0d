/** Numbers, amounts of money and ratings: finite, in range; money in whole cents. */
import type { Field, Value } from '../field.ts';
import { readNumber } from '../readNumber.ts';
import { type FieldRule, isNothing, type Parsed, problem } from '../rule.ts';

/** Above this a double no longer holds every cent. */
const LARGEST = 1e13;
const MOST_STARS = 5;

function parseNumber(given: unknown, field: Field): Parsed {
  if (isNothing(given)) return { value: null };
  if (typeof given !== 'number' || !Number.isFinite(given)) return problem('请填写数字', 'Enter a number');
  if (Math.abs(given) > LARGEST) return problem('数字太大，请检查', 'The number is too large: check it');
  const unit = field.unit && ` ${field.unit}`;
  if (field.min !== null && given < field.min)
    return problem(`不能小于 ${field.min}${unit}，请修改`, `Must be at least ${field.min}${unit}`);
  if (field.max !== null && given > field.max)
    return problem(`不能大于 ${field.max}${unit}，请修改`, `Must be at most ${field.max}${unit}`);
  return { value: given === 0 ? 0 : given };
}

const decimals = (currency: string): number => (['JPY', 'KRW', 'VND', 'CLP', 'ISK'].includes(currency) ? 0 : 2);

/** An amount rounded to what its currency can pay, half away from zero: what a formula's money becomes. */
export function toPayable(amount: number, currency: string): number {
  const scale = 10 ** decimals(currency);
  // The nearest double to 1.005 is below it; people mean the decimal that they see.
  const cents = Math.round(Number((Math.abs(amount) * scale).toPrecision(15)));
  return (Math.sign(amount) * cents) / scale || 0;
}

function parseMoney(given: unknown, field: Field): Parsed {
  const parsed = parseNumber(given, field);
  if ('problem' in parsed || typeof parsed.value !== 'number') return parsed;
  const places = decimals(field.currency);
  if (toPayable(parsed.value, field.currency) === parsed.value) return parsed;
  return places === 0
    ? problem('金额不能有小数，请填写整数', 'This currency has no cents: enter a whole amount')
    : problem(`金额最多 ${places} 位小数，请修改`, `At most ${places} decimals: correct the amount`);
}

function parseRating(given: unknown, field: Field): Parsed {
  const max = field.max ?? MOST_STARS;
  if (isNothing(given)) return { value: null };
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 1 || given > max)
    return problem(`请选 1 到 ${max} 分`, `Choose 1 to ${max}`);
  return { value: given };
}

/** The marks that a rating offers, from 1. */
export const ratingMarks = (field: Field): readonly number[] =>
  Array.from({ length: Math.max(1, Math.min(10, Math.floor(field.max ?? MOST_STARS))) }, (_, i) => i + 1);

/** Digits without an exponent, so that it reads and types back the same. */
const digits = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
};

function numberText(value: Value, field: Field): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '';
  return field.unit ? `${digits(value)} ${field.unit}` : digits(value);
}

const SYMBOL: Readonly<Record<string, string>> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$' };

function moneyText(value: Value, field: Field): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '';
  const [whole = '0', cents] = Math.abs(value).toFixed(decimals(field.currency)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const symbol = Object.hasOwn(SYMBOL, field.currency) ? SYMBOL[field.currency] : `${field.currency} `;
  return `${value < 0 ? '-' : ''}${symbol}${grouped}${cents ? `.${cents}` : ''}`;
}

function typed(text: string, field: Field, parse: FieldRule['parse']): Parsed {
  const read = readNumber(text, field.unit);
  return typeof read === 'number' ? parse(read, field) : { problem: read };
}

const base = { empty: null, personal: false } as const;

export const numberRule: FieldRule = {
  ...base,
  input: 'number',
  parse: parseNumber,
  text: numberText,
  fromText: (text, field) => typed(text, field, parseNumber),
};
export const moneyRule: FieldRule = {
  ...base,
  input: 'number',
  parse: parseMoney,
  text: moneyText,
  fromText: (text, field) => typed(text, field, parseMoney),
};
export const ratingRule: FieldRule = {
  ...base,
  input: 'choice',
  parse: parseRating,
  text: (value, field) =>
    typeof value === 'number' && Number.isFinite(value) ? `${value} / ${field.max ?? MOST_STARS}` : '',
  fromText: (text, field) =>
    typed((text.split(/[/／]/, 1)[0] ?? '').trim().replace(/[分星颗]{1,3}$/, ''), field, parseRating),
};
