/** Waiting for another try: ends with the time, with a reason to try now, or with the sandbox. */

export interface Waits {
  /**
   * @param ms at most
   * @param wakeable `wake` ends it
   * @returns false when there is to be no other try, because the sandbox closes
   */
  wait(ms: number, wakeable?: boolean): Promise<boolean>;
  wake(): void;
  close(): void;
}

export function makeWaits(): Waits {
  const waiting = new Set<{ wakeable: boolean; end: (again: boolean) => void }>();
  let closed = false;
  return {
    wait: (ms, wakeable = false) =>
      new Promise((resolve) => {
        if (closed) return resolve(false);
        const end = (again: boolean) => {
          clearTimeout(timer);
          waiting.delete(entry);
          resolve(again);
        };
        const entry = { wakeable, end };
        const timer = setTimeout(() => end(true), ms).unref();
        waiting.add(entry);
      }),
    wake: () => [...waiting].filter((one) => one.wakeable).forEach((one) => one.end(true)),
    close() {
      closed = true;
      for (const one of [...waiting]) one.end(false);
    },
  };
}
