/** Machines are shared and noisy: the two sides take turns, and medians are compared. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/** Every side once a round; who begins changes from round to round. */
export async function inTurn<S extends string, T>(
  rounds: number,
  sides: Readonly<Record<S, () => Promise<T>>>,
): Promise<Record<S, T[]>> {
  const names = Object.keys(sides) as S[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<S, T[]>;
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) results[name].push(await sides[name]());
  return results;
}
