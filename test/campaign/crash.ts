/**
 * The crash campaign (R1 of shared/design/reliability.md): the service is killed with kill -9 at random instants under
 * load and started again; then all comes to rest, and the judges look at the database, at the platform and at the
 * client's log.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeChance, type Chance } from './chance.ts';
import type { Verdict } from './finding.ts';
import type { FreshDatabase } from './freshDatabase.ts';
import { makeHands } from './hands.ts';
import { type AccountsOf, judgeActs } from './judgeActs.ts';
import { makeCast } from './cast.ts';
import { readDingtalk } from './dingtalkState.ts';
import { judgeDingtalkCards } from './judgeDingtalkCards.ts';
import { judgeOutbox } from './judgeOutbox.ts';
import { judgeTickets } from './judgeTickets.ts';
import { judgeTodos } from './judgeTodos.ts';
import { judgeWecomCards } from './judgeWecomCards.ts';
import { makeLedger } from './ledger.ts';
import { startLoad } from './load.ts';
import type { Mirror } from './mirror.ts';
import { makeLook } from './look.ts';
import { type Platform, startPlatform, type Transport } from './platform.ts';
import { makeService, type Service } from './service.ts';
import { makeTurns } from './story.ts';
import { makeWays } from './ways.ts';
import { readWecom } from './wecomState.ts';
import { type Rest, watchOutbox } from './watch.ts';

export interface CrashOptions {
  readonly seed: number;
  readonly kills: number;
  /** Tickets under way at once. */
  readonly underWay: number;
  /** Times are judged by the full run; the short one, among neighbours, only says when one is five times over. */
  readonly slack: number;
  readonly database: FreshDatabase;
  readonly redisUrl: string | null;
  /** How DingTalk calls the service. */
  readonly transport: Transport;
  /** Empty, for this run alone. */
  readonly folder: string;
}

export interface CrashReport {
  readonly verdicts: readonly Verdict[];
  readonly figures: string;
}

const READY_MS = 5_000;
/** Promise 8: kill -9 recovers within the lease and a second; the lease is in `due_at` already. */
const LATE_MS = 1_000;
/** Two leases, one after the other, and a whole story. */
const FINISH_MS = 120_000;
/** A lease, and what then still goes out. */
const REST_MS = 60_000;

export async function crash(options: CrashOptions): Promise<CrashReport> {
  const { folder, database, redisUrl, kills, slack, underWay, transport } = options;
  const chance = makeChance(options.seed);
  await mkdir(join(folder, 'platform'), { recursive: true });
  const platform = await startPlatform(join(folder, 'platform'), transport);
  const service = await makeService({ folder, workspaces: platform.workspaces, databaseUrl: database.url, redisUrl });
  try {
    service.start();
    await service.stands();
    await platform.callBack(service.url);
    const { load, ledger } = startPlay(platform, options.seed, underWay);
    const weather = transport === 'stream' ? startWeather(platform, makeChance(options.seed + 3)) : null;
    const starts = await killOften(service, platform.mirror, kills, chance);
    const db = await database.open();
    const watch = watchOutbox(db);
    await load.finish(FINISH_MS);
    const storms = (await weather?.end()) ?? null;
    const rest = await watch.end(REST_MS);
    const code = await service.end();
    await platform.end();

    const { told, verdicts } = await judgeTickets(db, load.plans);
    const look = await makeLook(db);
    const [wecom, dingtalk] = [readWecom(platform.folder), readDingtalk(platform.folder)];
    const lost = await lostAnswers(db);
    const all = [
      judgeActs(ledger.acts, told, await accounts(db)),
      ...verdicts,
      ...(await judgeOutbox(db, { wecom, dingtalk, transport, crashes: kills })),
      ...(await judgeWecomCards(db, wecom, look)),
      ...(await judgeDingtalkCards(db, dingtalk, look)),
      await judgeTodos(db, dingtalk, look),
      ...itself({ starts, rest, code, stuck: load.stuck, errors: service.errors(), slack, begun: load.begun() }),
    ];
    await db.close();
    const { acknowledged, repeated, unheard } = ledger.callbacks;
    return {
      verdicts: all,
      figures: `DingTalk over ${transport}, ${kills} kills, ${storms === null ? '' : `${storms} connections disturbed, `}${load.begun()} tickets, ${acknowledged} callbacks acknowledged (${repeated} sent again, ${unheard} unheard and done again by people), ${lost} answers of the platforms lost, ready again ${starts.map(seconds).join(' ')} s (p95 ${seconds(p95(starts))} s), taken up after ${rest.latestMs} ms at most, a new row after ${rest.backlogMs} ms`,
    };
  } finally {
    await service.kill();
    await platform.end();
    await writeFile(join(folder, 'service.log'), service.log());
  }
}

