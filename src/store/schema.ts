/** What TypeORM is told about our tables: their present shape, and the way to it. */
import type { DataSourceOptions } from 'typeorm';
import { Tickets1795305600001 } from '../../migrations/20261122-01-tickets.ts';
import { Traffic1795305600002 } from '../../migrations/20261122-02-traffic.ts';
import { People1795305600003 } from '../../migrations/20261122-03-people.ts';
import { Agenda1795305600004 } from '../../migrations/20261122-04-agenda.ts';
import { Away1795996800001 } from '../../migrations/20261130-01-away.ts';
import { Lanes1795996800005 } from '../../migrations/20261130-05-lanes.ts';
import { Cc1795996800006 } from '../../migrations/20261130-06-cc.ts';
import { Again1795996800007 } from '../../migrations/20261130-07-again.ts';
import { entities } from './entity/all.ts';
import type { Dialect } from './port.ts';

/** Never change one that was released: add another. */
const MIGRATIONS = [
  ...[Tickets1795305600001, Traffic1795305600002, People1795305600003, Agenda1795305600004],
  Away1795996800001,
  Lanes1795996800005,
  Cc1795996800006,
  Again1795996800007,
];

export type Schema = Pick<DataSourceOptions, 'entities' | 'migrations' | 'migrationsTableName'>;

export const schemaFor = (dialect: Dialect) =>
  ({
    entities: entities(dialect),
    migrations: MIGRATIONS,
    migrationsTableName: 'schema_migration',
  }) satisfies Schema;
