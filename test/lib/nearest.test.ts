import { describe, expect, it } from '@jest/globals';
import { nearest } from '../../src/lib/nearest.ts';

describe('nearest', () => {
  it.each([
    ['prot', 'port'],
    ['publicurl', 'public_url'],
    ['Port', 'port'],
    ['corpid', 'corp_id'],
    ['处理仁', '处理人'],
    ['id', null],
    ['zzzzzz', null],
  ])('%s → %s', (word, meant) => {
    expect(nearest(word, ['port', 'public_url', 'corp_id', '处理人'])).toBe(meant);
  });

  it('knows nothing of an empty list', () => expect(nearest('port', [])).toBeNull());
});
