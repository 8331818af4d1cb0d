/**
 * The app's access token: kept per corp and app, fetched by one caller at a time, a minute before its end.
 * A newer token does not end an older one, so two replicas that fetch at once disturb nobody.
 */
import type { Clock } from '../../lib/clock.ts';
import type { TokenCache } from '../tokenCache.ts';
import { classOf } from './codes.ts';
import { WecomError } from './failure.ts';

const AHEAD = 60_000;
/** A token from the shared cache has an unknown age: it is looked up again after this. */
const TRUST_SHARED = 60_000;
/** How long a "no" to our secret stands: thousands of wrong asks an hour get the address banned (wecom.md, 1). */
const NO_STANDS = 60_000;

export interface Token {
  get(): Promise<string>;
  /** After the platform refused `bad`: the token that came since, or a new one. */
  renewed(bad: string): Promise<string>;
}

export interface TokenParts {
  readonly corpId: string;
  readonly agentId: number;
  readonly cache: TokenCache;
  readonly clock: Clock;
  /** Asks the platform. `expiresIn` in seconds. @throws WecomError */
  readonly fetch: () => Promise<{ token: string; expiresIn: number }>;
}

export function makeToken({ corpId, agentId, cache, clock, fetch }: TokenParts): Token {
  const key = `wecom:token:${corpId}:${agentId}`;
  let mine: { token: string; until: number } | null = null;
  let fetching: Promise<string> | null = null;
  let no: { error: WecomError; until: number } | null = null;

  const fresh = (): string | null => (mine && clock() < mine.until ? mine.token : null);

  async function fetchNow(): Promise<string> {
    if (no && clock() < no.until) throw no.error;
    no = null;
    try {
      const { token, expiresIn } = await fetch();
      const life = Math.max(expiresIn * 1000 - AHEAD, 1000);
      mine = { token, until: clock() + life };
      await cache.set(key, token, life);
      return token;
    } catch (error) {
      if (error instanceof WecomError && isNo(error)) no = { error, until: clock() + NO_STANDS };
      throw error;
    }
  }

  // Everybody who comes meanwhile waits for the same answer.
  const fetched = (): Promise<string> =>
    (fetching ??= fetchNow().finally(() => {
      fetching = null;
    }));

  async function get(): Promise<string> {
    const own = fresh();
    if (own !== null) return own;
    const shared = await cache.get(key);
    // Another caller may have fetched while we looked.
    const since = fresh();
    if (since !== null) return since;
    if (shared === null) return fetched();
    mine = { token: shared, until: clock() + TRUST_SHARED };
    return shared;
  }

  return {
    get,
    async renewed(bad) {
      if (mine?.token === bad) mine = null;
      const current = await get();
      return current === bad ? fetched() : current;
    },
  };
}

function isNo({ failure }: WecomError): boolean {
  if (failure.kind !== 'refused') return false;
  const kind = classOf(failure.errcode);
  return kind !== 'busy' && kind !== 'window';
}
