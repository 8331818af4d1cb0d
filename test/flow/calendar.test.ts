/** What the check says of calendars, and which one a template's expressions count by. */
import { expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import { filingScope } from '../../src/flow/formScope.ts';
import type { Directory } from '../../src/flow/directory.ts';
import { CN_WORKDAYS } from '../../src/worktime/standard.ts';
import { HOLIDAYS, shanghai, theCalendars } from '../support/calendar.ts';
import { aDirectory, id } from '../support/flow.ts';
import { aTemplate } from '../support/template.ts';

const sixDays = {
  ...CN_WORKDAYS,
  name: '工厂',
  holidays: HOLIDAYS,
  week: [...CN_WORKDAYS.week.slice(0, 5), [{ from: 540, to: 720 }], []],
};
const directory: Directory = { ...aDirectory({ roles: { 财务: ['ann'] } }), calendars: theCalendars([sixDays]) };
const sla = (calendar: string) => `sla: { ${calendar}resolution: 8h }`;
const timeout = (after: string) =>
  aTemplate({
    flow: `  - { id: b, approve: 审批, approver: { role: 财务 }, mode: any, timeout: [ { after: ${after}, remind: assignee } ] }`,
  });

const told = (text: string, now: number | null) =>
  checkTemplate(text, directory, 0, { now })
    .findings.filter(({ code }) => /^(unknown_calendar|calendar_not)/.test(code))
    .map(({ code, line, column, fix }) =>
      [`${code} ${line}:${column}`, ...(fix === undefined ? [] : [fix])].join(' → '),
    );

const NOVEMBER = shanghai('2026-11-30 12:00');
const DECEMBER = shanghai('2026-12-01 12:00');

it.each<[string, string, number | null, string[]]>([
  ['a calendar that is there', aTemplate({ more: sla('calendar: cn-workdays, ') }), NOVEMBER, []],
  ['a company’s own', aTemplate({ more: sla('calendar: 工厂, ') }), NOVEMBER, []],
  [
    'a misspelt one',
    aTemplate({ more: sla('calendar: cn-workday, ') }),
    NOVEMBER,
    ['unknown_calendar_near 17:18 → cn-workdays'],
  ],
  ['one that is not there', aTemplate({ more: sla('calendar: us-holidays, ') }), NOVEMBER, ['unknown_calendar 17:18']],
  [
    'from December on, the next year',
    aTemplate({ more: sla('calendar: cn-workdays, ') }),
    DECEMBER,
    ['calendar_not_covering 17:18'],
  ],
  ['the default calendar, too', aTemplate({ more: sla('') }), DECEMBER, ['calendar_not_covering 17:1']],
  ['24×7 needs no year', aTemplate({ more: sla('calendar: 24x7, ') }), DECEMBER, []],
  ['no time, nothing said', aTemplate({ more: sla('') }), null, []],
  ['working days until a reminder', timeout('2 workdays'), DECEMBER, ['calendar_not_covering 11:82']],
  ['by the clock, no calendar matters', timeout('2d wall'), DECEMBER, []],
])('%s', (_, text, now, expected) => expect(told(text, now)).toEqual(expected));

it('an expression counts by the calendar of its template', () => {
  const days = (calendar: string) => {
    const formula = 'workdays_between(timestamp("2026-11-27T04:00:00Z"), timestamp("2026-11-30T04:00:00Z"))';
    const form = `  - { id: title, type: text, label: 标题 }\n  - { id: days, type: number, label: 天数, formula: '${formula}' }`;
    const { template, findings } = checkTemplate(aTemplate({ form, more: sla(calendar) }), directory);
    if (!template) throw new Error(JSON.stringify(findings));
    const scope = filingScope(template, id('rita'), { directory, now: NOVEMBER });
    return template.form.find((field) => field.id === 'days')?.formula?.(scope({}));
  };
  expect([days(''), days('calendar: 工厂, '), days('calendar: 24x7, ')]).toEqual([1, 2, 3]);
});
