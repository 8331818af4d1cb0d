/** Why somebody can't be named as a substitute, in words that say what to do instead. Pure. */
import type { PersonId, Substitute } from '../flow/directory.ts';
import { localDateTime, localEnd } from '../flow/zone.ts';
import { type FieldProblem, refuse, type Refusal } from '../lib/refusal.ts';

export interface Period extends Substitute {
  readonly personId: PersonId;
}
interface Known {
  /** In force, now or later. */
  readonly others: readonly Period[];
  /** Epoch ms. */
  readonly now: number;
  readonly name: (id: PersonId) => string;
}

/** @returns `bad_input` with the field `substitute`, `from` or `until`; null when nothing stands against it */
export function substituteRefusal(wanted: Period, { others, now, name }: Known): Refusal | null {
  const { personId, to, from, until } = wanted;
  if (to === personId) return OWN;
  if (until <= from)
    return no(
      'until',
      '结束时间',
      '结束时间要晚于开始时间，请改正',
      'The end must come after the start: correct one of them',
    );
  if (until <= now)
    return no(
      'until',
      '结束时间',
      '这段时间已经过去，请重新选择结束时间',
      'This period is over already: choose a later end',
    );
  const meeting = others.filter((other) => meets(wanted, other));
  const mine = meeting.find((other) => other.personId === personId);
  if (mine)
    return no(
      'from',
      '开始时间',
      `${span(mine)}已由${name(mine.to)}代理，请先撤销它，或错开时间、流程`,
      `${name(mine.to)} already stands in ${spanEn(mine)}: revoke that first, or choose another time or other templates`,
    );
  const theirs = meeting.find((other) => other.personId === to);
  if (theirs)
    return no(
      'substitute',
      '代理人',
      `${name(to)}在这段时间也不在，由${name(theirs.to)}代理，代理只转一次，请直接选择${name(theirs.to)}或另一位同事`,
      `${name(to)} is away at that time, too, with ${name(theirs.to)} standing in, and it goes on only once: choose ${name(theirs.to)} or somebody else`,
    );
  const before = meeting.find((other) => other.to === personId);
  if (before)
    return no(
      'substitute',
      '代理人',
      `${name(personId)}在${span(before)}正代理${name(before.personId)}，代理只转一次，请先为${name(before.personId)}换一位代理人`,
      `${name(personId)} stands in for ${name(before.personId)} ${spanEn(before)}, and it goes on only once: name another substitute for ${name(before.personId)} first`,
    );
  return null;
}

/** Nobody is their own substitute, whatever the time. */
export const OWN: Refusal = no(
  'substitute',
  '代理人',
  '不能让自己代理自己，请选择另一位同事',
  'Nobody stands in for themselves: choose a colleague',
);

/** Do both count for some template at some moment? */
function meets(a: Period, b: Period): boolean {
  if (a.from >= b.until || b.from >= a.until) return false;
  const [mine, theirs] = [a.templates, b.templates];
  return mine === null || theirs === null || mine.some((key) => theirs.includes(key));
}

function no(field: string, label: string, zh: string, en: string): Refusal {
  const problem: FieldProblem = { field, label, zh, en };
  return refuse('bad_input', {}, [problem]);
}

const span = ({ from, until }: Period): string => ` ${localDateTime(from)} 至 ${localEnd(until)} `;
const spanEn = ({ from, until }: Period): string => `from ${localDateTime(from)} until ${localEnd(until)}`;
