/** Where the platform's real behaviour is unknown or depends on the corp, it can be switched: `PUT /sandbox/api/settings`. */
export interface Settings {
  /** A longer text than the documents suggest is refused instead of drawn shortened. Source: wecom.md, 5 "Hard versus soft limits". */
  readonly strictText: boolean;
  /** Unknown fields of a card are refused instead of ignored, to catch misspelt names and inputs that cards do not have. */
  readonly strictFields: boolean;
  /** A callback answered with another status than 200 is sent again. Source: wecom.md, 2.5 (the pages disagree). */
  readonly retryNon200: boolean;
  /** A passive card update also spends the click's response code. Source: wecom.md, 5.9 (not stated). */
  readonly passiveSpendsCode: boolean;
  /** `same`: gettoken repeats the token while it is valid; `fresh`: a new one each time, the old ones stay valid. */
  readonly tokens: 'same' | 'fresh';
  /** Milliseconds the app has to answer a callback. */
  readonly callbackTimeoutMs: number;
  /** Milliseconds the app has to answer the URL verification. */
  readonly verifyTimeoutMs: number;
  /** Milliseconds before each of the (three) retries. Their real spacing is unknown. */
  readonly retryDelaysMs: readonly number[];
  /** Messages per member and minute, and hour; what is above is dropped without an error. */
  readonly perMinute: number;
  readonly perHour: number;
  /** Account limit of the corp (账号上限数); × 200 person-sends a day. */
  readonly accounts: number;
  /** Calls per minute of one API; message/send is not counted. */
  readonly callsPerMinute: number;
  /** Hosts that sign-in may return to, beside the sandbox's own and the callback URL's. */
  readonly trustedHosts: readonly string[];
  /** userids without a licence: reported, not delivered to. */
  readonly unlicensed: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = {
  strictText: false,
  strictFields: false,
  retryNon200: true,
  passiveSpendsCode: false,
  tokens: 'same',
  callbackTimeoutMs: 5000,
  verifyTimeoutMs: 1000,
  retryDelaysMs: [1000, 3000, 6000],
  perMinute: 30,
  perHour: 1000,
  accounts: 1000,
  callsPerMinute: 10_000,
  trustedHosts: [],
  unlicensed: [],
};

/**
 * The settings with these changes.
 * @param defaults  which settings there are, and what each looks like
 * @returns what is wrong, as text, when a name or type does not fit
 */
export function changeSettings<T extends object>(defaults: T, old: T, change: Record<string, unknown>): T | string {
  for (const [name, value] of Object.entries(change)) {
    const like: unknown = (defaults as Record<string, unknown>)[name];
    if (like === undefined) return `There is no setting "${name}". There are: ${Object.keys(defaults).join(', ')}.`;
    if (Array.isArray(like) !== Array.isArray(value) || typeof like !== typeof value)
      return `"${name}" must look like ${JSON.stringify(like)}.`;
  }
  return { ...old, ...change };
}
