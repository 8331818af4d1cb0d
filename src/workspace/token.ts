/**
 * A platform's access token: kept per app, fetched by one caller at a time, some time before its end.
 * A newer token does not end an older one, so two replicas that fetch at once disturb nobody.
 */
import type { Clock } from '../lib/clock.ts';
import type { TokenCache } from './tokenCache.ts';

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
  /** Names the app in the cache. */
  readonly key: string;
  /** How long before its end a token is replaced, ms. */
  readonly aheadMs: number;
  readonly cache: TokenCache;
  readonly clock: Clock;
  /** Asks the platform. `expiresIn` in seconds. */
  readonly fetch: () => Promise<{ token: string; expiresIn: number }>;
  /** Whether what `fetch` threw is a "no" that asking again won't change. */
  readonly isNo: (error: unknown) => boolean;
}

export function makeToken({ key, aheadMs, cache, clock, fetch, isNo }: TokenParts): Token {
  let mine: { token: string; until: number } | null = null;
  let fetching: Promise<string> | null = null;
  let no: { error: unknown; until: number } | null = null;

  const fresh = (): string | null => (mine && clock() < mine.until ? mine.token : null);

  async function fetchNow(): Promise<string> {
    if (no && clock() < no.until) throw no.error;
    no = null;
    try {
      const { token, expiresIn } = await fetch();
      const life = Math.max(expiresIn * 1000 - aheadMs, 1000);
      mine = { token, until: clock() + life };
      await cache.set(key, token, life);
      return token;
    } catch (error) {
      if (isNo(error)) no = { error, until: clock() + NO_STANDS };
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
