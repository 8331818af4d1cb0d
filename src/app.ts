/**
 * The composition root: the one file that knows every part and how they fit together. Read it from top to bottom to
 * see the whole service. It builds and does not start; `main.ts` opens the database, listens and closes in reverse.
 */
import { makeAutomation } from './automation/automation.ts';
import { makeLeavers } from './automation/leavers.ts';
import { makeNightlyCheck } from './automation/nightlyCheck.ts';
import { makeRecount } from './automation/provisional.ts';
import { makeTimers } from './automation/timers.ts';
import { makeRetention } from './automation/retention.ts';
import { makeSubstituteNews } from './automation/substitutes.ts';
import { makeChat } from './chat/receive.ts';
import type { Config } from './config.ts';
import type { Budget } from './delivery/budget.ts';
import { makeDeadLetters } from './delivery/deadLetters.ts';
import { makeDelivery, sideBySide } from './delivery/deliver.ts';
import { makeOutgoing } from './delivery/outgoing/client.ts';
import { makeQueue } from './delivery/queue.ts';
import { makeCardSender, makeDraftSender, makeGroupSender } from './delivery/sendCard.ts';
import type { SenderParts } from './delivery/sender.ts';
import { makeFetchSender } from './delivery/sendFetch.ts';
import { makeSaySender } from './delivery/sendSay.ts';
import { makeTextSender } from './delivery/sendText.ts';
import { makeTodoSender } from './delivery/sendTodo.ts';
import { makeWake } from './delivery/wake.ts';
import { makeWebhookSecrets } from './delivery/webhook/secret.ts';
import { makeTicketCalls } from './delivery/webhook/ticketCalls.ts';
import { makeWebhooks } from './delivery/webhook/webhooks.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { makeDirectory } from './people/directory.ts';
import { makeDirectorySync } from './people/directorySync.ts';
import type { Cache } from './store/cache.ts';
import type { Database } from './store/database.ts';
import type { Files } from './store/files.ts';
import type { SecretBox } from './store/secretBox.ts';
import { makeCommands } from './ticket/commands.ts';
import { makeErrands } from './ticket/errands.ts';
import { makeNumbers } from './ticket/numbers.ts';
import { makeOnce } from './ticket/once.ts';
import { makeRenderer } from './ticket/render.ts';
import { makeTemplates } from './ticket/templates.ts';
import { makeTickets } from './ticket/tickets.ts';
import type { Workspace } from './workspace/port.ts';

