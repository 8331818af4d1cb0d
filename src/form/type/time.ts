/** A day (`YYYY-MM-DD`, no zone) and an instant (epoch ms). */
import { instantOf, isDate, localDateTime } from '../localTime.ts';
import { readTime } from '../readTime.ts';
import { type FieldRule, isNothing, problem } from '../rule.ts';

/** 1900-01-01 and 2200-01-01: what lies outside is a slip of the keyboard. */
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const noDate = problem('请填写日期，例如 2026-11-05', 'Enter a date, e.g. 2026-11-05');
const noTime = problem('请填写日期和时间，例如 2026-11-05 14:00', 'Enter a date and time, e.g. 2026-11-05 14:00');

export const dateRule: FieldRule = {
  empty: '',
  input: 'date',
  personal: false,
  parse: (given) => {
    if (isNothing(given)) return { value: '' };
    return typeof given === 'string' && isDate(given) ? { value: given } : noDate;
  },
  text: (value) => (typeof value === 'string' ? value : ''),
  fromText: (text, _field, { now, offsetMinutes }) => {
    const read = readTime(text, now, offsetMinutes);
    return read && (read.minutes === null || /现在|now/i.test(text)) ? { value: read.date } : noDate;
  },
};

export const datetimeRule: FieldRule = {
  empty: null,
  input: 'datetime',
  personal: false,
  parse: (given) => {
    if (isNothing(given)) return { value: null };
    const fits = typeof given === 'number' && Number.isInteger(given) && given >= EARLIEST && given < LATEST;
    return fits ? { value: given } : noTime;
  },
  text: (value, _field, look) =>
    typeof value === 'number' && Number.isFinite(value) ? localDateTime(value, look.offsetMinutes) : '',
  fromText: (text, _field, { now, offsetMinutes }) => {
    const read = readTime(text, now, offsetMinutes);
    return read ? { value: instantOf(read.date, read.minutes ?? 0, offsetMinutes) } : noTime;
  },
};
