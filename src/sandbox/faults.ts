/** Ways in which the platform can be told to fail, and what it was asked: for tests, and to rehearse a bad day. */

/** Fails the next `times` calls of `path` in one of these ways; `delayMs` may come with any of them. */
export interface Fault {
  /** As `message/send`, or `*` for every call. At DingTalk as `v1.0/card/instances`, or with the method: `PUT v1.0/card/instances`. */
  readonly path: string;
  /** How many calls it still hits, at least 1. */
  readonly times: number;
  readonly delayMs?: number;
  /** The platform's own error, in HTTP 200. */
  readonly errcode?: number;
  /** The error of DingTalk's new API, as `system.busy`, with `http` (400) as its status. */
  readonly code?: string;
  /** A bare HTTP status, as a gateway gives it. */
  readonly http?: number;
  /** Cuts the connection before anything is done. */
  readonly reset?: boolean;
  /** Does what was asked, then cuts the connection. */
  readonly loseReply?: boolean;
  /** Answers HTTP 200 with half a JSON. */
  readonly garbage?: boolean;
}

export interface Faults {
  add(fault: Fault): void;
  list(): readonly Fault[];
  clear(): void;
  /** The fault that hits this call, counted down. @param names  the path, and other ways to say it */
  take(...names: string[]): Fault | undefined;
}

export function makeFaults(): Faults {
  let rules: Fault[] = [];
  return {
    add: (fault) => void rules.push(fault),
    list: () => rules,
    clear: () => void (rules = []),
    take(...names) {
      const index = rules.findIndex((rule) => rule.path === '*' || names.includes(rule.path));
      const hit = rules[index];
      if (!hit) return undefined;
      if (hit.times > 1) rules[index] = { ...hit, times: hit.times - 1 };
      else rules.splice(index, 1);
      return hit;
    },
  };
}

const TYPES = {
  path: 'string',
  times: 'number',
  delayMs: 'number',
  errcode: 'number',
  code: 'string',
  http: 'number',
  reset: 'boolean',
  loseReply: 'boolean',
  garbage: 'boolean',
} as const;

/** @returns what is wrong with it, as text */
export function readFault(body: Record<string, unknown>): Fault | string {
  for (const [name, value] of Object.entries(body)) {
    const type = TYPES[name as keyof typeof TYPES] as string | undefined;
    if (type === undefined) return `A fault has no "${name}". It may have: ${Object.keys(TYPES).join(', ')}.`;
    if (typeof value !== type) return `"${name}" must be a ${type}.`;
  }
  if (typeof body['path'] !== 'string') return 'Say which calls: "path", as message/send, or *.';
  const times = body['times'] ?? 1;
  if (typeof times !== 'number' || !Number.isInteger(times) || times < 1)
    return '"times" must be a whole number above 0.';
  return { ...body, path: body['path'].replace(/^\/?(cgi-bin\/)?/, ''), times };
}

/** One call of the platform's API. */
interface Call {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** 0: done. DingTalk's new API says why not in a word. */
  readonly errcode: number | string;
  readonly ms: number;
  /** JSON bodies only. */
  readonly body?: unknown;
}

export interface Calls {
  add(call: Call): void;
  /** Counts of all calls since the last reset, and the last thousand of them. */
  report(): { counts: Record<string, number>; errors: Record<string, number>; calls: readonly Call[] };
  reset(): void;
}

const KEPT = 1000;

export function makeCalls(): Calls {
  let calls: Call[] = [];
  let counts: Record<string, number> = {};
  let errors: Record<string, number> = {};
  return {
    add(call) {
      calls.push(call);
      if (calls.length > 2 * KEPT) calls = calls.slice(-KEPT);
      counts[call.path] = (counts[call.path] ?? 0) + 1;
      if (call.errcode !== 0) errors[call.errcode] = (errors[call.errcode] ?? 0) + 1;
    },
    report: () => ({ counts, errors, calls: calls.slice(-KEPT) }),
    reset() {
      [calls, counts, errors] = [[], {}, {}];
    },
  };
}
