/** Stretches of time in which a clock stands: merged, so that two at once count once. */
import type { Calendar } from './calendar.ts';
import { after, type Due, working } from './working.ts';

/** Half-open, epoch ms. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

/** In order, apart from each other; empty ones are left out. */
export function merged(pauses: readonly Pause[]): Pause[] {
  const all: Pause[] = [];
  for (const one of [...pauses].sort((a, b) => a.from - b.from)) {
    if (!(one.from < one.to)) continue;
    const last = all.at(-1);
    if (last && one.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
    else all.push(one);
  }
  return all;
}

/** Working ms in [from, to) outside the pauses. */
export function elapsed(calendar: Calendar, { from, to }: Pause, pauses: readonly Pause[]): number {
  const inside = merged(pauses).map((pause) => ({ from: Math.max(pause.from, from), to: Math.min(pause.to, to) }));
  return inside.reduce((sum, pause) => sum - working(calendar, pause.from, pause.to), working(calendar, from, to));
}

/** The earliest instant at which so much will have elapsed, if no later pause comes. @param ms working time */
export function dueAfter(calendar: Calendar, from: number, ms: number, pauses: readonly Pause[]): Due {
  let [begin, left] = [from, ms];
  let provisional = false;
  for (const pause of merged(pauses)) {
    if (pause.to <= begin) continue;
    const worked = working(calendar, begin, pause.from);
    if (worked >= left) break;
    provisional ||= after(calendar, begin, { kind: 'working', ms: worked }).provisional;
    left -= worked;
    begin = pause.to;
  }
  const due = after(calendar, begin, { kind: 'working', ms: left });
  return { at: due.at, provisional: due.provisional || provisional };
}
