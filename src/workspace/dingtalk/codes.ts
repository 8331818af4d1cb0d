/**
 * DingTalk's error codes by what to do about them: words of the new API, numbers of the old one. Texts change, codes don't.
 * @source reference/dingtalk/error-catalogue.json; dingtalk.md, 1.1, 5.3, 6.3, 7.3 and 10.2
 */
export type CodeClass =
  /** The same call works a little later. */
  | 'busy'
  /** Too many calls: works again after a wait. */
  | 'throttle'
  /** The month's volume is used up. */
  | 'quota'
  /** The access token is not accepted (any more). */
  | 'token'
  /** Somebody has to change a setting, there or here; until then no call works. */
  | 'config'
  /** This person can't be reached by the robot; perhaps by other means. */
  | 'unreachable'
  /** The platform itself does not know what became of it. */
  | 'unsure'
  /** An earlier attempt under the same key arrived. */
  | 'arrived'
  /** The platform will never take this content or this call. */
  | 'never';

const SECOND = 1000;
const MINUTE = 60_000;

const WAITS: Readonly<Record<string, number>> = {
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': SECOND,
  'Forbidden.AccessDenied.QpsLimitForApi': SECOND,
  'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi': MINUTE,
  'qps.exceed.limit': SECOND,
  'request.overlimit': SECOND,
  'send.too.fast': 5 * SECOND,
  'send.byToken.tooFast': 5 * SECOND,
  'too.many.group': MINUTE,
  'too.many.people': MINUTE,
  'todo.taskCreate.flowControlError': MINUTE,
  'todo.taskCreate.lockError': SECOND,
  'HTTP 429': 5 * SECOND,
  90018: SECOND,
  90002: SECOND,
  // More than 20 a minute from one robot: nothing for ten minutes.
  410100: 10 * MINUTE,
  130101: 10 * MINUTE,
};
/** Buckets of the organisation and the app. */
const isBucket = (code: string): boolean => /^900(0[3-9]|1[0-4])$/.test(code);

const CODES: Readonly<Record<Exclude<CodeClass, 'never' | 'throttle'>, readonly string[]>> = {
  busy: ['system.busy', 'systemBusy', 'system.error', '-1', '6000', 'HTTP 503', 'HTTP 408'],
  quota: ['Forbidden.AccessDenied.ApiCountLimitForOrg', '90020'],
  token: ['InvalidAuthentication', 'HTTP 401', '40014', '42001', '40001'],
  config: [
    ...['invalidClientIdOrSecret', 'authFailed', 'Forbidden.AccessDenied.IpNotInWhiteList'],
    ...['bot.stopped', '60020', '40089'],
  ],
  unreachable: ['robot.oto.notExist', 'chatbotId.notAllow.sendOTO', 'staffId.notExisted'],
  unsure: ['unknown.send.result'],
  arrived: ['param.cardAlreadyExist'],
};

const CLASS_OF = new Map<string, CodeClass>(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as CodeClass] as const)),
);

/** Codes that are in no table are for good: the platform understood and said no. */
export function classOf(code: string): CodeClass {
  if (code in WAITS || isBucket(code)) return 'throttle';
  return CLASS_OF.get(code) ?? (/\.(systemError|system\.error)$/.test(code) ? 'busy' : 'never');
}

/** How long a throttled call should wait, ms. */
export const waitOf = (code: string): number => WAITS[code] ?? MINUTE;
