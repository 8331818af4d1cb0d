/** An empty database with the shipped roles in it, on each engine. The service migrates and fills the rest by itself. */
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { loadRoles } from '../../src/config/roles.ts';
import { makeLog } from '../../src/log.ts';
import { seedRoles } from '../../src/people/role.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { DINGTALK, WECOM } from './platform.ts';

export interface FreshDatabase {
  readonly url: string;
  /** The same database once more, for the judge. */
  open(): Promise<Database>;
  /** @param keep  lets go of it and leaves it for whoever wants to look */
  remove(keep: boolean): Promise<void>;
}

export async function freshSqlite(folder: string): Promise<FreshDatabase> {
  const url = `sqlite:${join(folder, 'paidan.db')}`;
  await seed(url);
  return { url, open: () => openAt(url), remove: async () => undefined };
}

/** @param server of a MariaDB that answers. @throws Error that says what to do when none does */
export async function freshMariadb(server: string): Promise<FreshDatabase> {
  const connection = await mysql.createConnection(server).catch((error: unknown) => {
    throw new Error(`No MariaDB at TEST_MYSQL_URL: start one and name it there (${String(error)})`);
  });
  const name = `paidan_test_${process.pid}_campaign`;
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const url = address.href;
  await seed(url);
  return {
    url,
    open: () => openAt(url),
    async remove(keep) {
      if (keep) console.log(`kept: ${name}`);
      else await connection.query(`DROP DATABASE IF EXISTS ${name}`);
      await connection.end();
    },
  };
}

const openAt = (url: string) => openDatabase({ url, log: makeLog('error'), poolSize: 2 });

/** One is a network engineer; all three are in a campaign, or the platform's limit per person would be the slowest part. */
const NETWORK = ['ding-songjie', 'ding-caimei', 'ding-luhao'].map((userid) => `${DINGTALK}/${userid}`);

/** Roles stand before the first start: the shipped ones name people of the embedded sandboxes. */
async function seed(url: string): Promise<void> {
  const db = await openAt(url);
  await migrate(db);
  const here = (name: string) => name.replace(/^sandbox\//, `${WECOM}/`);
  const roles = loadRoles().map(({ name, members, departments }) => ({
    ...{ name, departments: departments.map(here) },
    members: name === '网络工程师' ? NETWORK : members.map(here),
  }));
  await seedRoles(db, roles);
  await db.close();
}
