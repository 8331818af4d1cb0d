/** An office on a real database: a small company, the shipped templates, and the one transaction over them. */
import { readFile } from 'node:fs/promises';
import { loadRoles } from '../../src/config/roles.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import { seedRoles, settleRoles } from '../../src/people/role.ts';
import { syncDirectory } from '../../src/people/sync.ts';
import { makeCache } from '../../src/store/cache.ts';
import type { Values } from '../../src/form/field.ts';
import { type ActCommand, makeCommands } from '../../src/ticket/commands.ts';
import { makeNumbers } from '../../src/ticket/numbers.ts';
import { makeOnce, type Origin } from '../../src/ticket/once.ts';
import { makeTemplates } from '../../src/ticket/templates.ts';
import { makeTickets } from '../../src/ticket/tickets.ts';
import { loadTicket } from '../../src/ticket/ticketStore.ts';
import { box, theSandbox } from '../people/build.ts';
import type { Open } from './database.ts';
import { aLog } from './log.ts';

export type Office = Awaited<ReturnType<typeof anOffice>>;

export const aRepair: Values = {
  title: '打印机卡纸',
  detail: '三楼东侧，出纸口',
  urgency: '一般',
  category: '硬件故障',
};

export async function anOffice(open: Open, { admins = [] }: { admins?: readonly string[] } = {}) {
  const { database: db } = await open();
  const log = aLog();
  const cache = await makeCache(null, log);
  let now = Date.UTC(2026, 10, 23, 2);
  const clock = () => now;
  const people = makeDirectory({ db, cache, clock, log, admins });
  await seedRoles(db, loadRoles());
  await db.write((tx) => syncDirectory(tx, theSandbox(), { workspaceId: 'sandbox', box, now }));
  const directory = await people.refresh();
  await settleRoles(db, directory);
  await people.refresh();
  const templates = makeTemplates({ db, cache, clock, log, directory: () => people.current() });
  for (const file of ['it-repair', 'seal'])
    await templates.publish(await readFile(`templates/${file}.yaml`, 'utf8'), null, 'shipped');
  const once = makeOnce({ db, clock });
  let woken = 0;
  const wake = () => void (woken += 1);
  const commands = makeCommands({
    clock,
    directory: people.current,
    templates,
    numbers: makeNumbers(db),
    offsetMinutes: 480,
    wake,
  });
  const tickets = makeTickets({ db, once, clock, commands, templates, directory: people.current });
  const id = (account: string): number => people.current().accounts.get(`sandbox/${account.toLowerCase()}`) ?? -1;

  return {
    ...{ db, log, cache, clock, people, templates, once, commands, tickets, id },
    woken: () => woken,
    pass: (ms: number) => void (now += ms),
    file: (by: string, values: Values = aRepair, origin: Origin | null = null) =>
      tickets.file(origin, { by: id(by), requesterId: id(by), templateKey: 'it-repair', values }),
    act: (ticketId: number, command: ActCommand, origin: Origin | null = null) =>
      tickets.act(origin, ticketId, command),
    async ticket(ticketId: number) {
      const stored = await db.read((reader) => loadTicket(reader, ticketId));
      if (!stored) throw new Error(`There is no ticket ${ticketId}`);
      return stored.ticket;
    },
    count: async (table: string): Promise<number> =>
      (await db.read((reader) => reader.one<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`)))?.n ?? 0,
  };
}
