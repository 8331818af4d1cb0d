/** Where DingTalk's real behaviour is unknown or depends on the corp, it can be switched: `PUT /sandbox/api/dingtalk/settings`. */
export interface DingtalkSettings {
  /** Scopes that were not granted to the app, as `Card.Instance.Write`. */
  readonly missingScopes: readonly string[];
  /** Calls per second of one API (by real time, whatever the virtual clock says); 0: no limit. Source: dingtalk.md, 10.2. */
  readonly callsPerSecond: number;
  /** What the month holds is held against the app. Counted it is always. Source: dingtalk.md, 10.1. */
  readonly enforceQuota: boolean;
  readonly monthlyCalls: number;
  readonly monthlyPushes: number;
  /** `sendBySession`; 0: over at once. Source: dingtalk.md, 3.1 (samples say 90 minutes, one report 30 seconds). */
  readonly sessionLifeMs: number;
  /** userids whose messages come without `senderStaffId`, as from outside the organisation. */
  readonly withoutStaffId: readonly string[];
  /** A card's action is called `value` in the callback, with `params` beside `cardPrivateData`. Source: dingtalk.md, 6.6. */
  readonly cardValueVariant: boolean;
  /** The same outTrackId again: an error, or a success without effect. Source: dingtalk.md, 6.3. */
  readonly duplicateCard: 'refuse' | 'accept';
  /** A callback route again, without forceUpdate: what is stored, or an error. Source: dingtalk.md, 6.5. */
  readonly routeAgain: 'stored' | 'refuse';
  /** A variable over 1 KB is refused. Source: dingtalk.md, 6.3 (enforcement unknown). */
  readonly strictValues: boolean;
  /** Further card templates that exist. */
  readonly templates: readonly string[];
  /** Spaces (userids, group ids) in which cards cannot be delivered: inside a success. */
  readonly failingSpaces: readonly string[];
  /** userids whose robot messages are held back. */
  readonly flowControlled: readonly string[];
  /** Groups that are no more. */
  readonly disbanded: readonly string[];
  /** Work notifications per person and day; what is above is dropped without an error. */
  readonly notificationsPerDay: number;
  /** How long a file of a message can be had, by its code and by its address. (assumed) */
  readonly downloadCodeMs: number;
  readonly downloadUrlMs: number;
  /** Hosts that sign-in may return to, beside this machine's and the callbacks'. */
  readonly trustedHosts: readonly string[];
}

export const DEFAULT_SETTINGS: DingtalkSettings = {
  missingScopes: [],
  callsPerSecond: 20,
  enforceQuota: false,
  monthlyCalls: 5000,
  monthlyPushes: 3000,
  sessionLifeMs: 5_400_000,
  withoutStaffId: [],
  cardValueVariant: false,
  duplicateCard: 'refuse',
  routeAgain: 'stored',
  strictValues: false,
  templates: [],
  failingSpaces: [],
  flowControlled: [],
  disbanded: [],
  notificationsPerDay: 500,
  downloadCodeMs: 86_400_000,
  downloadUrlMs: 3_600_000,
  trustedHosts: [],
};
