/** What DingTalk can, with a card template and without one. */
import type { Capabilities, Quota } from '../port.ts';

/** The standard edition since 2025-11. Source: reference/dingtalk.md, 10.1 */
const STANDARD: Quota = { calls: 5000, pushes: 3000 };

const KINDS = ['choice', 'choices', 'text', 'longtext', 'number', 'date', 'datetime'];

export function capabilitiesOf(hasTemplate: boolean, quota: Quota | null = STANDARD): Capabilities {
  return {
    update: hasTemplate ? 'free' : 'never',
    answerSpendsCode: false,
    inputs: hasTemplate ? { kinds: KINDS, count: 40, options: 100 } : { kinds: [], count: 0, options: 0 },
    todos: true,
    groups: true,
    tellsEntering: false,
    // A click whose answer was lost shows a toast to whoever clicked, and that was all.
    clicksAgain: false,
    again: {
      // The same outTrackId is refused, or taken without effect: either way there is one card. Without a template a card is a
      // message without a key: then, as for texts, twice is better than never.
      card: 'resend',
      // Brings the whole look by key, so once more changes nothing.
      update: 'resend',
      // batchSend has no key: what was lost may have arrived. To be told twice is a nuisance, a question that nobody got
      // stops a ticket.
      text: 'resend',
      // Twice in front of a whole group is worse than once less: the group's card tells it, too.
      group_text: 'never_resend',
      // sourceId is unique, and a to-do that is there can be asked for; a second one would be a task too many.
      todo: 'ask_status_first',
    },
    quota,
    // Not published per person; the robot is throttled as a whole (`send.too.fast`).
    perPersonPerMinute: 20,
  };
}