export interface Ground {
  readonly config: Config;
  readonly db: Database;
  readonly cache: Cache;
  readonly files: Files;
  readonly box: SecretBox;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** Their meters are part of it. */
  readonly budget: Budget;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

export type App = ReturnType<typeof makeApp>;

/** All shipped calendars and numbers are China's; `time_zone` widens with the calendars. */
const OFFSET_MINUTES = 480;
/** Messages under way at once: enough to keep a platform busy, few enough for its concurrency limit. */
const WIDTH = 8;
/** Tells every process that something is to be sent. */
const WAKE = 'outbox';
/** What is on its way out gets at least so long to end. */
const LEAST_MS = 1_000;

export function makeApp(ground: Ground) {
  const { config, db, cache, files, box, workspaces, budget, clock, random, log } = ground;
  const publicUrl = config.server.publicUrl;
  const offsetMinutes = OFFSET_MINUTES;

  // People and templates stand in memory; commands read them there.
  const people = makeDirectory({
    db,
    cache,
    clock,
    log,
    admins: config.admins,
    workspaces: [...workspaces.keys()],
    timeZone: config.timeZone,
  });
  const sync = makeDirectorySync({
    db,
    cache,
    directory: people,
    box,
    workspaces: [...workspaces.values()],
    clock,
    log,
  });
  const directory = people.current;
  const templates = makeTemplates({
    db,
    cache,
    clock,
    log,
    directory: () => (directory().people.size > 0 ? directory() : null),
  });

  // Tickets: the one transaction.
  const wake = makeWake(() => cache.publish(WAKE, ''));
  const once = makeOnce({ db, clock });
  const commands = makeCommands({
    clock,
    directory,
    templates,
    numbers: makeNumbers(db),
    offsetMinutes,
    wake,
  });
  const hasForms = (id: string) => workspaces.get(id)?.capabilities.inputs.kinds.includes('longtext') ?? false;
  const renderer = makeRenderer({ db, templates, directory, clock, offsetMinutes, publicUrl, hasForms });
  const tickets = makeTickets({ db, once, clock, commands, templates, directory });

  // Out: what a commit left in the outbox.
  const queue = makeQueue({ db, clock, random, log });
  const sending: SenderParts = { db, queue, cache, clock, log, directory, workspaces, thrifty: budget.thrifty };
  const senders = {
    card: makeCardSender(sending, renderer),
    draft: makeDraftSender(sending, renderer),
    text: makeTextSender(sending),
    group: makeGroupSender(sending, renderer),
    say: makeSaySender(sending),
    todo: makeTodoSender(sending, renderer),
    fetch: makeFetchSender(sending, files),
  };
  const messages = makeDelivery({ queue, senders, log, width: WIDTH });
  const webhooks = makeWebhooks({
    ...{ db, clock, random, log },
    outgoing: makeOutgoing({ hosts: config.outgoingHosts }),
    secrets: makeWebhookSecrets({ db, box, clock }),
    calls: makeTicketCalls({ db, tickets }),
  });
  const delivery = sideBySide(messages, webhooks);
  const deadLetters = makeDeadLetters({ db, clock, wake });

  // In: what is said and clicked in a chat.
  const directoryChanged = (id: string) => void sync.sync(id);
  const receive = makeChat({
    db,
    once,
    commands,
    templates,
    renderer,
    directory,
    workspaces,
    clock,
    log,
    offsetMinutes,
    wake,
    cache,
    directoryChanged,
  });

  const retention = makeRetention({ db, clock, callbacksMs: config.retention.callbacksMs });
  const timers = makeTimers({ db, clock, log, tickets, errands: makeErrands({ tickets, templates, directory }) });
  const leavers = makeLeavers({ db, log, tickets, directory });
  const recount = makeRecount({ db, log, tickets });
  const substitutes = makeSubstituteNews({ db, clock, directory, wake });
  const nightlyCheck = makeNightlyCheck({ db, clock, log, templates, directory, wake });
  const automation = makeAutomation({
    db,
    log,
    jobs: [
      { name: 'directory', every: '10 minutes', run: sync.syncAll, lockMs: 5 * 60_000 },
      { name: 'timers', every: '1 second', run: timers, lockMs: 60_000 },
      { name: 'leavers', every: '10 minutes', run: leavers, lockMs: 5 * 60_000 },
      { name: 'recount', every: '30 3 * * *', run: recount, lockMs: 30 * 60_000 },
      { name: 'nightly_check', every: '0 4 * * *', run: nightlyCheck, lockMs: 30 * 60_000 },
      { name: 'substitutes', every: '1 minute', run: substitutes, lockMs: 60_000 },
      { name: 'retention', every: '1 hour', run: retention, lockMs: 10 * 60_000 },
    ],
  });

  let unsubscribe = () => {};
  return {
    ...{
      db,
      people,
      sync,
      templates,
      once,
      commands,
      renderer,
      tickets,
      delivery,
      deadLetters,
      receive,
      automation,
      wake,
    },
    /** Reads what stands in memory, and begins to send and to sweep. */
    async start() {
      await people.start();
      await templates.start();
      await budget.start();
      unsubscribe = cache.subscribe(WAKE, delivery.wake);
      await automation.start();
      for (const workspace of workspaces.values()) await workspace.start(receive);
      delivery.start();
    },
    /** Takes nothing new, finishes what is under way, within `ms`. */
    async stop(ms: number) {
      const began = clock();
      // A platform that hangs may take its time once, not once for each of them.
      await Promise.all([...workspaces.values()].map((workspace) => workspace.stop()));
      unsubscribe();
      await automation.stop();
      await delivery.stop(Math.max(ms - (clock() - began), LEAST_MS));
      await budget.stop();
      await templates.stop();
      await people.stop();
    },
  };
}
