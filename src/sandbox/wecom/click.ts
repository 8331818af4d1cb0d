/** A person's hand on a card: what can be clicked, with which answers. Refuses what the real client would not offer. */
import type { CardBody, CardQuestion, ClickBody } from '../client.ts';
import type { Put } from '../journal.ts';
import { hasMenu } from './cards.ts';
import type { Corp } from './corp.ts';
import type { Events, Selected } from './events.ts';
import type { Callback, Stored, Tables } from './rows.ts';

/** @returns the callback that the click raises, its code already kept; or why there is nothing to click */
export function click(corp: Corp, events: Events, userid: string, act: ClickBody): Callback | string {
  const stored = corp.rows.get('message', act.messageId);
  if (!stored || stored.message.userid.toLowerCase() !== userid.toLowerCase())
    return 'This person has no such message.';
  const { card, replaced } = stored.message;
  if (stored.message.kind !== 'template_card' || !card) return 'This message is not a card.';
  const fromMenu = hasMenu(card) && card.action_menu?.action_list.some((entry) => entry.key === act.key) === true;
  if (!fromMenu) {
    const problem = whyNotClickable(card, act.key, replaced);
    if (problem) return problem;
  }
  const selected = fromMenu ? null : answers(card, act.selected ?? {});
  if (typeof selected === 'string') return selected;
  const responseCode = corp.ids.text(64);
  corp.rows.commit(codeOf(corp, stored, responseCode));
  const xml = events.click({
    userid: stored.message.userid,
    key: act.key,
    taskId: card.task_id ?? '',
    cardType: card.card_type ?? '',
    responseCode,
    selected,
    fromMenu,
  });
  const event = fromMenu ? 'template_card_menu_event' : 'template_card_event';
  return { xml, userid: stored.message.userid, event, messageId: act.messageId, code: responseCode };
}

function whyNotClickable(card: CardBody, key: string, replaced: string | undefined): string | null {
  const button = card.button_list?.find((one) => one.key === key && (one.type ?? 0) === 0);
  const submits = card.submit_button?.key === key;
  if (!button && !submits) return `The card has no button "${key}" that calls the app.`;
  return replaced === undefined ? null : `The buttons were replaced by "${replaced}".`;
}

/** The answers of every question on the card, filled up with what the client shows as chosen. null: the card asks nothing. */
function answers(card: CardBody, given: Selected): Selected | null | string {
  const all: Record<string, readonly string[]> = {};
  for (const question of [card.button_selection, ...(card.select_list ?? [])]) {
    if (!question) continue;
    const chosen = dropdownAnswer(question, given[question.question_key]);
    if (typeof chosen === 'string') return chosen;
    all[question.question_key] = chosen;
  }
  const { checkbox } = card;
  if (checkbox) {
    const shown = checkbox.option_list.filter((option) => option.is_checked).map((option) => option.id);
    const chosen = (!checkbox.disable && given[checkbox.question_key]) || shown;
    const unknown = chosen.find((id) => !checkbox.option_list.some((option) => option.id === id));
    if (unknown !== undefined) return `"${checkbox.question_key}" has no option "${unknown}".`;
    if ((checkbox.mode ?? 0) === 0 && chosen.length > 1) return `"${checkbox.question_key}" takes one answer.`;
    all[checkbox.question_key] = chosen;
  }
  const stranger = Object.keys(given).find((key) => !(key in all));
  if (stranger !== undefined) return `The card does not ask "${stranger}".`;
  return Object.keys(all).length === 0 ? null : all;
}

function dropdownAnswer(question: CardQuestion, given: readonly string[] | undefined): readonly string[] | string {
  const ids = question.option_list.map((option) => option.id);
  const shown = ids.find((id) => id === question.selected_id) ?? ids[0] ?? '';
  const chosen = (!question.disable && given?.[0]) || shown;
  if ((given?.length ?? 0) > 1) return `"${question.question_key}" takes one answer.`;
  return ids.includes(chosen) ? [chosen] : `"${question.question_key}" has no option "${chosen}".`;
}

const codeOf = (corp: Corp, stored: Stored, code: string): Put<Tables> => [
  'code',
  code,
  { msgid: stored.msgid ?? '', at: corp.now(), agentId: corp.account.agentId, used: false },
];
