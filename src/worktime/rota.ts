/**
 * A rota: who is on duty when. Members are whatever the caller names people by. A duty day begins at the handover, so
 * that the night belongs to the day before.
 */
import { DAY_MS, dayOf, weekdayOf, type Zone } from './zone.ts';

export interface Rota<Member> {
  readonly name: string;
  readonly pattern: Rotation<Member> | Weekly<Member>;
  /** The later one wins. */
  readonly changes: readonly RotaChange<Member>[];
}

/** One after the other, without end in either direction. */
export interface Rotation<Member> {
  readonly kind: 'rotation';
  /** In order; empty: nobody. */
  readonly members: readonly Member[];
  /** Length of one member's turn in days, at least 1; 7 is a week. */
  readonly days: number;
  /** `YYYY-MM-DD`: the first day of the first member's turn. */
  readonly from: string;
  /** Minutes of the local day, 0…1439: when one hands over to the next. */
  readonly handover: number;
}

/** The same every week; outside of the turns nobody is on duty, and several may be. */
export interface Weekly<Member> {
  readonly kind: 'weekly';
  readonly turns: readonly {
    /** 0 is Monday. */
    readonly weekdays: readonly number[];
    /** Minutes of the local day, half-open; `to` at or before `from` is on the next day. */
    readonly from: number;
    readonly to: number;
    readonly members: readonly Member[];
  }[];
}

/**
 * A swap, or a day that is special: whole duty days, `to` included, `YYYY-MM-DD`. On a day on which the week has no turn,
 * its members are on duty all day.
 */
export interface RotaChange<Member> {
  readonly from: string;
  readonly to: string;
  /** Who stands in; empty: nobody is on duty. */
  readonly members: readonly Member[];
  /** Only this member is replaced; absent: all are. */
  readonly instead?: Member;
}

/** @param at epoch ms @returns those on duty, each once, in the order of the rota; empty: nobody */
export function onDuty<Member>(rota: Rota<Member>, zone: Zone, at: number): Member[] {
  const local = at + zone.offsetAt(at);
  const today = Math.floor(local / DAY_MS);
  const minute = Math.floor((local - today * DAY_MS) / MINUTE_MS);
  const turns =
    rota.pattern.kind === 'rotation' ? inRotation(rota.pattern, today, minute) : inWeek(rota.pattern, today, minute);
  return [...new Set(turns.flatMap(({ day, members }) => changed(rota.changes, day, members)))];
}

const MINUTE_MS = 60_000;

/** Who is on duty by the pattern, and which duty day it is for them. */
interface Turn<Member> {
  readonly day: number;
  readonly members: readonly Member[];
}

function inRotation<Member>(rotation: Rotation<Member>, today: number, minute: number): Turn<Member>[] {
  const { members, days, from, handover } = rotation;
  const day = minute < handover ? today - 1 : today;
  const turn = Math.floor((day - dayOf(from)) / days);
  const index = ((turn % members.length) + members.length) % members.length;
  return [{ day, members: members.slice(index, index + 1) }];
}

function inWeek<Member>({ turns }: Weekly<Member>, today: number, minute: number): Turn<Member>[] {
  const isFree = !turns.some(({ weekdays }) => weekdays.includes(weekdayOf(today)));
  const present = turns.flatMap(({ weekdays, from, to, members }) => {
    const overnight = to <= from;
    return [today, today - 1].flatMap((day) => {
      const [begin, end] = day === today ? [from, overnight ? 1440 : to] : [0, overnight ? to : 0];
      return weekdays.includes(weekdayOf(day)) && minute >= begin && minute < end ? [{ day, members }] : [];
    });
  });
  return isFree ? [...present, { day: today, members: [] }] : present;
}

function changed<Member>(changes: readonly RotaChange<Member>[], day: number, members: readonly Member[]) {
  return changes
    .filter(({ from, to }) => dayOf(from) <= day && day <= dayOf(to))
    .reduce<readonly Member[]>(
      (present, { members: others, instead }) =>
        instead === undefined ? others : present.flatMap((one) => (one === instead ? others : [one])),
      members,
    );
}
