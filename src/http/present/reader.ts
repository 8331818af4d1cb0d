/** For whom something is presented: names, words and hours of one reader. */
import type { Context } from 'koa';
import type { Directory, PersonId } from '../../flow/directory.ts';
import type { Look } from '../../form/rule.ts';
import type { Locale } from '../../lib/locale.ts';
import { localeOf } from '../edge/locale.ts';
import type { Http } from '../parts.ts';

export interface Reader {
  readonly personId: PersonId;
  readonly directory: Directory;
  readonly locale: Locale;
  readonly look: Look;
  /** Epoch ms. */
  readonly now: number;
  readonly offsetMinutes: number;
}

export function readerOf(
  ctx: Context,
  personId: PersonId,
  { directory, clock, offsetMinutes }: Pick<Http, 'directory' | 'clock' | 'offsetMinutes'>,
): Reader {
  const people = directory();
  const person = people.people.get(personId);
  const header = ctx.get('accept-language');
  const locale = header === '' ? (person?.locale ?? 'zh-CN') : localeOf(header);
  const look: Look = {
    locale,
    offsetMinutes,
    person: (id) => people.people.get(id)?.name ?? '',
    department: (key) => people.departments.get(`${person?.workspace ?? ''}/${key}`)?.name ?? key,
  };
  return { personId, directory: people, locale, look, now: clock(), offsetMinutes };
}
