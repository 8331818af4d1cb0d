/** What a task's card would offer as a button and has no room for, neither there nor in its menu: 更多 leads to it. */
import { type Act, ACT_NAMES } from '../flow/acts.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { BUTTONS, offersFor } from './offers.ts';
import { menuOf } from './ticketCard.ts';
import { actWords } from './words.ts';

/** @param acts  that whoever has the task in hand may do */
export function movedOff(kind: TaskKind, acts: readonly Act[], hasForm: boolean): readonly Words[] {
  const offers = offersFor({ kind, acceptedAt: 0 }).flatMap(([act]) => {
    if (act === 'fill') return hasForm ? [act] : [];
    return act !== 'open' && acts.includes(act) ? [act] : [];
  });
  const shown = offers.slice(0, BUTTONS);
  const rest = ACT_NAMES.filter((act) => acts.includes(act) && !shown.includes(act));
  const items = rest.map((act) => ({ act, kind, key: act }));
  const inMenu = menuOf(items, 'en').menu.map(({ key }) => key);
  return offers.slice(BUTTONS).flatMap((act) => (act === 'fill' || inMenu.includes(act) ? [] : [actWords(act, kind)]));
}
