/** `paidan migrate`: brings the database up to date; safe to run again, and while another process does. */
import { loadConfig } from '../config.ts';
import { makeLog } from '../log.ts';
import { openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';

export async function migrateCommand(): Promise<number> {
  const config = loadConfig({ env: process.env, cwd: process.cwd() });
  const db = await openDatabase({ url: config.database.url, log: makeLog('warn') });
  try {
    const ran = await migrate(db);
    console.log(
      ran.length > 0
        ? ran.map((name) => `已执行 ran: ${name}`).join('\n')
        : '已是最新。Nothing to do: the database is up to date.',
    );
    return 0;
  } finally {
    await db.close();
  }
}
