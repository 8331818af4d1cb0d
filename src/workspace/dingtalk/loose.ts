/** What DingTalk's callbacks hold, read loosely: numbers come as text, keys with other capitals, anything may be missing. */

export type Loose = Readonly<Record<string, unknown>>;

/** An object with its keys in small letters, or the one that a JSON text holds; null for anything else. */
export function looseIn(value: unknown): Loose | null {
  const whole = typeof value === 'string' ? parsed(value) : value;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return null;
  return Object.fromEntries(Object.entries(whole).map(([name, inner]) => [name.toLowerCase(), inner as unknown]));
}

/** `''` for what is neither a text nor a number. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

/** Epoch ms; null when it is none. */
export function timeIn(value: unknown): number | null {
  const text = textIn(value);
  return /^\d{12,14}$/.test(text) ? Number(text) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
