/** The Form component of DingTalk's cards. Source: reference/dingtalk.md, 6.6 (what is sent) and 6.8 (fields). */
import { describe, expect, it } from '@jest/globals';
import {
  entryOf,
  fieldsIn,
  missingIn,
  NOTHING,
  sentBy,
  typedInto,
  withEntry,
  type Entries,
} from '../../../src/sandbox/page/form.ts';

const options = [
  { value: 'low', text: '一般' },
  { value: 'high', text: '紧急' },
  { value: 'top', text: '非常紧急' },
];
const aForm = (...fields: object[]) => fieldsIn(JSON.stringify({ fields })) ?? [];
const sent = (field: object, typed: Entries = {}) => sentBy(aForm({ name: 'x', ...field }), typed)['x'];

describe('a form', () => {
  it.each(['', 'no json', '[]', '{"fields":{}}'])('is not there when the card says %j', (text) => {
    expect(fieldsIn(text)).toBeNull();
  });

  it('leaves out what has no name, and takes an unknown type as it is', () => {
    expect(aForm({ label: '无名' }, { name: 'a', type: 'NEW' }, []).map(({ name, type }) => [name, type])).toEqual([
      ['a', 'NEW'],
    ]);
  });
});

describe('what is sent of', () => {
  it.each([
    ['a hidden field is its default', { type: 'TEXT', hidden: true, defaultValue: 'k1' }, {}, 'k1'],
    [
      'a hidden field can be anything',
      { type: 'TEXT', hidden: true, defaultValue: { a: 1 } },
      { x: 'typed' },
      { a: 1 },
    ],
    ['a text is its words', { type: 'TEXT' }, { x: '断网' }, '断网'],
    ['a text nobody touched is nothing', { type: 'TEXT' }, {}, undefined],
    ['a text that was emptied is empty', { type: 'TEXT', defaultValue: '有' }, { x: '' }, ''],
    ['a text with a default is the default', { type: 'TEXT', defaultValue: '有' }, {}, '有'],
    ['a number is a number', { type: 'NUMBER' }, { x: '1.5' }, 1.5],
    ['a number given by the card is one', { type: 'NUMBER', defaultValue: 2 }, {}, 2],
    ['a select is its index and value', { type: 'SELECT', options }, { x: 'high' }, { index: 1, value: 'high' }],
    ['a select nobody chose from is nothing', { type: 'SELECT', options }, {}, undefined],
    [
      'a select with a default is that',
      { type: 'SELECT', options, defaultValue: { index: 2, value: 'top' } },
      {},
      { index: 2, value: 'top' },
    ],
    [
      'a default that is not offered is nothing',
      { type: 'SELECT', options, defaultValue: { value: 'no' } },
      {},
      undefined,
    ],
    ['a choice list is like a select', { type: 'CHECKBOX_GROUP', options }, { x: 'low' }, { index: 0, value: 'low' }],
    [
      'several are in the order of the options',
      { type: 'MULTI_SELECT', options },
      { x: ['top', 'low'] },
      { index: [0, 2], value: ['low', 'top'] },
    ],
    [
      'several that were unticked are none',
      { type: 'MULTI_CHECKBOX_GROUP', options },
      { x: [] },
      { index: [], value: [] },
    ],
    ['several nobody touched are nothing', { type: 'MULTI_SELECT', options }, {}, undefined],
    ['a tick is yes or no', { type: 'CHECKBOX' }, {}, false],
    ['a switch is what the card says', { type: 'SWITCH', defaultValue: true }, {}, true],
    ['a moment is written with a space', { type: 'DATETIME' }, { x: '2026-12-01 09:30' }, '2026-12-01 09:30'],
    ['what may only be read stays', { type: 'TEXT', readOnly: true, defaultValue: '旧' }, { x: '新' }, '旧'],
  ])('%s', (_, field, typed, value) => {
    expect(sent(field, typed as Entries)).toEqual(value);
  });
});

describe('required', () => {
  const missing = (field: object, typed: Entries = {}) =>
    missingIn(aForm({ name: 'x', required: true, ...field }), typed).length === 1;

  it.each([
    ['nothing', { type: 'TEXT' }, {}, true],
    ['spaces', { type: 'TEXT' }, { x: '  ' }, true],
    ['no option', { type: 'SELECT', options }, {}, true],
    ['no options', { type: 'MULTI_SELECT', options }, { x: [] }, true],
    ['an open tick', { type: 'CHECKBOX' }, {}, true],
    ['words', { type: 'TEXT' }, { x: '有' }, false],
    ['a default', { type: 'SELECT', options, defaultValue: { index: 0, value: 'low' } }, {}, false],
    ['a hidden field', { type: 'TEXT', hidden: true }, {}, false],
    ['a field that need not be filled', { type: 'TEXT', required: false }, {}, false],
  ])('%s', (_, field, typed, isMissing) => {
    expect(missing(field, typed as Entries)).toBe(isMissing);
  });
});

it('an input shows what was typed, else the default, also when it came bare', () => {
  const [field] = aForm({ name: 'x', type: 'SELECT', options, defaultValue: 'low' });
  if (!field) throw new Error('no field');
  expect(entryOf(field, {})).toBe('low');
  expect(entryOf(field, { x: 'top' })).toBe('top');
});

it('what was typed stays while the form is the same, and goes with it', () => {
  const typed = withEntry('{"a":1}', withEntry('{"a":1}', { form: '', entries: NOTHING }, 'x', '断网'), 'y', ['low']);
  expect(typedInto('{"a":1}', typed)).toEqual({ x: '断网', y: ['low'] });
  expect(typedInto('{"a":2}', typed)).toEqual({});
  expect(typedInto('{"a":2}', withEntry('{"a":2}', typed, 'z', true))).toEqual({ z: true });
});
