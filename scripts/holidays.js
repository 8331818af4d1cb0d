/** Writes config/calendars/cn-holidays.json from the package chinese-days: `node scripts/holidays.js`, after its update. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const main = require.resolve('chinese-days');
const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${main}`), 'utf8'));
const { holidays, workdays } = JSON.parse(readFileSync(new URL('chinese-days.json', `file://${main}`), 'utf8'));

const years = {};
for (const [key, days] of Object.entries({ off: holidays, work: workdays })) {
  for (const date of Object.keys(days).sort()) {
    const year = (years[date.slice(0, 4)] ??= { off: [], work: [] });
    year[key].push(date);
  }
}
const next = (date) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
/** Neighbours become `first..last`. */
const inRanges = (dates) => {
  const ranges = [];
  for (const date of dates) {
    const last = ranges.at(-1);
    if (last && next(last[1]) === date) last[1] = date;
    else ranges.push([date, date]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}..${to}`));
};
const data = {
  holidays: 'cn',
  source: `chinese-days ${version}: 国务院办公厅关于部分节假日安排的通知`,
  years: Object.fromEntries(
    Object.entries(years).map(([year, { off, work }]) => [year, { off: inRanges(off), work: inRanges(work) }]),
  ),
};
writeFileSync(new URL('../config/calendars/cn-holidays.json', import.meta.url), `${JSON.stringify(data, null, 2)}\n`);
