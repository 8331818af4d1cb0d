/**
 * Tells that there is something to send: the first time at once, and then once for all that came meanwhile. A burst of
 * commits would otherwise cost Redis and every replica a message each.
 */
const PAUSE_MS = 10;

/** @param tell  reaches every process; cheap and never throws */
export function makeWake(tell: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const pause = () => {
    timer = setTimeout(() => {
      timer = null;
      if (!again) return;
      again = false;
      tell();
      pause();
    }, PAUSE_MS);
    // What is lost when the process ends is found by the sweep.
    timer.unref();
  };
  return () => {
    if (timer) {
      again = true;
      return;
    }
    tell();
    pause();
  };
}
