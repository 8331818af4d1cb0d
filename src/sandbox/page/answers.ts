/** What a card's inputs say now: what the person chose, else what the card itself has chosen. */
import type { CardBody, CardQuestion } from '../client.ts';

/** Option ids by question key. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** A choice survives an update of the card as long as the new card still offers it and lets it be chosen. */
export function answersOf({ button_selection, select_list = [], checkbox }: CardBody, chosen: Answers): Answers {
  const dropdowns = [...(button_selection ? [button_selection] : []), ...select_list];
  const answers: Record<string, readonly string[]> = {};
  for (const question of dropdowns) answers[question.question_key] = dropdownAnswer(question, chosen);
  if (checkbox) {
    const ids = checkbox.option_list.map(({ id }) => id);
    const own = checkbox.option_list.filter(({ is_checked }) => is_checked).map(({ id }) => id);
    const mine = checkbox.disable ? undefined : chosen[checkbox.question_key]?.filter((id) => ids.includes(id));
    const answer = mine ?? own;
    answers[checkbox.question_key] = checkbox.mode === 1 ? answer : answer.slice(0, 1);
  }
  return answers;
}

/** A missing or unknown `selected_id` means the first option. */
function dropdownAnswer(question: CardQuestion, chosen: Answers): readonly string[] {
  const ids = question.option_list.map(({ id }) => id);
  const wanted = [question.disable ? undefined : chosen[question.question_key]?.[0], question.selected_id, ids[0]];
  const answer = wanted.find((id) => id !== undefined && ids.includes(id));
  return answer === undefined ? [] : [answer];
}
