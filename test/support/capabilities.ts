/** Two kinds of platforms that the core must serve alike. */
import type { Capabilities } from '../../src/workspace/port.ts';

/** Cards know dropdowns only, and are changed by single-use codes. */
export const BY_CODE: Capabilities = {
  update: 'by_code',
  answerSpendsCode: true,
  inputs: { kinds: ['choice'], count: 3, options: 10 },
  todos: false,
  groups: false,
  tellsEntering: true,
  clicksAgain: true,
  again: { card: 'resend', update: 'resend', text: 'resend', group_text: 'never_resend', todo: 'never_resend' },
  quota: null,
  perPersonPerMinute: 30,
};

/** Cards hold whole forms and are changed at any time; there are to-dos and groups; a lost click stays lost. */
export const FREELY: Capabilities = {
  update: 'free',
  answerSpendsCode: false,
  inputs: {
    kinds: ['choice', 'choices', 'text', 'longtext', 'number', 'date', 'datetime'],
    count: 40,
    options: 100,
  },
  todos: true,
  groups: true,
  tellsEntering: false,
  clicksAgain: false,
  again: { card: 'resend', update: 'resend', text: 'resend', group_text: 'never_resend', todo: 'ask_status_first' },
  quota: { calls: 5000, pushes: 3000 },
  perPersonPerMinute: 30,
};
