import { expect, it } from '@jest/globals';
import { withSeat } from '../../src/http/auth/seat.ts';

it.each(['/.//evil.example', '/x/..//evil.example', '/m/t/1'])('%s with a seat stays a path of ours', (path) => {
  const to = withSeat(path, 'wangxiao');
  expect(to).toMatch(/^\/(?!\/)/);
  expect(new URL(to, 'http://paidan.test').host).toBe('paidan.test');
});
