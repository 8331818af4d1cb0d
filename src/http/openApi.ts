/** OpenAPI 3.1, generated from the contract: what is mounted is what is described. */
import { z } from 'zod';
import * as away from './contract/away.ts';
import * as form from './contract/form.ts';
import * as other from './contract/other.ts';
import * as problem from './contract/problem.ts';
import { ROUTES } from './contract/routes.ts';
import type { Route } from './contract/route.ts';
import * as template from './contract/template.ts';
import * as ticket from './contract/ticket.ts';
import * as value from './contract/value.ts';
import { STATUS } from './edge/problem.ts';

type Json = Record<string, unknown>;
const MODULES: readonly Readonly<Record<string, unknown>>[] = [value, form, problem, ticket, template, other, away];
const PROBLEM_TYPE = 'application/problem+json';

export function openApi(): Json {
  const names = z.registry<{ id: string }>();
  for (const module of MODULES)
    for (const [id, schema] of Object.entries(module)) if (schema instanceof z.ZodType) names.add(schema, { id });
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(names, { uri, io: 'input', unrepresentable: 'any' });
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(ROUTES) as [string, Route][])
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(name, route, names);
  return {
    openapi: '3.1.0',
    info: {
      title: '派单 Paidan API',
      version: '1',
      description:
        'Errors are RFC 9457 problem details with a stable `code`; their words follow Accept-Language (zh-CN, en). ' +
        'Sign in with an API token (Authorization: Bearer) or a browser session; with a session, requests that change ' +
        'something carry `X-Paidan: 1`. Times are epoch milliseconds.',
    },
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Scopes: read, write, admin' },
        session: { type: 'apiKey', in: 'cookie', name: 'pd_session' },
      },
      schemas: Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)])),
    },
  };
}

/** `$id` and `$schema` have no place inside a document. */
function plain(schema: object): Json {
  const { $id: _id, $schema: _schema, id: _own, ...rest } = schema as Json;
  return rest;
}

type Names = ReturnType<typeof z.registry<{ id: string }>>;

function operation(name: string, route: Route, names: Names): Json {
  return {
    operationId: name,
    summary: route.summary,
    description: `Scope: ${route.scope}`,
    parameters: parameters(route),
    ...(route.body ? { requestBody: { required: true, content: requestContent(route.body, names) } } : {}),
    responses: responses(route, names),
  };
}

const reference = (schema: z.ZodType, names: Names): Json => {
  const id = names.get(schema)?.id;
  if (id === undefined) throw new Error('A schema of a route must be exported by the contract');
  return { $ref: `#/components/schemas/${id}` };
};

function requestContent(body: NonNullable<Route['body']>, names: Names): Json {
  if (body !== 'multipart') return { 'application/json': { schema: reference(body, names) } };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  return { 'multipart/form-data': { schema: { type: 'object', properties: { file }, required: ['file'] } } };
}

function parameters(route: Route): Json[] {
  const of = (where: 'path' | 'query', object: z.ZodObject | undefined) =>
    Object.entries((object?.shape ?? {}) as Record<string, z.ZodType>).map(([name, schema]) => ({
      name,
      in: where,
      required: where === 'path' || !schema.safeParse(undefined).success,
      schema: plain(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })),
    }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Sent again under the same key, the command changes nothing and gets the first answer',
    schema: { type: 'string', minLength: 1, maxLength: 128 },
  };
  return [...of('path', route.params), ...of('query', route.query), ...(route.once ? [key] : [])];
}

function responses(route: Route, names: Names): Json {
  const content =
    route.answer === null
      ? {}
      : route.answer === 'bytes'
        ? { content: { '*/*': { schema: {} } } }
        : { content: { 'application/json': { schema: reference(route.answer, names) } } };
  const byStatus = new Map<number, Set<string>>();
  for (const code of [...new Set([...route.problems, ...common(route)])]) {
    const codes = byStatus.get(STATUS[code]) ?? new Set();
    byStatus.set(STATUS[code], codes.add(code));
  }
  const problems = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: [...codes].join(', '),
      content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return { [route.status]: { description: 'Done', ...content }, ...(Object.fromEntries(problems) as Json) };
}

/** What any route of this kind may answer. */
function common(route: Route): problem.ProblemCode[] {
  const changes = route.method !== 'GET';
  return [
    'not_signed_in',
    'not_allowed',
    ...(changes ? (['csrf'] as const) : []),
    ...(route.body ? (['bad_json', 'bad_input', 'unknown_field', 'too_large'] as const) : []),
    ...(route.query ? (['bad_input', 'unknown_field'] as const) : []),
    'rate_limited',
    'internal',
    'unavailable',
  ];
}
