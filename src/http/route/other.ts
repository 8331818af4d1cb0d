/** Who I am, people and departments, and what could not be delivered. */
import { throwIf } from '../../lib/refusal.ts';
import { may, mayFileFor, scopeOf } from '../../ticket/permission.ts';
import type { Handlers } from '../api.ts';
import type { Http } from '../parts.ts';
import { findDepartments, findPeople, presentLinked, presentPerson } from '../present/people.ts';
import type { Reader } from '../present/reader.ts';

type Routes = 'me' | 'people' | 'departments' | 'deadLetters' | 'resend' | 'resendAll';

const workspaceOf = ({ directory, personId }: Reader): string => directory.people.get(personId)?.workspace ?? '';

export function otherHandlers({ deadLetters, sandbox }: Http): Pick<Handlers, Routes> {
  return {
    async me({ reader }) {
      const { directory, personId, locale, offsetMinutes } = reader;
      const has = (right: Parameters<typeof scopeOf>[2]) => scopeOf(directory, personId, right);
      return {
        person: presentPerson(directory, personId),
        workspace: workspaceOf(reader),
        // What they chose in the chat counts for more than how their browser is set.
        locale: directory.people.get(personId)?.locale ?? locale,
        offsetMinutes,
        rights: {
          viewAll: has('ticket.view') === 'all',
          fileForOthers: has('ticket.file_for_others') !== null,
          publishTemplates: has('template.publish') === 'all',
          resend: has('delivery.resend') === 'all',
        },
        sandbox,
      };
    },
    async people({ query, reader }) {
      const { directory, personId } = reader;
      const asked = (id: number) => query.of === 'all' || mayFileFor(directory, personId, id) === null;
      const found = findPeople(directory, query.q, query.limit, personId, asked);
      const links = may(reader.directory, reader.personId, 'people.link') === null;
      const present = links ? presentLinked : presentPerson;
      return { people: found.map((id) => present(reader.directory, id)) };
    },
    async departments({ query, reader }) {
      return { departments: findDepartments(reader.directory, workspaceOf(reader), query.q, query.limit) };
    },
    async deadLetters({ query, reader }) {
      throwIf(may(reader.directory, reader.personId, 'delivery.resend'));
      const found = await deadLetters.list(query.limit, query.before);
      const letters = found.map(({ personId, ...letter }) => ({
        ...letter,
        person: personId === null ? null : presentPerson(reader.directory, personId),
      }));
      return { letters, next: letters.length < query.limit ? null : (letters.at(-1)?.id ?? null) };
    },
    async resendAll({ reader }) {
      throwIf(may(reader.directory, reader.personId, 'delivery.resend'));
      return deadLetters.resendAll();
    },
    async resend({ params, reader }) {
      throwIf(may(reader.directory, reader.personId, 'delivery.resend'));
      await deadLetters.resend(params.id);
      return undefined;
    },
  };
}
