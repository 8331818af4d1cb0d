import { describe, expect, it } from '@jest/globals';
import type { FormField, FormState } from '../../../src/http/contract/form.ts';
import { problemOf, sendable, strayProblems, valueIn } from '../../../src/web/m/field/entries.ts';

const aField = (id: string, more: Partial<FormField> = {}): FormField => ({
  ...{
    id,
    type: 'text',
    label: id,
    help: '',
    placeholder: '',
    unit: '',
    means: null,
    options: [],
    min: null,
    max: null,
  },
  ...{ currency: '', required: false, writable: true, columns: [], visible: true, value: '', text: '', ...more },
});
const aForm = (fields: FormField[], problems: FormState['problems'] = []): FormState => ({
  fields,
  problems,
  live: true,
  files: [],
});
const problem = (field: string, text = 'wrong') => ({ field, label: field, text });

describe('What travels back', () => {
  it('is only what the person changed, may change, and sees', () => {
    const form = aForm([
      aField('a'),
      aField('hidden', { visible: false }),
      aField('fixed', { writable: false }),
      aField('b'),
    ]);
    expect(sendable(form, { a: 'x', hidden: 'y', fixed: 'z', gone: 1 })).toEqual({ a: 'x' });
  });

  it('keeps an answer that was taken back', () => {
    expect(sendable(aForm([aField('a', { value: 'default' })]), { a: '' })).toEqual({ a: '' });
    expect(sendable(aForm([aField('n', { type: 'number', value: 3 })]), { n: null })).toEqual({ n: null });
  });
});

describe('What is shown', () => {
  it('is the entry, or else what the service says', () => {
    expect(valueIn(aField('a', { value: 'default' }), {})).toBe('default');
    expect(valueIn(aField('a', { value: 'default' }), { a: '' })).toBe('');
    expect(valueIn(aField('sum', { value: 12, writable: false }), { sum: 1 })).toBe(12);
    expect(valueIn(aField('constructor', { value: 'own' }), {})).toBe('own');
  });
});

describe('A problem', () => {
  const form = aForm([aField('a'), aField('b', { visible: false })], [problem('a', 'too long')]);

  it('waits until the person has left the field', () => {
    expect(problemOf('a', { refused: [], form, focused: 'a' })).toBeNull();
    expect(problemOf('a', { refused: [], form, focused: 'b' })).toBe('too long');
  });

  it('of a refused submission is told even there', () => {
    expect(problemOf('a', { refused: [problem('a', 'missing')], form, focused: 'a' })).toBe('missing');
  });

  it('of a field that is not to be seen is told above the form', () => {
    expect(strayProblems(form, [problem('a'), problem('b'), problem('c')]).map(({ field }) => field)).toEqual([
      'b',
      'c',
    ]);
  });
});
