/** Keeps one connection current: one attempt at a time, and one timer at most for the next. */
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { makeAttempt, type AttemptParts } from './streamAttempt.ts';
import type { Connection, ConnectionSettings } from './streamConnection.ts';
import { makePace, type PaceSettings } from './streamPace.ts';

export interface ConnectingParts extends Pick<AttemptParts, 'request' | 'arrived' | 'log'> {
  readonly settings: ConnectionSettings & PaceSettings & { readonly steadyMs: number };
  /** The open ones; kept here. */
  readonly connections: Set<Connection>;
  readonly clock: Clock;
  readonly random: () => number;
}

export interface Connecting {
  readonly counts: { opened: number; attempts: number };
  start(): void;
  /** No more attempts. Open connections stay. */
  stop(): void;
  /** Resolves when nothing is under way and no connection open; after `stop`. */
  over(): Promise<void>;
}

export function makeConnecting(parts: ConnectingParts): Connecting {
  const { settings, connections, log } = parts;
  const pace = makePace(settings, parts.clock, parts.random);
  const report = makeReport(log);
  const counts = { opened: 0, attempts: 0 };
  const steady = makeSteady(settings.steadyMs, () => pace.well());
  let current: Connection | null = null;
  let over: (() => void) | null = null;

  const next = makeNext(() => {
    counts.attempts += 1;
    pace.began();
    return makeAttempt({ ...parts, opened, failed, leaving, ended });
  });

  function opened(connection: Connection): void {
    next.done();
    current = connection;
    counts.opened += 1;
    report.opened();
    connections.forEach((one) => one.silent() && one.cut());
    connections.add(connection);
    steady.began(connection);
  }
  function failed(problem: string, unauthorized: boolean): void {
    next.done();
    if (next.stopped()) return finished();
    const delay = unauthorized ? pace.unauthorized() : pace.failed();
    report.failed(problem, unauthorized, pace.failures());
    next.after(delay);
  }
  function leaving(connection: Connection, why: string): void {
    log.info('stream: a connection is to be replaced', { why });
    if (current === connection) current = null;
    next.after(pace.soon());
  }
  function ended(connection: Connection, problem: string): void {
    connections.delete(connection);
    const lasted = steady.ended(connection);
    if (next.stopped()) return finished();
    if (current !== connection) return;
    current = null;
    const delay = lasted ? pace.soon() : pace.failed();
    report.failed(problem, false, pace.failures());
    next.after(delay);
  }
  function finished(): void {
    if (!next.trying() && connections.size === 0) over?.();
  }

  return {
    counts,
    start() {
      if (!current) next.after(0);
    },
    stop: next.stop,
    over: () =>
      new Promise((resolve) => {
        over = resolve;
        finished();
      }),
  };
}

/** The next attempt, waited for or under way: never two. @param begin returns what gives it up */
function makeNext(begin: () => () => void) {
  let timer: NodeJS.Timeout | null = null;
  let giveUp: (() => void) | null = null;
  let stopped = false;
  return {
    after(ms: number) {
      if (stopped || giveUp || timer) return;
      timer = setTimeout(() => {
        timer = null;
        giveUp = begin();
      }, ms);
    },
    trying: () => giveUp !== null,
    done: () => void (giveUp = null),
    stopped: () => stopped,
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      giveUp?.();
    },
  };
}

/** Which connections are good ones, because they last. */
function makeSteady(ms: number, well: () => void) {
  const young = new Map<Connection, NodeJS.Timeout>();
  return {
    began(connection: Connection) {
      const grown = () => {
        young.delete(connection);
        well();
      };
      young.set(connection, setTimeout(grown, ms));
    },
    /** @returns whether it lasted */
    ended(connection: Connection): boolean {
      clearTimeout(young.get(connection));
      return !young.delete(connection);
    },
  };
}

/** One line when it begins to fail, and then ever fewer: an outage of a night is no flood. */
function makeReport(log: Log) {
  let last: string | null = null;
  return {
    opened() {
      last = null;
      log.info('stream: connected');
    },
    /** @param failures in a row */
    failed(problem: string, unauthorized: boolean, failures: number) {
      const same = problem === last;
      last = problem;
      if (unauthorized && !same)
        log.error('stream: DingTalk refuses the credentials; compare clientId and clientSecret with its console', {
          problem,
        });
      if (!unauthorized && (!same || Number.isInteger(Math.log2(failures))))
        log.warn('stream: not connected, trying again', { problem, failures });
    },
  };
}
