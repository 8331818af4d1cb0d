/**
 * Where operators read what happened. Facts are plain values; secrets never go in (the sink also redacts known names).
 * `warn`: works again by itself or needs attention later. `error`: unexpected, logged once, with its stack.
 */
export interface Log {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
  /** The same log with these facts on every line. */
  with(facts: Record<string, unknown>): Log;
}
