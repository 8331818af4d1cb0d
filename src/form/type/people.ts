/** A person or several (our ids) and a department (its key). That they exist is for `people/` to say. */
import type { Field } from '../field.ts';
import { findOption } from '../findOption.ts';
import { type FieldRule, isNothing, type Parsed, problem, type Reading } from '../rule.ts';

const KEY_LENGTH = 64;
const noPerson = problem('请选择一位同事', 'Choose a person');
const noDepartment = problem('请选择一个部门', 'Choose a department');

export const personRule: FieldRule = {
  empty: null,
  input: 'person',
  personal: true,
  parse: (given) => {
    if (isNothing(given)) return { value: null };
    return typeof given === 'number' && Number.isSafeInteger(given) && given > 0 ? { value: given } : noPerson;
  },
  text: (value, _field, look) => (typeof value === 'number' ? look.person(value) : ''),
  fromText: (text, _field, reading) => {
    const wanted = text.replace(/^[@＠]/, '').trim();
    const id = reading.person(wanted);
    if (id !== null) return { value: id };
    return problem(
      `没有找到唯一的「${wanted.slice(0, 20)}」，请回复全名或账号`,
      `No single person called “${wanted.slice(0, 20)}”: reply with the full name or the account`,
    );
  },
};

/** However many a template allows; more is no list that anybody chose by hand. */
const MOST_PEOPLE = 100;
const isId = (given: unknown): given is number => typeof given === 'number' && Number.isSafeInteger(given) && given > 0;

/** Each once, in the order in which they were chosen. */
function parsePeople(given: unknown, { min, max }: Field): Parsed {
  if (isNothing(given)) return { value: [] };
  if (!Array.isArray(given) || given.length > MOST_PEOPLE) return noPeople;
  // Spread: a list with holes skips them in `every`.
  const people = [...new Set<unknown>([...(given as readonly unknown[])])];
  if (!people.every(isId)) return noPeople;
  if (max !== null && people.length > max) return problem(`最多选 ${max} 人`, `Choose at most ${max}`);
  if (min !== null && people.length > 0 && people.length < min)
    return problem(`至少选 ${min} 人`, `Choose at least ${min}`);
  return { value: people };
}

const noPeople = problem('请选择同事', 'Choose people');

function peopleFromText(text: string, field: Field, reading: Reading): Parsed {
  const parts = text.split(/[,，、;；/\s]+/).filter(Boolean); // prettier-ignore
  const ids: number[] = [];
  for (const part of parts) {
    const wanted = part.replace(/^[@＠]/, '');
    const offered = findOption(wanted, field.options);
    const id = field.options.length > 0 ? offered && Number(offered.value) : reading.person(wanted);
    if (id === null) return unclear(wanted);
    ids.push(id);
  }
  return parsePeople(ids, field);
}

const unclear = (name: string): Parsed =>
  problem(
    `没有找到唯一的「${name.slice(0, 20)}」，请回复全名或账号，多人用顿号隔开`,
    `No single person called “${name.slice(0, 20)}”: reply with full names or accounts, separated by commas`,
  );

export const peopleRule: FieldRule = {
  empty: [],
  input: 'people',
  personal: true,
  parse: parsePeople,
  text: (value, _field, look) =>
    Array.isArray(value)
      ? value
          .filter(isId)
          .map(look.person)
          .join(look.locale === 'en' ? ', ' : '、')
      : '',
  fromText: peopleFromText,
};

export const departmentRule: FieldRule = {
  empty: '',
  input: 'department',
  personal: false,
  parse: (given) => {
    if (isNothing(given)) return { value: '' };
    return typeof given === 'string' && given.length <= KEY_LENGTH && given.trim() !== ''
      ? { value: given }
      : noDepartment;
  },
  text: (value, _field, look) => (typeof value === 'string' && value ? look.department(value) : ''),
  fromText: (text, _field, reading) => {
    const key = reading.department(text.trim());
    if (key !== null) return { value: key };
    return problem(
      `没有找到唯一的部门「${text.trim().slice(0, 20)}」，请回复完整名称，例如 总公司/IT部`,
      `No single department called “${text.trim().slice(0, 20)}”: reply with its path, e.g. 总公司/IT部`,
    );
  },
};
