/** What clicks carry: reference/dingtalk.md, 6.6. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pickedFrom } from '../../../src/card/dingtalk/picked.ts';

const key = 't.complete.1.1.1';

describe('a click on a card', () => {
  it('brings the key of its button', () => {
    expect(pickedFrom({ key })).toEqual({ key, picked: {} });
    expect(pickedFrom(JSON.stringify({ key }))).toEqual({ key, picked: {} });
  });

  const values: { value: unknown; becomes: string[] }[] = [
    { value: 'since 9:00', becomes: ['since 9:00'] },
    { value: '', becomes: [''] },
    { value: 1.5, becomes: ['1.5'] },
    { value: 0, becomes: ['0'] },
    { value: true, becomes: ['true'] },
    { value: null, becomes: [] },
    { value: { index: 1, value: 'high' }, becomes: ['high'] },
    { value: { index: -1, value: '' }, becomes: [] },
    { value: { index: 0, value: null }, becomes: [] },
    { value: { index: [0, 2], value: ['a', 'c'] }, becomes: ['a', 'c'] },
    { value: { index: [], value: [] }, becomes: [] },
    { value: ['a', 2, { deep: true }], becomes: ['a', '2'] },
    { value: '{"index":1,"value":"high"}', becomes: ['high'] },
    { value: '{"value":"a person wrote this"}', becomes: ['{"value":"a person wrote this"}'] },
    { value: '{ not JSON', becomes: ['{ not JSON'] },
  ];
  it.each(values)('brings what was filled in: $value', ({ value, becomes }) => {
    expect(pickedFrom({ form: { _key: key, field: value } })).toEqual({ key, picked: { field: becomes } });
    expect(pickedFrom({ form: JSON.stringify({ _key: key, field: value }) })).toEqual({ key, picked: { field: becomes } }); // prettier-ignore
  });

  it.each([null, undefined, 7, '', 'x', [], {}, { key: '' }, { key: {} }, { key: 'k'.repeat(201) }, { form: {} }, { form: [] }, { form: { _key: 3n } }])('is nothing of ours: %p', (params) => expect(pickedFrom(params)).toBeNull()); // prettier-ignore

  it('leaves out what is no value and no name', () => {
    const form = JSON.parse(
      `{"_key":"${key}","__proto__":{"value":"x"},"constructor":"x","toString":"x","":"x","o":{"a":1},"ok":"1"}`,
    ) as unknown;
    const read = pickedFrom({ form });
    expect(read).toEqual({ key, picked: { ok: ['1'] } });
    expect(Object.getPrototypeOf(read?.picked)).toBe(Object.prototype);
  });

  it('stays within bounds, whatever comes', () => {
    const deep = `${'{"value":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`f${i}`, 'x']));
    expect(pickedFrom({ form: { _key: key, deep } })?.picked['deep']?.[0]).toHaveLength(20_000);
    expect(Object.keys(pickedFrom({ form: { _key: key, ...many } })?.picked ?? {}).length).toBeLessThanOrEqual(200);
    expect(pickedFrom({ form: { _key: key, all: Array(1000).fill('x') } })?.picked['all']).toHaveLength(200);
    expect(pickedFrom(`{"key":"${'x'.repeat(300_000)}"}`)).toBeNull();
  });

  it('never throws, and gives lists of texts only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ form: fc.dictionary(fc.string(), fc.anything()) })), (params) => {
        for (const items of Object.values(pickedFrom(params)?.picked ?? {}))
          for (const item of items) expect(typeof item).toBe('string');
      }),
    );
  });
});
