/** Stretches of time as people type them, for the words about 代理 (approval-semantics). */
import { describe, expect, it } from '@jest/globals';
import { localDateTime } from '../../src/form/localTime.ts';
import { readPeriod, splitAtPeriod } from '../../src/form/readPeriod.ts';

const OFFSET = 480;
/** Monday, 30 November 2026, 10:00 in Shanghai. */
const NOW = Date.UTC(2026, 10, 30, 2);
const read = (text: string, now = NOW): string | null => {
  const period = readPeriod(text, { now, offsetMinutes: OFFSET });
  return period && [period.from, period.until].map((at) => localDateTime(at, OFFSET)).join(' → ');
};

describe('a stretch of time', () => {
  const days = '2026-12-01 00:00 → 2026-12-06 00:00';
  it.each([
    ['12月1日到12月5日', days],
    ['从12月1日到12月5日', days],
    ['12月1号至5号', days],
    ['１２月１日～１２月５日', days],
    ['12月1日-12月5日', days],
    ['12-1-12-5', days],
    ['12.1-12.5', days],
    ['12/1 - 12/5', days],
    ['2026-12-01 to 2026-12-05', days],
    ['2026-12-01-2026-12-05', days],
    ['from 2026-12-01 until 2026-12-05', days],
    ['Dec 1 to Dec 5', days],
    ['December 1st to December 5th, 2026', days],
    ['2026.12.1 到 2026.12.5', days],
    ['明天到12月5日', days],
    ['明天', '2026-12-01 00:00 → 2026-12-02 00:00'],
    ['下周一到下周五', '2026-12-07 00:00 → 2026-12-12 00:00'],
    ['本周三至下星期天', '2026-12-02 00:00 → 2026-12-14 00:00'],
    ['周三', null],
    ['tomorrow', '2026-12-01 00:00 → 2026-12-02 00:00'],
    ['12月1日下午两点到12月3日', '2026-12-01 14:00 → 2026-12-04 00:00'],
    ['12月1日 09:00 到 18:00', '2026-12-01 09:00 → 2026-12-01 18:00'],
    ['12月1日上午9点到5日下午6点', '2026-12-01 09:00 → 2026-12-05 18:00'],
    ['明天下午两点到后天上午', null],
    // What began already counts from now.
    ['今天到12月2日', '2026-11-30 10:00 → 2026-12-03 00:00'],
    ['今天', '2026-11-30 10:00 → 2026-12-01 00:00'],
    ['11月20日到12月2日', '2026-11-30 10:00 → 2026-12-03 00:00'],
    ['到12月5日为止', '2026-11-30 10:00 → 2026-12-06 00:00'],
    ['until 2026-12-05', '2026-11-30 10:00 → 2026-12-06 00:00'],
    ['即日起到12月5日', '2026-11-30 10:00 → 2026-12-06 00:00'],
    // Over the turn of the year.
    ['12月28日到1月3日', '2026-12-28 00:00 → 2027-01-04 00:00'],
    ['1月2日到1月3日', '2027-01-02 00:00 → 2027-01-04 00:00'],
    ['1月2日到3日', '2027-01-02 00:00 → 2027-01-04 00:00'],
    // Past, or the wrong way round: read as it was said, for the rules to refuse.
    ['11月1日到11月5日', '2026-11-01 00:00 → 2026-11-06 00:00'],
    ['2026-12-05到2026-12-01', '2026-12-05 00:00 → 2026-12-02 00:00'],
    ['2月30日到3月1日', null],
    ['12月32日', null],
    ['13月1日到13月5日', null],
    ['下午两点', null],
    ['12月1日 09:00', null],
    ['一直', null],
    ['', null],
  ])('%s', (text, period) => expect(read(text)).toBe(period));

  it('takes no longer for a long text', () => {
    const begun = performance.now();
    expect(read('12月1日到'.repeat(20_000))).toBeNull();
    expect(splitAtPeriod('张'.repeat(100_000))).toBeNull();
    expect(performance.now() - begun).toBeLessThan(200);
  });
});

describe('where it begins in a sentence', () => {
  it.each([
    ['张三 12月1日到12月5日', '张三', '12月1日到12月5日'],
    ['张三12月1日到12月5日', '张三', '12月1日到12月5日'],
    ['Zhang San from 2026-12-01 to 2026-12-05', 'Zhang San', 'from 2026-12-01 to 2026-12-05'],
    ['zhang3 明天', 'zhang3', '明天'],
    ['ding-2-3 到12月5日', 'ding-2-3', '到12月5日'],
    ['李四下周一', '李四', '下周一'],
    ['到明天', '', '到明天'],
    ['May Li Dec 1 to Dec 5', 'May Li', 'Dec 1 to Dec 5'],
  ])('%s', (text, before, period) => expect(splitAtPeriod(text)).toEqual({ before, period }));

  it.each(['张三', 'zhangsan', 'ding-2-3', '到岗', ''])('nowhere in "%s"', (text) =>
    expect(splitAtPeriod(text)).toBeNull(),
  );
});
