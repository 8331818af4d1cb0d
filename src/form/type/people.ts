/** A person (our id) and a department (its key). That they exist is for `people/` to say. */
import { type FieldRule, isNothing, problem } from '../rule.ts';

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
