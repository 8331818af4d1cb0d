/**
 * WeCom's error codes by what to do about them. Success and failure both come as HTTP 200; texts change, codes don't.
 * @source reference/wecom/error-codes.json; wecom.md, 11.4
 */
export type CodeClass =
  /** Busy: the same call works a little later. */
  | 'busy'
  /** A quota or a frequency is used up until its window ends. */
  | 'window'
  /** The access token is not accepted (any more). */
  | 'token'
  /** Somebody has to change a setting there or here; until then nothing works. */
  | 'config'
  /** This person can't be reached, or not by this app. */
  | 'receiver'
  /** The platform will never take this content or this call. */
  | 'never'
  /** The update code is used, too old or unknown. */
  | 'code'
  /** The task_id was used already: an earlier attempt arrived. */
  | 'arrived';

const CODES: Readonly<Record<Exclude<CodeClass, 'never'>, readonly number[]>> = {
  busy: [-1, 6000, 45033],
  window: [45009],
  token: [40001, 40014, 42001],
  config: [
    40013, 40056, 40091, 43012, 48001, 48002, 48009, 50001, 50003, 60020, 60031, 80001, 85004, 85005, 301002, 301007,
    301055, 301056,
  ],
  receiver: [40003, 43004, 46004, 50002, 60011, 60021, 60111, 81013],
  code: [60140],
  arrived: [42014],
};

const CLASS_OF = new Map<number, CodeClass>(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as CodeClass] as const)),
);

/** Codes that are not in the table are for good: the platform understood and said no. */
export const classOf = (errcode: number): CodeClass => CLASS_OF.get(errcode) ?? 'never';
