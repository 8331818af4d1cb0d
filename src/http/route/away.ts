/** Substitutes, successors and rotas: who acts when somebody does not. */
import type { Directory, PersonId } from '../../flow/directory.ts';
import { LOCAL_ZONE } from '../../flow/zone.ts';
import { refuse, Refused, throwIf } from '../../lib/refusal.ts';
import { nameSuccessor } from '../../people/leavers.ts';
import { setRota } from '../../people/rota.ts';
import {
  addSubstitute,
  revokeSubstitute,
  type StoredSubstitute,
  substituteById,
  substitutesOf,
} from '../../people/substitutes.ts';
import { may, maySubstituteFor } from '../../ticket/permission.ts';
import { onDuty, type Rota } from '../../worktime/rota.ts';
import type { Handlers } from '../api.ts';
import type { Substitute } from '../contract/away.ts';
import type { Http } from '../parts.ts';
import { presentPerson } from '../present/people.ts';

type Routes = 'substitutes' | 'addSubstitute' | 'revokeSubstitute' | 'nameSuccessor' | 'rotas' | 'setRota';

export function awayHandlers({ db, cache, clock, log, templates, refreshDirectory }: Http): Pick<Handlers, Routes> {
  return {
    async substitutes({ query, reader }) {
      const { directory, personId: asking } = reader;
      const whose = query.person ?? asking;
      throwIf(whose === 'all' ? may(directory, asking, 'substitute.name') : maySubstituteFor(directory, asking, whose));
      const personId = whose === 'all' ? null : whose;
      const notOver = query.state === 'current' ? { notOverAt: clock() } : {};
      const found = await db.read((rows) => substitutesOf(rows, { personId, limit: query.limit, ...notOver }));
      return { substitutes: found.map((one) => presentSubstitute(directory, one, clock())) };
    },
    async addSubstitute({ body, reader, caller }) {
      const { directory } = reader;
      const { person = caller.personId, substitute: to, from, until, templates: keys } = body;
      throwIf(maySubstituteFor(directory, caller.personId, person));
      const unknown = keys?.find((key) => !templates.current().has(key));
      if (unknown !== undefined) throw new Refused(refuse('template_not_found', { template: unknown }));
      const wanted = { personId: person, to, from, until, templates: keys };
      const made = await db.write((tx) =>
        addSubstitute(tx, { ...wanted, by: caller.personId, now: clock(), directory, announcer: cache }),
      );
      log.info('a substitute is named', { person, substitute: to, by: caller.personId });
      return presentSubstitute(await refreshDirectory(), made, clock());
    },
    async revokeSubstitute({ params, reader, caller }) {
      const found = await db.read((rows) => substituteById(rows, params.id));
      // To a stranger another's and a missing one look alike.
      if (!found || maySubstituteFor(reader.directory, caller.personId, found.personId))
        throw new Refused(refuse('not_found'));
      await db.write((tx) => revokeSubstitute(tx, { id: found.id, now: clock(), announcer: cache }));
      log.info('a substitute is revoked', { person: found.personId, substitute: found.to, by: caller.personId });
      await refreshDirectory();
      return undefined;
    },
    async nameSuccessor({ params, body, reader, caller }) {
      throwIf(may(reader.directory, caller.personId, 'people.successor'));
      const { directory } = reader;
      const naming = { personId: params.id, successor: body.successor, by: caller.personId, now: clock() };
      await nameSuccessor(db, { ...naming, directory, announcer: cache });
      log.info('a successor is named', { person: params.id, successor: body.successor, by: caller.personId });
      await refreshDirectory();
      return undefined;
    },
    async rotas({ reader }) {
      return {
        rotas: [...reader.directory.rotas.values()].map((rota) => presentRota(reader.directory, rota, clock())),
      };
    },
    async setRota({ body, reader, caller }) {
      throwIf(may(reader.directory, caller.personId, 'rota.change'));
      const changes = body.changes.map(({ instead, ...change }) => ({
        ...change,
        ...(instead === undefined ? {} : { instead }),
      }));
      const rota: Rota<PersonId> = { ...body, changes };
      await setRota(db, { rota, directory: reader.directory, announcer: cache });
      log.info('a rota is set', { rota: rota.name, by: caller.personId });
      return presentRota(await refreshDirectory(), rota, clock());
    },
  };
}

function presentSubstitute(directory: Directory, one: StoredSubstitute, now: number): Substitute {
  const { id, personId, to, from, until, templates, madeBy, madeAt, revokedAt } = one;
  return {
    ...{ id, from, until, madeAt, revokedAt, templates: templates === null ? null : [...templates] },
    person: presentPerson(directory, personId),
    substitute: presentPerson(directory, to),
    madeBy: presentPerson(directory, madeBy),
    inForce: revokedAt === null && from <= now && now < until,
  };
}

const presentRota = (directory: Directory, rota: Rota<PersonId>, now: number) => ({
  name: rota.name,
  onDuty: onDuty(rota, LOCAL_ZONE, now)
    .filter((id) => directory.people.get(id)?.active)
    .map((id) => presentPerson(directory, id)),
});
