/**
 * Real databases for tests: every suite runs on SQLite, and on MySQL where TEST_MYSQL_URL is set. With CI=true a missing
 * server is a failure, not a skip.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from '@jest/globals';
import mysql from 'mysql2/promise';
import type { Log } from '../../src/lib/log.ts';
import { type Database, type Dialect, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { aLog } from './log.ts';

export interface Opened {
  readonly database: Database;
  readonly url: string;
}
export interface OpenOptions {
  readonly log?: Log;
  /** false: an empty database, for tests of the migrations themselves */
  readonly migrated?: boolean;
  /** Open this one instead of making one: a second process on the same database. */
  readonly url?: string;
}
/** Opens a fresh, migrated database. All of them are closed and dropped after the suite. */
export type Open = (options?: OpenOptions) => Promise<Opened>;

let made = 0;

/** Runs the suite on each engine; `open` makes as many databases as it likes. */
export function eachDatabase(name: string, suite: (open: Open, dialect: Dialect) => void): void {
  const mysqlUrl = process.env.TEST_MYSQL_URL;
  if (!mysqlUrl && process.env.CI === 'true') throw new Error('CI needs TEST_MYSQL_URL: start MariaDB and set it');
  const on = (opener: Opener, dialect: Dialect) => {
    suite(opener.open, dialect);
    // Last: what the suite built on a database stops before that goes.
    afterAll(opener.end);
  };
  describe(`${name} · SQLite`, () => on(sqliteOpener(), 'sqlite'));
  if (mysqlUrl) describe(`${name} · MySQL`, () => on(mysqlOpener(mysqlUrl), 'mysql'));
}

export interface Opener {
  readonly open: Open;
  /** Closes and removes all of them. */
  readonly end: () => Promise<void>;
}

export function sqliteOpener(): Opener {
  const { closeAtEnd, atEnd, end } = makeEnd();
  let folder: Promise<string> | null = null;
  let template: Promise<string> | null = null;
  const inFolder = async (file: string) => {
    folder ??= mkdtemp(join(tmpdir(), 'paidan-test-'));
    return join(await folder, file);
  };
  // Migrating takes longer than copying a file that was migrated once.
  const migratedFile = async () => {
    const path = await inFolder('template.db');
    const database = await openDatabase({ url: `sqlite:${path}`, log: aLog() });
    await migrate(database);
    await database.close();
    return path;
  };
  atEnd(async () => {
    if (folder) await rm(await folder, { recursive: true, force: true });
  });
  const open: Open = async ({ log = aLog(), migrated = true, url } = {}) => {
    if (url) return { database: closeAtEnd(await openDatabase({ url, log })), url };
    const path = await inFolder(`${(made += 1)}.db`);
    if (migrated) await copyFile(await (template ??= migratedFile()), path);
    return { database: closeAtEnd(await openDatabase({ url: `sqlite:${path}`, log })), url: `sqlite:${path}` };
  };
  return { open, end };
}

function mysqlOpener(server: string): Opener {
  const { closeAtEnd, atEnd, end } = makeEnd();
  const names: string[] = [];
  const asAdmin = async (...statements: string[]) => {
    const address = new URL(server);
    address.pathname = '/';
    const connection = await mysql.createConnection(address.href);
    for (const sql of statements) await connection.query(sql);
    await connection.end();
  };
  atEnd(() => asAdmin(...names.map((name) => `DROP DATABASE IF EXISTS ${name}`)));
  const open: Open = async ({ log = aLog(), migrated = true, url } = {}) => {
    if (url) return { database: closeAtEnd(await openDatabase({ url, log })), url };
    const name = `paidan_test_${process.pid}_${(made += 1)}`;
    names.push(name);
    await asAdmin(
      `DROP DATABASE IF EXISTS ${name}`,
      `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    );
    const address = new URL(server);
    address.pathname = `/${name}`;
    const database = closeAtEnd(await openDatabase({ url: address.href, log }));
    if (migrated) await migrate(database);
    return { database, url: address.href };
  };
  return { open, end };
}

function makeEnd() {
  const opened: Database[] = [];
  const last: (() => Promise<void>)[] = [];
  const end = async () => {
    for (const database of opened) await database.close();
    for (const work of last) await work();
  };
  const closeAtEnd = (database: Database) => {
    opened.push(database);
    return database;
  };
  return { end, closeAtEnd, atEnd: (work: () => Promise<void>) => void last.push(work) };
}
