import { expect, it } from '@jest/globals';
import type { Ticket } from '../../src/flow/ticket.ts';
import type { Database } from '../../src/store/database.ts';
import { makeLoads } from '../../src/ticket/loads.ts';
import { eachDatabase } from '../support/database.ts';

const CHEN = 1;
const LIU = 2;

/** `count` open tasks of a person, as rows. */
const give = (db: Database, personId: number, count: number, from = 1) =>
  db.write((tx) =>
    tx.insert(
      'task_person',
      Array.from({ length: count }, (_, i) => ({
        ...{ ticket_id: personId * 1000 + from + i, task_n: 1, person_id: personId, role: 'assignee', open: 1 },
      })),
    ),
  );

const aTicketOf = (personId: number, state: 'open' | 'done:complete' = 'open') =>
  ({
    id: 1,
    tasks: [{ n: 1, state, assigneeId: personId, people: [{ personId, role: 'assignee' }] }],
  }) as unknown as Ticket;

eachDatabase('loads', (open) => {
  const setUp = async () => {
    const { database: db } = await open();
    let now = 1_000_000;
    const loads = makeLoads(() => now);
    const of = async (...people: number[]) => Object.fromEntries(await db.read((reader) => loads.of(reader, people)));
    return { db, loads, of, later: (ms: number) => (now += ms) };
  };

  it('counts the open tasks of everybody who was asked for', async () => {
    const { db, of } = await setUp();
    await give(db, CHEN, 3);
    expect(await of(CHEN, LIU)).toEqual({ [CHEN]: 3, [LIU]: 0 });
  });

  it('adds what this process gives out, and counts again after a second', async () => {
    const { db, loads, of, later } = await setUp();
    await of(CHEN, LIU);
    loads.filed(aTicketOf(CHEN));
    await give(db, LIU, 5); // by another process
    expect(await of(CHEN, LIU)).toEqual({ [CHEN]: 1, [LIU]: 0 });
    later(1_000);
    expect(await of(CHEN, LIU)).toEqual({ [CHEN]: 0, [LIU]: 5 });
  });

  it('counts anew whoever an act took a task off or gave one to', async () => {
    const { db, loads, of } = await setUp();
    await give(db, CHEN, 1);
    await of(CHEN, LIU);
    await db.write((tx) => tx.run('UPDATE task_person SET open = 0 WHERE person_id = ?', [CHEN]));
    await give(db, LIU, 1);
    loads.acted(aTicketOf(CHEN), aTicketOf(LIU));
    expect(await of(CHEN, LIU)).toEqual({ [CHEN]: 0, [LIU]: 1 });
  });

  it('counts a task for its owner, not for who stands in for them', async () => {
    const { db, of } = await setUp();
    await give(db, CHEN, 1);
    await db.write((tx) => tx.run("UPDATE task_person SET role = 'substitute' WHERE person_id = ?", [CHEN]));
    expect(await of(CHEN)).toEqual({ [CHEN]: 0 });
  });

  it('adds nothing for a task that is over', async () => {
    const { loads, of } = await setUp();
    await of(CHEN);
    loads.filed(aTicketOf(CHEN, 'done:complete'));
    expect(await of(CHEN)).toEqual({ [CHEN]: 0 });
  });
});