/** People at work on both platforms. */
function startPlay(platform: Platform, seed: number, underWay: number) {
  const ledger = makeLedger();
  const cast = makeCast(platform.people);
  const chance = makeChance(seed + 1);
  const hands = makeHands({ platform, cast, ledger, chance: makeChance(seed + 2) });
  const stage = { hands, ways: makeWays(cast, { hands, chance }), cast, ledger, chance, turn: makeTurns() };
  return { load: startLoad(stage, underWay), ledger };
}

/** As long as people are at work, Stream connections break, or are told to move on. */
function startWeather(platform: Platform, chance: Chance): { end(): Promise<number> } {
  let hit = 0;
  let over = false;
  const storm = async () => {
    while (!over) {
      await sleep(chance.between(500, 4_000));
      hit += await platform.disturb(chance.yes(0.5) ? 'cut' : 'disconnect');
    }
    return hit;
  };
  const storming = storm();
  // Told by `end`.
  storming.catch(() => undefined);
  return {
    end: () => {
      over = true;
      return storming;
    },
  };
}

/** @returns how long each start after a kill took, ms; a start that was killed itself is not counted */
async function killOften(service: Service, mirror: Mirror, kills: number, chance: Chance): Promise<number[]> {
  const starts: number[] = [];
  await sleep(2_000);
  for (let n = 0; n < kills; n += 1) {
    // One in three dies when the platform has just done what it was asked, and one while it is being told something.
    if (n % 3 === 1) await Promise.race([mirror.next('app'), sleep(3_000)]);
    if (n % 3 === 2) await Promise.race([mirror.next('me'), sleep(3_000)]).then(() => sleep(chance.between(0, 30)));
    await service.kill();
    await sleep(chance.between(0, 300));
    service.start();
    // One in five dies before it stands.
    if (n + 1 < kills && chance.yes(0.2)) {
      await sleep(chance.between(50, 1_500));
      continue;
    }
    starts.push(await service.ready());
    if (n + 1 < kills) await sleep(chance.between(200, 4_000));
  }
  return starts;
}

interface Itself {
  readonly starts: readonly number[];
  readonly rest: Rest;
  readonly code: number | null;
  readonly stuck: readonly string[];
  readonly errors: readonly string[];
  readonly slack: number;
  readonly begun: number;
}

function itself({ starts, rest, code, stuck, errors, slack, begun }: Itself): Verdict[] {
  const slow = p95(starts);
  const when = (is: boolean, text: string): string[] => (is ? [text] : []);
  return [
    { id: 'R1', what: 'every story could be played to its end', looked: begun, wrong: stuck },
    {
      id: 'R1',
      what: `ready again within ${seconds(READY_MS)} s (p95)`,
      looked: starts.length,
      wrong: when(slow > READY_MS * slack, `p95 is ${seconds(slow)} s`),
    },
    { id: 'R1', what: 'the outbox comes to rest', looked: 1, wrong: when(!rest.rested, 'rows still wait') },
    {
      id: 'R1',
      what: 'what a dead process held is taken up within its lease and a second, or a second after what a new row waits',
      looked: 1,
      wrong: when(
        rest.latestMs > Math.max(LATE_MS * slack, rest.backlogMs + LATE_MS),
        `a row lay there for ${rest.latestMs} ms`,
      ),
    },
    { id: 'R1', what: 'SIGTERM ends it with code 0', looked: 1, wrong: when(code !== 0, `it ended with ${code}`) },
    { id: 'R1', what: 'no life of it logged an error', looked: starts.length, wrong: errors },
  ];
}

async function accounts(db: Awaited<ReturnType<FreshDatabase['open']>>): Promise<AccountsOf> {
  const sql = 'SELECT person_id, account FROM identity';
  const rows = await db.read((reader) => reader.rows<{ person_id: number; account: string }>(sql));
  return (id) => rows.filter((row) => row.person_id === id).map(({ account }) => account.toLowerCase());
}

/** Sendings and updates of which the second attempt heard that the first had arrived. */
async function lostAnswers(db: Awaited<ReturnType<FreshDatabase['open']>>): Promise<number> {
  const sql = "SELECT COUNT(*) AS n FROM delivery_try WHERE result IN ('arrived', 'code_gone')";
  return (await db.read((reader) => reader.one<{ n: number }>(sql)))?.n ?? 0;
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

function p95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] ?? 0;
}
