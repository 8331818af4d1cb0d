/** The relay: what becomes due goes out by itself, without a wake-up, and not after it was stopped. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Delivery, makeDelivery } from '../../src/delivery/deliver.ts';
import { makeQueue } from '../../src/delivery/queue.ts';
import type { Database } from '../../src/store/database.ts';
import { draftRow, outboxPart } from '../../src/ticket/outboxRow.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';

eachDatabase('the relay', (open) => {
  let db: Database;
  let sent: number[];
  let delivery: Delivery;
  beforeEach(async () => {
    db = (await open()).database;
    sent = [];
    const queue = makeQueue({ db, clock: Date.now, random: () => 0, log: aLog() });
    const senders = {
      draft: async (row: Parameters<typeof queue.settle>[0]) => {
        sent.push(row.id);
        await queue.settle(row, 'sent', []);
      },
    };
    delivery = makeDelivery({ queue, senders, log: aLog(), width: 2, lookMs: 20 });
  });
  afterEach(() => delivery.stop(1_000));

  const dueIn = (ms: number) => db.write((tx) => tx.insertAll([outboxPart([draftRow(1, 1, Date.now() + ms)])]));

  it('sends what becomes due later, such as what a dead process had claimed, though nobody wakes it', async () => {
    delivery.start();
    await dueIn(300);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(sent).toHaveLength(1);
  });

  it('takes nothing more once it was stopped', async () => {
    delivery.start();
    await delivery.stop(1_000);
    await dueIn(0);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent).toEqual([]);
  });
});
