import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { classOf, type CodeClass } from '../../../src/workspace/wecom/codes.ts';

const file = new URL('../../reference/wecom/error-codes.json', import.meta.url);
const { codes } = JSON.parse(readFileSync(file, 'utf8')) as { codes: { code: number; class: string }[] };

/** Classes of the reference that ask for the same from us; the others can't be helped by waiting. */
const OURS: Readonly<Record<string, CodeClass>> = {
  retry: 'busy',
  backoff: 'busy',
  wait_window: 'window',
  refresh_token: 'token',
  config: 'config',
  skip_receiver: 'receiver',
};
/** Where what we do differs from the class, with the reference's own words for it. */
const APART = new Map<number, CodeClass>([
  [40001, 'token'], // "permanent; but refresh once if it came on a business call"
  [42014, 'arrived'], // "already used": our keys are well formed, so nothing else is left
  [60140, 'code'], // "invalid, used or expired"
]);

it.each(codes)('$code ($class) is treated as the reference says', ({ code, class: name }) => {
  expect(classOf(code)).toBe(APART.get(code) ?? OURS[name] ?? 'never');
});
