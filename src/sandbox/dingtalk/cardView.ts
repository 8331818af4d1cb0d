/** A card as one person sees it, and what may be pressed on it. Source: reference/dingtalk.md, 6.1 and 6.7. */
import type { InteractiveCard } from '../client.ts';
import type { DingtalkCorp } from './corp.ts';
import type { CardInstance, Params, Stored } from './rows.ts';

/** Public, then what a callback's answer showed this person alone, then private: the later goes over the earlier. */
export const dataFor = (card: CardInstance, userid: string): Params => ({
  ...card.data,
  ...card.answered[userid],
  ...card.privately[userid],
});

/** A request button or a form is shown, and the card is not over. Variables: templates/dingtalk/README.md. */
export const isPressable = (data: Params): boolean =>
  !data['over'] &&
  (!!data['form'] || Object.entries(data).some(([name, value]) => /^[bm]\d_key$/.test(name) && value !== ''));

export function viewOf(outTrackId: string, card: CardInstance, userid: string, toast?: string) {
  const data = dataFor(card, userid);
  const interactive: InteractiveCard = {
    outTrackId,
    templateId: card.templateId,
    data,
    ...(toast === undefined ? {} : { toast }),
  };
  return { interactive, text: card.summary ?? data['title'] ?? '', clickable: isPressable(data) };
}

/** The same copy as the card now is. @param toast what the client says of the last click */
export function redrawn(stored: Stored, outTrackId: string, card: CardInstance, toast?: string): Stored {
  const { message } = stored;
  return {
    ...stored,
    message: { ...message, ...viewOf(outTrackId, card, message.userid, toast), version: message.version + 1 },
  };
}

/** Keeps the card, and shows it to everybody who has it (or only to this person) as it now is. */
export function putCard(corp: DingtalkCorp, outTrackId: string, card: CardInstance, onlyFor?: string): void {
  const copies = corp
    .copiesOf(outTrackId)
    .filter((one) => onlyFor === undefined || one.message.userid === onlyFor)
    .map((one) => redrawn(one, outTrackId, card));
  corp.rows.commit(['card', outTrackId, card], ...copies.map((one) => ['message', one.message.id, one] as const));
}

/** @param byKey false: what is not there any more is gone */
export const merged = (old: Params | undefined, change: Params, byKey: boolean): Params =>
  byKey ? { ...old, ...change } : change;
