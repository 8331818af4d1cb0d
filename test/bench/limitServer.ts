/**
 * The limit: what Koa and mysql2 can do when they do nothing but store a ticket. No sign-in, no validation, no flow:
 * one transaction with the four inserts of a minimal ticket, prepared, on a pool. Source: shared/design/performance.md.
 *
 * A process of its own: DATABASE_URL names an empty database; it says `ready <port>`.
 */
import Koa from 'koa';
import mysql from 'mysql2/promise';

const TABLES = [
  `CREATE TABLE ticket (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, requester_id bigint NOT NULL,
   title varchar(255) NOT NULL, status varchar(16) NOT NULL, made_at bigint NOT NULL, body mediumtext NOT NULL,
   KEY ix_requester (requester_id, id))`,
  `CREATE TABLE task (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint NOT NULL,
   assignee_id bigint NOT NULL, state varchar(16) NOT NULL, KEY ix_assignee (assignee_id, state, ticket_id))`,
  `CREATE TABLE event (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint NOT NULL, seq int NOT NULL,
   type varchar(32) NOT NULL, at bigint NOT NULL, body mediumtext NOT NULL, UNIQUE KEY uq_event (ticket_id, seq))`,
  `CREATE TABLE outbox (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint NOT NULL,
   due_at bigint NOT NULL, payload mediumtext NOT NULL, KEY ix_due (due_at, id))`,
];

interface Filing {
  readonly values: { readonly title: string };
}

const pool = mysql.createPool({ uri: process.env['DATABASE_URL'] ?? '', connectionLimit: 10 });
for (const sql of TABLES) await pool.query(sql);

async function store(text: string): Promise<number> {
  const { values } = JSON.parse(text) as Filing;
  const now = Date.now();
  const connection = await pool.getConnection();
  try {
    await connection.query('START TRANSACTION');
    const [ticket] = await connection.execute<mysql.ResultSetHeader>(
      'INSERT INTO ticket (requester_id, title, status, made_at, body) VALUES (?, ?, ?, ?, ?)',
      [1, values.title, 'pending', now, text],
    );
    const id = ticket.insertId;
    await connection.execute('INSERT INTO task (ticket_id, assignee_id, state) VALUES (?, ?, ?)', [id, 2, 'open']);
    await connection.execute('INSERT INTO event (ticket_id, seq, type, at, body) VALUES (?, ?, ?, ?, ?)', [
      ...[id, 1, 'ticket.filed', now, text],
    ]);
    await connection.execute('INSERT INTO outbox (ticket_id, due_at, payload) VALUES (?, ?, ?)', [
      id,
      now,
      '{"task":1}',
    ]);
    await connection.query('COMMIT');
    return id;
  } finally {
    connection.release();
  }
}

const app = new Koa();
app.use(async (ctx) => {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk as Buffer);
  ctx.body = { id: await store(Buffer.concat(chunks).toString()) };
  ctx.status = 201;
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`ready ${typeof address === 'object' ? address?.port : ''}`);
});
process.once('SIGTERM', () => process.exit(0));
