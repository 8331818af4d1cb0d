/**
 * Names to addresses, a few at a time: the system's resolver works in a pool of four threads that files and the platforms'
 * names need as well, so names whose servers hang must not fill it.
 */
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';

/** @throws what the resolver says, with its `code` */
export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

const AT_ONCE = 2;

const system: Lookup = (host) => lookup(host, { all: true });

/** Who asks for a name that is being looked up waits for that answer. */
export function makeLookup(look: Lookup = system): Lookup {
  const asked = new Map<string, ReturnType<Lookup>>();
  const waiting: (() => void)[] = [];
  let free = AT_ONCE;
  const inTurn = async (host: string) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await look(host);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
  return (host) => {
    const found = asked.get(host) ?? inTurn(host).finally(() => asked.delete(host));
    asked.set(host, found);
    return found;
  };
}
