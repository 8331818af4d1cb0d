/** Databases of the bench on MariaDB: durable at each commit while it runs, gone afterwards. */
import mysql from 'mysql2/promise';

export interface Mariadb {
  readonly version: string;
  /** A new, empty database. @returns its address */
  create(name: string): Promise<string>;
  /** Drops what was created, and puts the server's setting back. */
  close(): Promise<void>;
}

const SETTING = 'innodb_flush_log_at_trx_commit';

/** @throws Error that says what to do when no server answers */
export async function openMariadb(url: string): Promise<Mariadb> {
  const connection = await mysql.createConnection(url).catch((error: unknown) => {
    throw new Error(`No MariaDB at TEST_MYSQL_URL: start one and name it there (${String(error)})`);
  });
  const ask = async <T>(sql: string): Promise<T> => {
    const [[row]] = await connection.query<mysql.RowDataPacket[]>(`SELECT ${sql} AS answer`);
    return row?.['answer'] as T;
  };
  const before = await ask<number>(`@@GLOBAL.${SETTING}`);
  await connection.query(`SET GLOBAL ${SETTING} = 1`);
  const names: string[] = [];
  return {
    version: await ask<string>('VERSION()'),
    async create(what) {
      const name = `paidan_bench_${process.pid}_${what}`;
      await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      names.push(name);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    async close() {
      for (const name of names) await connection.query(`DROP DATABASE IF EXISTS ${name}`);
      await connection.query(`SET GLOBAL ${SETTING} = ${Number(before)}`);
      await connection.end();
    },
  };
}
