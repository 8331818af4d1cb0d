/** When a rota's pattern leaves nobody on duty. Swaps and special days are left out: they pass, and somebody wrote them. */
import type { Words } from '../../lib/locale.ts';
import type { Rota, Weekly } from '../../worktime/rota.ts';
import type { PersonId } from '../directory.ts';
import { twoDigits } from '../zone.ts';

/** @returns null: somebody always is; `always`: nobody ever is; else an example of when */
export function gapOf({ pattern }: Rota<PersonId>, isHere: (id: PersonId) => boolean): Words | 'always' | null {
  if (pattern.kind === 'weekly') return gapOfWeek(pattern, isHere);
  const missing = pattern.members.findIndex((id) => !isHere(id));
  if (pattern.members.every((id) => !isHere(id))) return 'always';
  return missing < 0
    ? null
    : {
        zh: `轮到第 ${missing + 1} 位时，此人已离职或不在通讯录`,
        en: `in the turn of no. ${missing + 1}, who has left or is unknown`,
      };
}

const DAY = 1440;
const WEEK = 7 * DAY;
const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const WEEKDAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** In minutes of the week, the uncovered ones begin where a turn ends, or at its very start. */
function gapOfWeek({ turns }: Weekly<PersonId>, isHere: (id: PersonId) => boolean): Words | 'always' | null {
  const manned = turns.filter(({ members }) => members.some(isHere));
  const spans = manned.flatMap(({ weekdays, from, to }) =>
    weekdays.map((day) => ({ from: day * DAY + from, to: day * DAY + to + (to <= from ? DAY : 0) })),
  );
  if (spans.length === 0) return 'always';
  const isCovered = (minute: number): boolean =>
    spans.some(({ from, to }) => (minute >= from && minute < to) || (minute + WEEK >= from && minute + WEEK < to));
  const gap = [0, ...spans.map(({ to }) => to % WEEK)].sort((a, b) => a - b).find((minute) => !isCovered(minute));
  if (gap === undefined) return null;
  const day = Math.floor(gap / DAY);
  const clock = `${twoDigits(Math.floor((gap % DAY) / 60))}:${twoDigits(gap % 60)}`;
  return { zh: `${WEEKDAYS[day]} ${clock}`, en: `${WEEKDAYS_EN[day]} ${clock}` };
}
