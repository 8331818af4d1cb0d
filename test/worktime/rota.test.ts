/** Rotas: whose turn it is, at the minute. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { onDuty, type Rota } from '../../src/worktime/rota.ts';
import { zoneNamed } from '../../src/worktime/zone.ts';
import { shanghai, SHANGHAI } from '../support/calendar.ts';

const weekly: Rota<string> = {
  name: '网络值班',
  pattern: { kind: 'rotation', members: ['ann', 'bo', 'cy'], days: 7, from: '2026-11-30', handover: 540 },
  changes: [
    { from: '2026-12-02', to: '2026-12-03', members: ['dee'] },
    { from: '2026-12-03', to: '2026-12-03', members: ['eve'], instead: 'dee' },
    { from: '2026-12-09', to: '2026-12-09', members: ['ann'], instead: 'cy' },
    { from: '2026-12-31', to: '2026-12-31', members: [] },
  ],
};

it.each([
  ['2026-11-30 09:00', 'ann', 'the first turn begins at the handover'],
  ['2026-11-30 08:59', 'cy', 'before it, the turn of the last'],
  ['2026-12-07 08:59', 'ann', 'the night belongs to the day before'],
  ['2026-12-07 09:00', 'bo', 'the handover'],
  ['2026-12-14 12:00', 'cy', 'the third week'],
  ['2026-12-21 12:00', 'ann', 'and from the start again'],
  ['2026-12-02 12:00', 'dee', 'a change for all who are on duty'],
  ['2026-12-03 08:00', 'dee', 'the change, too, ends at the handover'],
  ['2026-12-03 12:00', 'eve', 'the later change wins'],
  ['2026-12-09 12:00', 'bo', 'a swap of somebody who is not on duty changes nothing'],
  ['2026-12-31 12:00', '', 'nobody'],
])('%s: %s (%s)', (at, who) => expect(onDuty(weekly, SHANGHAI, shanghai(at)).join()).toBe(who));

const desk: Rota<string> = {
  name: '服务台',
  pattern: {
    kind: 'weekly',
    turns: [
      { weekdays: [0, 1, 2, 3, 4], from: 540, to: 1080, members: ['ann', 'bo'] },
      { weekdays: [4], from: 1080, to: 540, members: ['cy'] },
      { weekdays: [5], from: 0, to: 0, members: ['dee'] },
    ],
  },
  changes: [
    { from: '2026-12-04', to: '2026-12-04', members: ['eve'], instead: 'cy' },
    { from: '2026-12-06', to: '2026-12-06', members: ['bo'] },
  ],
};

it.each([
  ['2026-12-01 09:00', 'ann,bo'],
  ['2026-12-01 18:00', ''],
  ['2026-11-27 18:00', 'cy'],
  ['2026-11-28 08:59', 'cy,dee'],
  ['2026-11-28 09:00', 'dee'],
  ['2026-11-29 00:00', ''],
  ['2026-12-05 03:00', 'eve,dee'],
  ['2026-12-06 03:00', 'bo'],
])('%s: %s', (at, who) =>
  expect([...onDuty(desk, SHANGHAI, shanghai(at))].sort().join()).toBe([...who.split(',')].sort().join()),
);

it('a rotation without members has nobody', () =>
  expect(
    onDuty(
      { ...weekly, pattern: { kind: 'rotation', members: [], days: 7, from: '2026-11-30', handover: 0 } },
      SHANGHAI,
      0,
    ),
  ).toEqual([]));

it('a handover stands at its local time when the clocks change', () => {
  const berlin = zoneNamed('Europe/Berlin');
  const daily: Rota<string> = {
    ...weekly,
    pattern: { kind: 'rotation', members: ['ann', 'bo'], days: 1, from: '2026-03-28', handover: 540 },
    changes: [],
  };
  expect(onDuty(daily, berlin, Date.parse('2026-03-28T09:00:00+01:00'))).toEqual(['ann']);
  expect(onDuty(daily, berlin, Date.parse('2026-03-29T08:59:00+02:00'))).toEqual(['ann']);
  expect(onDuty(daily, berlin, Date.parse('2026-03-29T09:00:00+02:00'))).toEqual(['bo']);
});

it('in a rotation exactly one is on duty at any time, and every member equally often', () => {
  fc.assert(
    fc.property(
      fc.record({
        members: fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 6 }),
        days: fc.integer({ min: 1, max: 30 }),
        handover: fc.integer({ min: 0, max: 1439 }),
        at: fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      }),
      ({ members, days, handover, at }) => {
        const pattern = { kind: 'rotation', members, days, handover, from: '2026-11-30' } as const;
        const seen = Array.from({ length: members.length * days }, (_, i) =>
          onDuty({ name: '', pattern, changes: [] }, SHANGHAI, at.getTime() + i * 86_400_000),
        );
        for (const member of members) expect(seen.filter(([one]) => one === member)).toHaveLength(days);
      },
    ),
  );
});
