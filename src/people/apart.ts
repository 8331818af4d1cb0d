/** Accounts that an admin took apart: no sync makes them one person again, only an admin does. */
import type { Reader, Tx } from '../store/database.ts';
import { currentSettings, saveSetting } from './setting.ts';

/** Identity ids, which last as long as the account's owner; the smaller one first. */
type Pair = readonly [number, number];

const NAME = 'identities';
const pairOf = (a: number, b: number): Pair => (a < b ? [a, b] : [b, a]);
const pairsOf = (some: readonly number[], others: readonly number[]): Pair[] =>
  some.flatMap((a) => others.map((b) => pairOf(a, b)));

async function apartIn(reader: Reader): Promise<readonly Pair[]> {
  const [setting] = await currentSettings(reader, 'apart');
  return setting ? (setting.body as { pairs: Pair[] }).pairs : [];
}

/** @returns whether an admin took any of `some` apart from any of `others` */
export async function readApart(
  reader: Reader,
): Promise<(some: readonly number[], others: readonly number[]) => boolean> {
  const kept = new Set((await apartIn(reader)).map(String));
  return (some, others) => kept.size > 0 && pairsOf(some, others).some((pair) => kept.has(String(pair)));
}

/** The caller holds the directory's lock. */
export async function keepApart(tx: Tx, identity: number, others: readonly number[]): Promise<void> {
  const pairs = await apartIn(tx);
  const known = new Set(pairs.map(String));
  const added = pairsOf([identity], others).filter((pair) => !known.has(String(pair)));
  await saveSetting(tx, 'apart', NAME, { pairs: [...pairs, ...added] });
}

/** They are one person again. The caller holds the directory's lock. */
export async function forgetApart(tx: Tx, some: readonly number[], others: readonly number[]): Promise<void> {
  const pairs = await apartIn(tx);
  const gone = new Set(pairsOf(some, others).map(String));
  const left = pairs.filter((pair) => !gone.has(String(pair)));
  if (left.length < pairs.length) await saveSetting(tx, 'apart', NAME, { pairs: left });
}
