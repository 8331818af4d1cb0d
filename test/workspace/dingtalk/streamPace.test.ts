/** When our Stream client tries again. Proves issue 3, "at most one attempt per second on average", with the real settings. */
import { describe, expect, it } from '@jest/globals';
import { makePace } from '../../../src/workspace/dingtalk/streamPace.ts';
import { REAL_SETTINGS } from '../../../src/workspace/dingtalk/stream.ts';

/** A pace with a clock that moves as told. */
function aPace(random: () => number = Math.random) {
  const time = { now: 1_700_000_000_000 };
  return { time, pace: makePace(REAL_SETTINGS, () => time.now, random) };
}

describe('attempts', () => {
  it.each(['failed', 'soon', 'unauthorized'] as const)(
    'each %s at once: 10 000 take 10 000 seconds at least',
    (how) => {
      for (const random of [Math.random, () => 0]) {
        const { time, pace } = aPace(random);
        const start = time.now;
        for (let attempt = 0; attempt < 10_000; attempt += 1) {
          pace.began();
          time.now += pace[how]();
        }
        expect(time.now - start).toBeGreaterThanOrEqual(10_000_000);
      }
    },
  );

  it('after failures come ever later, up to half a minute, with full jitter', () => {
    const { time, pace } = aPace(() => 0.999);
    const waits = Array.from({ length: 9 }, () => {
      pace.began();
      const ms = pace.failed();
      time.now += ms;
      return Math.round(ms / 1000);
    });
    expect(waits).toEqual([1, 1, 2, 4, 8, 16, 30, 30, 30]);
    pace.well();
    time.now += 5000;
    expect(pace.failed()).toBeLessThan(500);
    const low = aPace(() => 0);
    expect(low.pace.failed()).toBe(0);
  });

  it('after a long good connection comes at once', () => {
    const { time, pace } = aPace();
    pace.began();
    time.now += 3_600_000;
    expect(pace.soon()).toBe(0);
  });

  it('with refused credentials waits half a minute to a minute and a half', () => {
    const { pace } = aPace(() => 0);
    expect(pace.unauthorized()).toBe(30_000);
    expect(aPace(() => 0.999).pace.unauthorized()).toBeCloseTo(89_940, -2);
  });

  it('is not held off by a clock that was put back', () => {
    const { time, pace } = aPace(() => 0);
    pace.began();
    time.now -= 86_400_000;
    expect(pace.soon()).toBe(1000);
  });
});
