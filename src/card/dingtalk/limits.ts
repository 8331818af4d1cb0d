/**
 * What one card may hold. Bytes are DingTalk's (reference/dingtalk.md, 6.3: a value ≤ 1 KB, whether it is enforced is
 * unknown); characters and counts are what the template of templates/dingtalk has room for.
 */
export const LIMITS = {
  valueBytes: 1024,
  /** Of the variable `form`, unless configured otherwise: it carries a whole form, and is a variable of another type. */
  formBytes: 8192,
  source: 40,
  title: 80,
  subtitle: 120,
  emphasis: 40,
  body: 300,
  quoteTitle: 40,
  quoteText: 300,
  notice: 300,
  facts: 8,
  factLabel: 20,
  factValue: 100,
  buttons: 5,
  menuItems: 3,
  buttonText: 20,
  inputLabel: 60,
  optionText: 60,
  options: 100,
} as const;

/** Of a robot's message (5.1, 5.3). */
export const MESSAGE = { textBytes: 15_000, title: 60, links: 5, urlBytes: 2048 } as const;
