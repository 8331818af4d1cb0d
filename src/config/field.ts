/** The kinds of value that a setting can have: each reads a text, and says in words what it expects. */
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Words } from '../lib/locale.ts';

/** `params` of a zod issue of ours. */
export interface Expected {
  readonly expected: Words;
}

/** @param read undefined: not acceptable. `null` comes for a key that is absent or empty. */
export function field<T>(zh: string, en: string, read: (text: string | null) => T | undefined) {
  const expected: Expected = { expected: { zh, en } };
  return z
    .any()
    .default(null)
    .transform((given: unknown, context): T => {
      const fits = given === undefined || given === null || typeof given === 'string';
      const value = fits ? read(given ?? null) : undefined;
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', params: { ...expected } });
      return z.NEVER;
    });
}
type Field<T> = ReturnType<typeof field<T>>;

/** A field that may be left out. */
export const optional = <T, D>(of: Field<T>, otherwise: D) =>
  z
    .any()
    .default(null)
    .transform((given: unknown, context): T | D => {
      if (given === undefined || given === null || given === '') return otherwise;
      const read = of.safeParse(given);
      if (read.success) return read.data;
      for (const issue of read.error.issues) context.addIssue({ code: 'custom', params: { ...paramsOf(issue) } });
      return z.NEVER;
    });

export const paramsOf = (issue: object): Partial<Expected> => ('params' in issue ? (issue.params as Expected) : {});

export const text = (zh = '文字', en = 'text') => field(zh, en, (given) => given || undefined);

export const matching = (pattern: RegExp, zh: string, en: string) =>
  field(zh, en, (given) => (given !== null && pattern.test(given) ? given : undefined));

/** As `matching`; what has `://` must also be a whole URL, since later errors about it would show its password. */
export const serverAddress = (pattern: RegExp, zh: string, en: string) =>
  field(zh, en, (given) => {
    const fits = given !== null && pattern.test(given) && (!given.includes('://') || URL.canParse(given));
    return fits ? given : undefined;
  });

export const wholeNumber = (least: number, most: number) =>
  field(`${least} 到 ${most} 的整数`, `a whole number from ${least} to ${most}`, (given) => {
    const number = given !== null && /^\d{1,15}$/.test(given) ? Number(given) : NaN;
    return number >= least && number <= most ? number : undefined;
  });

/** `Infinity` for `unlimited`. */
export const countOrUnlimited = field(
  '正整数，或 unlimited（不限）',
  'a whole number above 0, or unlimited',
  (given) => {
    if (given === 'unlimited') return Infinity;
    return given !== null && /^[1-9]\d{0,11}$/.test(given) ? Number(given) : undefined;
  },
);

export const choice = <const T extends string>(of: readonly [T, ...T[]]) =>
  field(of.join(' 或 '), of.join(' or '), (given): T | undefined => of.find((one) => one === given));

export const yesNo = field('true 或 false', 'true or false', (given) =>
  given === 'true' ? true : given === 'false' ? false : undefined,
);

/** Without a slash at its end. */
export const webAddress = field(
  '网址，如 https://paidan.example.com',
  'a web address such as https://paidan.example.com',
  (given) => {
    const url = given !== null && URL.canParse(given) ? new URL(given) : null;
    const plain = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username;
    return plain && given ? given.replace(/\/+$/, '') : undefined;
  },
);

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds; null: for ever. */
export const keeping = field(
  'forever，或时长，如 72h、90d',
  'forever, or a length of time such as 72h or 90d',
  (given) => (given === 'forever' ? null : milliseconds(given)),
);
export const lengthOfTime = (least: string, most: string) =>
  field(`${least} 到 ${most} 的时长`, `a length of time from ${least} to ${most}`, (given) => {
    const ms = milliseconds(given);
    return ms !== undefined && ms >= (milliseconds(least) ?? 0) && ms <= (milliseconds(most) ?? 0) ? ms : undefined;
  });

function milliseconds(given: string | null): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,5})([smhd])$/.exec(given ?? '') ?? [];
  const unitMs = UNIT_MS[unit];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}

export const timeZone = field('时区，如 Asia/Shanghai', 'a time zone such as Asia/Shanghai', (given) => {
  try {
    return given ? new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone : undefined;
  } catch {
    return undefined;
  }
});

/** `10.0.0.1` or `10.0.0.0/8`, also IPv6. */
export const addressRange = field(
  'IP 地址或网段，如 10.0.0.0/8',
  'an IP address or range such as 10.0.0.0/8',
  (given) => {
    const [address = '', bits, ...rest] = (given ?? '').split('/');
    const version = isIP(address);
    const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
    return version > 0 && fits && rest.length === 0 && given ? given : undefined;
  },
);

export const hostName = matching(
  /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i,
  '主机名，如 hooks.example.com 或 hooks.example.com:8443',
  'a host such as hooks.example.com or hooks.example.com:8443',
);

/** A YAML list; in an environment variable, separated by commas. */
export const listOf = <T>(of: Field<T>) =>
  z.preprocess(
    (given) =>
      typeof given === 'string'
        ? given
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
        : (given ?? []),
    z.array(of),
  );

/** A group with exactly these keys. The error's message carries the keys, for "did you mean". */
export const group = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });
