/** Durations as written: working time, the clock's time, or working days. */
export interface Duration {
  readonly kind: 'working' | 'wall' | 'workdays';
  /** Minutes, or days for `workdays`. */
  readonly amount: number;
  /** For putting durations in order only: a working day counts as eight hours. */
  readonly roughMinutes: number;
}

/** @returns null for anything else than `4h`, `90m`, `1h30m`, `4h wall`, `7d wall`, `3 workdays` */
export function durationOf(text: string): Duration | null {
  const [, days] = /^(\d+)\s+workdays?$/.exec(text) ?? [];
  if (days !== undefined) return { kind: 'workdays', amount: Number(days), roughMinutes: Number(days) * 480 };
  const [, wallDays] = /^(\d+)d\s+wall$/.exec(text) ?? [];
  if (wallDays !== undefined)
    return { kind: 'wall', amount: Number(wallDays) * 1440, roughMinutes: Number(wallDays) * 480 };
  const [whole, hours = '0', minutes = '0', wall] = /^(?=\d)(?:(\d+)h)?\s*(?:(\d+)m)?(\s+wall)?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const amount = Number(hours) * 60 + Number(minutes);
  return { kind: wall === undefined ? 'working' : 'wall', amount, roughMinutes: amount };
}
