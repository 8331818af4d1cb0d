/** A card's questions as WeCom's dropdowns; those that can't be one are left to the chat and the H5 page. */
import { UNPICKED } from '../../form/picked.ts';
import type { Card, CardInput } from '../card.ts';
import { cutText } from '../cutText.ts';
import { LIMITS, UNWRITTEN } from './limits.ts';
import { byteLength, type Trim } from '../trim.ts';
import type { WecomSelect } from './wecomCard.ts';

/** @param canSubmit whether a button is there that brings the answers */
export function encodeSelects({ kind, inputs }: Pick<Card, 'kind' | 'inputs'>, canSubmit: boolean, trim: Trim) {
  const keys = new Set<string>();
  const selects = inputs.flatMap((input) => {
    // Without its texts, a task's form would be half a form.
    const asks = kind === 'task' ? 'what a task needs is asked in the chat' : unfit(input, keys);
    const why = canSubmit ? asks : 'no button brings the answer';
    if (why !== null) {
      trim.drop(`input ${input.key}`, why);
      return [];
    }
    keys.add(input.key);
    return [encodeSelect(input, trim)];
  });
  return [...trim.first(selects, LIMITS.selects, (select) => `input ${select.question_key}`)];
}

/** Nothing chosen would silently become the first option: WeCom has no empty dropdown. */
const needsPlaceholder = (input: CardInput): boolean => !input.options.some(({ id }) => id === input.value[0]);

/** Why WeCom can't ask it, or null. */
function unfit(input: CardInput, keys: ReadonlySet<string>): string | null {
  if (input.kind !== 'choice') return `a card can't ask for ${input.kind}`;
  if (!input.key || byteLength(input.key) > LIMITS.keyBytes || keys.has(input.key)) return 'key empty, long or taken';
  const room = LIMITS.options - (needsPlaceholder(input) ? 1 : 0);
  if (input.options.length === 0 || input.options.length > room) return `needs 1 to ${room} options`;
  const ids = input.options.map(({ id }) => id);
  if (ids.some((id) => !id || byteLength(id) > LIMITS.optionIdBytes)) return 'an option has no usable id';
  if (new Set(ids).size < ids.length || ids.includes(UNPICKED)) return 'two options share an id';
  const texts = input.options.map(({ text }) => shortText(text));
  if (texts.includes('') || new Set(texts).size < texts.length) return 'its options look alike once they are cut';
  return null;
}

const shortText = (text: string): string => cutText(text.replace(/\s+/g, ' ').trim(), LIMITS.optionText);

function encodeSelect(input: CardInput, trim: Trim): WecomSelect {
  const options = input.options.map(({ id, text }) => ({
    id,
    text: trim.line(`option ${text}`, text, LIMITS.optionText),
  }));
  const empty = needsPlaceholder(input);
  const placeholder = { id: UNPICKED, text: shortText(input.placeholder ?? '') || '—' };
  return {
    question_key: input.key,
    title: trim.line(`label ${input.label}`, input.label, UNWRITTEN.selectTitle) || '—',
    option_list: empty ? [placeholder, ...options] : options,
    selected_id: empty ? UNPICKED : (input.value[0] ?? ''),
  };
}
