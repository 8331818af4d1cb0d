/** A template card of a passive reply: CamelCase elements, siblings in place of arrays → the JSON that cards are kept in. Source: reference/wecom.md, 5.9. */
import type { Element } from './xml.ts';

/** Elements that stand for one entry of a list, however few of them there are. */
const LISTS = new Set([
  'action_list',
  'horizontal_content_list',
  'jump_list',
  'vertical_content_list',
  'option_list',
  'button_list',
  'select_list',
]);
/** Names whose words are not split where the capitals are. */
const IRREGULAR: Readonly<Record<string, string>> = {
  KeyName: 'keyname',
  UserId: 'userid',
  AppId: 'appid',
  PagePath: 'pagepath',
  CheckBox: 'checkbox',
};
const NUMBERS = new Set(['type', 'desc_color', 'style', 'mode', 'aspect_ratio']);
const FLAGS = new Set(['disable', 'is_checked']);

export function cardFromXml(element: Element): Record<string, unknown> {
  const card: Record<string, unknown> = {};
  for (const child of element.children) {
    const name = nameOf(child.name);
    const value = valueOf(name, child);
    if (LISTS.has(name)) card[name] = [...((card[name] as unknown[] | undefined) ?? []), value];
    else card[name] = value;
  }
  return card;
}

function valueOf(name: string, child: Element): unknown {
  if (child.children.length > 0) return cardFromXml(child);
  const text = child.text.trim();
  if (NUMBERS.has(name)) return Number(text);
  if (FLAGS.has(name)) return text === 'true' || text === '1';
  return text;
}

const nameOf = (camel: string) =>
  IRREGULAR[camel] ??
  camel.replace(/[A-Z]/g, (letter, index: number) => `${index > 0 ? '_' : ''}${letter.toLowerCase()}`);
