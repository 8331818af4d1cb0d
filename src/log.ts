/** The log as JSON lines on standard output: one line per thing that happened, secrets redacted by name. */
import { pino } from 'pino';
import type { Log } from './lib/log.ts';

/** Names under which a secret could slip into a log's facts. */
const SECRET = ['secret', 'token', 'access_token', 'password', 'authorization', 'cookie', 'encodingAesKey'];

/** @param level  `info`, `warn`, `error` or `silent` */
export function makeLog(level = 'info'): Log {
  const redact = { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '***' };
  const logger = pino({
    level,
    base: null,
    redact,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: plainError },
  });
  return wrap(logger);
}

interface Sink {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  child(facts: object): Sink;
}

const wrap = (sink: Sink): Log => ({
  info: (message, facts = {}) => sink.info(facts, message),
  warn: (message, facts = {}) => sink.warn(facts, message),
  error: (message, facts = {}) => sink.error(facts, message),
  with: (facts) => wrap(sink.child(facts)),
});

/** Name, message and stack: other properties of an error may hold a whole request with its secrets. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  const code: unknown = 'code' in error ? error.code : undefined;
  return { name, message, stack, ...(typeof code === 'string' ? { code } : {}) };
}
