/**
 * Settings from environment variables. Any single value has one: `PAIDAN_` and its path, `server.port` is
 * `PAIDAN_SERVER_PORT`; lists are separated by commas. Four have a usual name beside. `workspaces` are written in a file.
 */
import { z } from 'zod';
import type { Layer, Value } from './layer.ts';
import { type Path, pathText } from './problem.ts';
import { SHAPE } from './shape.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const USUAL: Readonly<Record<string, string>> = {
  PORT: 'server.port',
  PAIDAN_PUBLIC_URL: 'server.public_url',
  DATABASE_URL: 'database.url',
  REDIS_URL: 'redis.url',
};
/** Read elsewhere: the file's name, the log's level, and the address that vite's server passes calls to. */
const NOT_SETTINGS = new Set(['PAIDAN_CONFIG', 'PAIDAN_URL', 'PAIDAN_LOG']);

const paths: Path[] = Object.entries(SHAPE.shape)
  .filter(([key]) => key !== 'workspaces')
  .flatMap(([key, inner]): Path[] =>
    inner instanceof z.ZodObject ? Object.keys(inner.shape).map((name) => [key, name]) : [[key]],
  );
const systematic = (path: Path) => `PAIDAN_${path.join('_').toUpperCase()}`;

/** Variable → path. */
const VARIABLES: ReadonlyMap<string, Path> = new Map([
  ...Object.entries(USUAL).map(([name, text]): [string, Path] => [name, text.split('.')]),
  ...paths.map((path): [string, Path] => [systematic(path), path]),
]);

/** An empty variable is as good as none: compose files set those. The systematic name wins over the usual one. */
export function readEnvironment(env: Environment): Layer {
  const places = new Map<string, string>();
  const value: Record<string, Value> = {};
  for (const [name, path] of VARIABLES) {
    const given = env[name]?.trim();
    if (!given) continue;
    const [section = '', key] = path;
    if (key === undefined) value[section] = given;
    else value[section] = { ...(value[section] as object), [key]: given };
    places.set(pathText(path), name);
  }
  return { value, places };
}

/** Names like ours that mean nothing. Only warned of: an orchestrator sets `PAIDAN_PORT` for a service called paidan. */
export const unknownVariables = (env: Environment): string[] =>
  Object.keys(env).filter((name) => name.startsWith('PAIDAN_') && !VARIABLES.has(name) && !NOT_SETTINGS.has(name));
