/** TypeORM's own remarks go to our log instead of the console. Failures are thrown to the caller as well, so these are facts, not alarms. */
import type { Logger } from 'typeorm';
import type { Log } from '../lib/log.ts';

export const ormLog = (log: Log): Logger => ({
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: (message) => log.warn(message),
  log: (level, message) => (level === 'warn' ? log.warn(String(message)) : log.info(String(message))),
});
