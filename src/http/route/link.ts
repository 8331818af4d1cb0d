/** One person on several platforms, as an admin says it. */
import { throwIf } from '../../lib/refusal.ts';
import { linkAccounts, unlinkAccounts } from '../../people/link.ts';
import { may } from '../../ticket/permission.ts';
import type { Call, Handlers } from '../api.ts';
import type { Http } from '../parts.ts';
import { presentLinked } from '../present/people.ts';

type Routes = 'linkPeople' | 'unlinkPeople';

export function linkHandlers({ db, cache, log, refreshDirectory }: Http): Pick<Handlers, Routes> {
  const by =
    (change: typeof linkAccounts, what: string) =>
    async ({ body, reader, caller }: Call<Routes>) => {
      throwIf(may(reader.directory, reader.personId, 'people.link'));
      const personId = await change(db, { ...body, announcer: cache });
      log.info(what, { ...body, person: personId, by: caller.personId });
      return presentLinked(await refreshDirectory(), personId);
    };
  return {
    linkPeople: by(linkAccounts, 'two accounts are one person, says an admin'),
    unlinkPeople: by(unlinkAccounts, 'two accounts are not one person, says an admin'),
  };
}
