/** 再次提交 in a chat: the form of a ticket that is over opens filled in. */
import { formAgain } from '../ticket/again.ts';
import { loadForChange } from '../ticket/ticketStore.ts';
import { startAgain } from './filing.ts';
import type { Said, Talk } from './talk.ts';

/** @throws Refused when it can't be filed again, or not by this person */
export async function fileAgain(talk: Talk, ticketId: number): Promise<Said> {
  const { tx, event, capabilities, person } = talk;
  // Pressed twice at once, the second press waits here and finds the form open.
  await loadForChange(tx, ticketId);
  const said = await startAgain(talk, await formAgain(tx, talk, person.id, ticketId));
  // Where a click has no number of its own, the same button pressed after the form was cancelled opens it once more.
  return { ...said, looked: event.what.type === 'click' && !capabilities.clicksAgain };
}
