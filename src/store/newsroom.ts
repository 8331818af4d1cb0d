/** Who in this process listens to which channel. */
import type { Log } from '../lib/log.ts';

export interface Newsroom {
  readonly tell: (channel: string, text: string) => void;
  readonly listen: (channel: string, listener: (text: string) => void) => () => void;
  readonly has: (channel: string) => boolean;
}

export function makeNewsroom(log: Log): Newsroom {
  const listeners = new Map<string, Set<(text: string) => void>>();
  return {
    tell(channel, text) {
      for (const listener of [...(listeners.get(channel) ?? [])]) {
        try {
          listener(text);
        } catch (error) {
          log.error('a listener failed', { channel, error });
        }
      }
    },
    listen(channel, listener) {
      const own = (text: string) => listener(text); // The same function may listen twice.
      const here = listeners.get(channel) ?? new Set();
      listeners.set(channel, here.add(own));
      return () => {
        here.delete(own);
        if (here.size === 0 && listeners.get(channel) === here) listeners.delete(channel);
      };
    },
    has: (channel) => listeners.has(channel),
  };
}
