/** 再次提交 by its word: the ticket that is named, the one last talked of, or the newest that did not go through. */
import { askText } from '../card/askText.ts';
import { isRequester } from '../flow/guard.ts';
import { isOver } from '../flow/ticket.ts';
import { Refused, refuse } from '../lib/refusal.ts';
import { idOfNumber, newestInVain } from '../ticket/lists.ts';
import { seen } from './acting.ts';
import { numberApart } from './actWords.ts';
import { fileAgain } from './again.ts';
import { formStillOpen, openDraft } from './filing.ts';
import { say, type Said, type Talk } from './talk.ts';

const WORD = /^(再次提交|再提一次|(submit|file) (it )?again)[\s,，。.!！]*$/i;

/** @returns the number that is named; null when the text says something else */
export function againIn(text: string): { readonly number: string | null } | null {
  const apart = numberApart(text);
  return apart && WORD.test(apart.rest) ? { number: apart.number } : null;
}

export async function againByWord(talk: Talk, number: string | null): Promise<Said> {
  if (number !== null) return fileAgain(talk, (await idOfNumber(talk.tx, number)) ?? notThere());
  // Whoever means the form that is open must not lose it to another one.
  const draft = await openDraft(talk);
  if (draft) return formStillOpen(talk, draft);
  const id = await meant(talk);
  return id === null ? say(talk, [askText.nothingAgain]) : fileAgain(talk, id);
}

function notThere(): never {
  throw new Refused(refuse('ticket_not_found'));
}

async function meant(talk: Talk): Promise<number | null> {
  const { tx, person, conversation } = talk;
  const last = conversation.lastTicketId;
  const ticket = last === null ? null : ((await seen(talk, last).catch(() => null))?.ticket ?? null);
  const mine = ticket && isRequester(ticket, person.id) ? ticket : null;
  if (mine && isOver(mine.status)) return mine.id;
  return (await newestInVain(tx, person.id)) ?? mine?.id ?? null;
}
