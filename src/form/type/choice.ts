/** One or several of a field's options, and the switch. Values are option values; people see and type labels. */
import { inWords } from '../../lib/locale.ts';
import type { Field, Option, Value } from '../field.ts';
import { findOption } from '../findOption.ts';
import { type FieldRule, isNothing, type Parsed, problem } from '../rule.ts';

const SHOWN = 10;
function offered(field: Field): Parsed {
  const labels = field.options.slice(0, SHOWN).map((option) => option.label);
  const more = field.options.length > SHOWN;
  return problem(
    `请从这些选项里选：${labels.join('、')}${more ? ' 等' : ''}`,
    `Choose one of: ${labels.join(', ')}${more ? ', …' : ''}`,
  );
}

const labelOf = (value: string, options: readonly Option[]): string =>
  options.find((option) => option.value === value)?.label ?? value;

function parseOne(given: unknown, field: Field): Parsed {
  if (isNothing(given)) return { value: '' };
  return typeof given === 'string' && field.options.some((option) => option.value === given)
    ? { value: given }
    : offered(field);
}

/** Kept in the order of the options, each once, so that equal choices are equal values. */
function parseMany(given: unknown, field: Field): Parsed {
  if (isNothing(given)) return { value: [] };
  if (!Array.isArray(given)) return offered(field);
  const chosen = new Set<unknown>(given);
  const value = field.options.map((option) => option.value).filter((option) => chosen.has(option));
  return value.length === chosen.size ? { value } : offered(field);
}

function oneFromText(text: string, field: Field): Parsed {
  const found = findOption(text, field.options);
  return found ? { value: found.value } : offered(field);
}

function manyFromText(text: string, field: Field): Parsed {
  const whole = findOption(text, field.options);
  if (whole) return { value: [whole.value] };
  const found = text.split(/[,，、;；/\s]+/).filter(Boolean).map((part) => findOption(part, field.options)); // prettier-ignore
  return found.length > 0 && found.every((option) => option !== null)
    ? parseMany(found.map((option) => option.value), field) // prettier-ignore
    : offered(field);
}

export const oneRule: FieldRule = {
  empty: '',
  input: 'choice',
  personal: false,
  parse: parseOne,
  text: (value, field) => (typeof value === 'string' ? labelOf(value, field.options) : ''),
  fromText: oneFromText,
};

export const manyRule: FieldRule = {
  empty: [],
  input: 'choices',
  personal: false,
  parse: parseMany,
  text: (value, field, look) =>
    Array.isArray(value)
      ? value
          .filter((item): item is string => typeof item === 'string')
          .map((item) => labelOf(item, field.options))
          .join(look.locale === 'en' ? ', ' : '、')
      : '',
  fromText: manyFromText,
};

const YES = ['是', '是的', '有', '要', '需要', '涉及', '对', '开', '√', 'y', 'yes', 'true', 'on', '1'];
const NO = [
  '否',
  '不是',
  '没有',
  '没',
  '无',
  '不要',
  '不需要',
  '不涉及',
  '不',
  '不对',
  '关',
  '×',
  'n',
  'no',
  'false',
  'off',
  '0',
  '2',
];
const yesOrNo = problem('请回复「是」或「否」', 'Reply yes or no');
/** What a switch's two positions are called. */
export const YES_NO = { yes: { zh: '是', en: 'Yes' }, no: { zh: '否', en: 'No' } } as const;

export const switchRule: FieldRule = {
  empty: false,
  input: 'choice',
  personal: false,
  parse: (given) => {
    if (isNothing(given)) return { value: false };
    return typeof given === 'boolean' ? { value: given } : yesOrNo;
  },
  text: (value: Value, _field, look) => {
    if (typeof value !== 'boolean') return '';
    return inWords(value ? YES_NO.yes : YES_NO.no, look.locale);
  },
  fromText: (text) => {
    const word = text.normalize('NFKC').trim().toLowerCase();
    if (YES.includes(word)) return { value: true };
    return NO.includes(word) ? { value: false } : yesOrNo;
  },
};
