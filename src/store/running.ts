/** Counts work in progress, so that closing can wait for it. */
export interface Running {
  /** @throws Error once closed */
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Takes no new work; resolves when the last one ended. */
  drain(): Promise<void>;
}

export function makeRunning(what: string): Running {
  let closed = false;
  let count = 0;
  let idle: (() => void) | null = null;
  return {
    async track(work) {
      if (closed) throw new Error(`${what} is closed`);
      count += 1;
      try {
        return await work();
      } finally {
        count -= 1;
        if (count === 0) idle?.();
      }
    },
    async drain() {
      closed = true;
      if (count > 0) await new Promise<void>((resolve) => (idle = resolve));
    },
  };
}
