/**
 * What a WeCom app card may hold. Texts in characters (suggested there, hard here: how the clients cut is not written
 * down), keys and ids in UTF-8 bytes, lists in items. Source: reference/wecom/card-limits.json, `app`.
 */
export const LIMITS = {
  sourceDesc: 20,
  mainTitle: 36,
  mainDesc: 44,
  emphasisTitle: 14,
  subTitle: 160,
  facts: 6,
  factLabel: 5,
  factValue: 30,
  menuItems: 3,
  buttons: 6,
  buttonText: 10,
  selects: 3,
  options: 10,
  optionText: 16,
  optionIdBytes: 128,
  keyBytes: 1024,
} as const;

/** Not given for apps; the first two are the robot page's, which draws the same boxes. */
export const UNWRITTEN = { selectTitle: 13, menuText: 10, quoteTitle: 26, quoteText: 160, replaceText: 20 } as const;

export const TASK_ID = /^[0-9A-Za-z_\-@]{1,128}$/;
