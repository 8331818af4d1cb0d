/** Who has how many under way, where one receiver is not to take all places. */

/** Of rows whose lanes give the same `of`, at most so many go out at once. */
export interface Apart {
  readonly of: (lane: string) => string;
  readonly most: number;
}

export function makePlaces(apart: Apart | undefined) {
  const counts = new Map<string, number>();
  return {
    /** How many to claim: one at a time, or those that are claimed together could be of one receiver. */
    room: (free: number) => (apart ? Math.min(free, 1) : free),
    /** Those who have as many as they may. */
    taken: () => [...counts].filter(([, n]) => n >= (apart?.most ?? Infinity)).map(([who]) => who),
    async hold(lane: string, work: Promise<void>): Promise<void> {
      if (!apart) return work;
      const who = apart.of(lane);
      counts.set(who, (counts.get(who) ?? 0) + 1);
      try {
        await work;
      } finally {
        const left = (counts.get(who) ?? 1) - 1;
        if (left > 0) counts.set(who, left);
        else counts.delete(who);
      }
    },
  };
}
