/** One route of the API: what it takes, what it answers, which problems it may give. */
import type { z } from 'zod';
import type { ProblemCode } from './problem.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Parameters as `{id}`. */
  readonly path: string;
  readonly summary: string;
  /** Least scope of an API token. */
  readonly scope: 'read' | 'write' | 'admin';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** JSON; `multipart`: one file in a form. */
  readonly body?: z.ZodType | 'multipart';
  /** `bytes`: the file itself. null: nothing. */
  readonly answer: z.ZodType | 'bytes' | null;
  readonly status: 200 | 201 | 204;
  /** Beside those that any route may give. */
  readonly problems: readonly ProblemCode[];
  /** Takes `Idempotency-Key`: sent again under the same key it changes nothing and answers the same. */
  readonly once?: true;
}

export const route = <const R extends Route>(of: R): R => of;
export const get = { method: 'GET', scope: 'read', status: 200 } as const;
export const post = { method: 'POST', scope: 'write', status: 200 } as const;
