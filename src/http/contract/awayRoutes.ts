/** The routes about who acts for whom; part of `routes.ts`. */
import { z } from 'zod';
import {
  NewRota,
  NewSubstitute,
  NewSuccessor,
  RotaList,
  RotaOnDuty,
  Substitute,
  SubstituteList,
  SubstituteQuery,
} from './away.ts';
import { get, post, route, type Route } from './route.ts';
import { Id } from './value.ts';

const byId = z.object({ id: Id });

export const AWAY_ROUTES = {
  substitutes: route({
    ...get,
    path: '/api/v1/substitutes',
    summary: 'Who stands in for whom, newest first',
    query: SubstituteQuery,
    answer: SubstituteList,
    problems: ['not_allowed'],
  }),
  addSubstitute: route({
    ...post,
    status: 201,
    path: '/api/v1/substitutes',
    summary: 'Somebody stands in for me, or for anyone if I am an admin: new tasks of the period go to both',
    body: NewSubstitute,
    answer: Substitute,
    problems: ['not_allowed', 'unknown_person', 'template_not_found'],
  }),
  revokeSubstitute: route({
    ...post,
    status: 204,
    path: '/api/v1/substitutes/{id}/revoke',
    summary: 'They stand in no longer; one that is over stays as it is',
    params: byId,
    answer: null,
    problems: ['not_found'],
  }),
  nameSuccessor: route({
    ...post,
    scope: 'admin',
    status: 204,
    path: '/api/v1/people/{id}/successor',
    summary: 'Who takes over what is open when this person leaves',
    params: byId,
    body: NewSuccessor,
    answer: null,
    problems: ['not_allowed', 'unknown_person'],
  }),
  rotas: route({
    ...get,
    path: '/api/v1/rotas',
    summary: 'Who is on duty now',
    answer: RotaList,
    problems: [],
  }),
  setRota: route({
    ...post,
    scope: 'admin',
    path: '/api/v1/rotas',
    summary: 'Make a rota, or replace the one of that name',
    body: NewRota,
    answer: RotaOnDuty,
    problems: ['not_allowed', 'unknown_person'],
  }),
} as const satisfies Readonly<Record<string, Route>>;
