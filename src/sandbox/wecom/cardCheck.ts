/** Is this a card that the platform takes? Walks the card along the table in `cardLimits.ts`. */
import type { CardBody } from '../client.ts';
import { CARD_FIELDS, CARD_TYPES, REQUIRED, type CardType } from './cardLimits.ts';
import type { ListRule, ObjectRule, Rule, TextRule } from './cardRules.ts';
import { WecomError } from './errors.ts';

export interface CardContext {
  /** Texts over the suggested length are refused. */
  readonly strictText: boolean;
  /** Unknown fields are refused. */
  readonly strictFields: boolean;
  isUsableMedia(mediaId: string): boolean;
  isPerson(userid: string): boolean;
  /** May this card carry this task_id? */
  isFreeTask(taskId: string): boolean;
}

export interface CheckedCard {
  readonly card: CardBody;
  readonly type: CardType;
  /** Paths of the texts over the suggested length. */
  readonly truncated: readonly string[];
}

/** @throws WecomError 420xx, as wecom.md, 5.10 */
export function checkCard(card: unknown, context: CardContext): CheckedCard {
  if (!isObject(card)) throw new WecomError(42031, 'template_card missing');
  const type = CARD_TYPES.find((one) => one === card['card_type']);
  if (!type) throw new WecomError(42031);
  for (const [paths, code] of REQUIRED[type])
    if (!paths.some((path) => isGiven(at(card, path)))) throw new WecomError(code, `need ${paths.join(' or ')}`);
  const truncated: string[] = [];
  checkObject(card, CARD_FIELDS[type], '', { ...context, truncated });
  checkMenu(card, type);
  if (typeof card['task_id'] === 'string' && !context.isFreeTask(card['task_id'])) throw new WecomError(42014, 'used');
  return { card, type, truncated };
}

interface Walk extends CardContext {
  readonly truncated: string[];
}

function check(value: unknown, rule: Rule, path: string, walk: Walk): void {
  const wrong = () => new WecomError(rule.code ?? 40058, path);
  switch (rule.kind) {
    case 'text':
      return checkText(value, rule, path, walk);
    case 'choice':
      if (!rule.of.includes(value as number)) throw wrong();
      return;
    case 'range':
      if (typeof value !== 'number' || value <= rule.above || value >= rule.below) throw wrong();
      return;
    case 'flag':
      if (typeof value !== 'boolean') throw wrong();
      return;
    case 'list':
      return checkList(value, rule, path, walk);
    case 'object':
      if (!isObject(value)) throw wrong();
      return checkObject(value, rule, path, walk);
  }
}

function checkText(value: unknown, rule: TextRule, path: string, walk: Walk): void {
  const code = rule.code ?? 40058;
  if (typeof value !== 'string') throw new WecomError(code, path);
  if (rule.bytes !== undefined && Buffer.byteLength(value) > rule.bytes) throw new WecomError(code, `${path} too long`);
  if (rule.pattern && !rule.pattern.test(value)) throw new WecomError(code, `${path} malformed`);
  if (rule.chars === undefined || [...value].length <= rule.chars) return;
  if (walk.strictText) throw new WecomError(rule.code ?? 45002, `${path} longer than ${rule.chars}`);
  walk.truncated.push(path);
}

function checkList(value: unknown, rule: ListRule, path: string, walk: Walk): void {
  if (!Array.isArray(value) || value.length < rule.min || value.length > rule.max)
    throw new WecomError(rule.code ?? 40058, path);
  const seen = new Set<unknown>();
  for (const [index, entry] of value.entries() as Iterable<[number, unknown]>) {
    check(entry, rule.of, `${path}[${index}]`, walk);
    const key = rule.unique && isObject(entry) ? entry[rule.unique.field] : undefined;
    if (rule.unique && key !== undefined && seen.has(key))
      throw new WecomError(rule.unique.code, `${path}[${index}].${rule.unique.field} is there twice`);
    seen.add(key);
  }
}

function checkObject(value: Record<string, unknown>, rule: ObjectRule, path: string, walk: Walk): void {
  const here = (name: string) => (path === '' ? name : `${path}.${name}`);
  const stranger = walk.strictFields && Object.keys(value).find((name) => !(name in rule.fields));
  if (stranger) throw new WecomError(40058, `unknown field ${here(stranger)}`);
  const needed = neededByType(value, rule);
  for (const [name, inner] of Object.entries(rule.fields)) {
    const isNeeded = name === needed?.field;
    // Whatever is empty counts as absent, except a list: its size has its own rule.
    if (!isGiven(value[name])) {
      if (inner.required) throw new WecomError(inner.code ?? 40058, here(name));
      if (isNeeded) throw new WecomError(needed.code, here(name));
      continue;
    }
    // A link that the type does not use is not looked at.
    if (isLink(name) && rule.byType && !isNeeded) continue;
    check(value[name], inner, here(name), walk);
  }
  checkExists(needed?.field, value, walk);
}

function neededByType(value: Record<string, unknown>, rule: ObjectRule): { field: string; code: number } | undefined {
  const type = (value['type'] as number | undefined) ?? rule.typeDefault;
  const [field, code] = (type === undefined ? undefined : rule.byType?.[type]) ?? [];
  return field === undefined || code === undefined ? undefined : { field, code };
}

/** A file or a person that a row points to. */
function checkExists(field: string | undefined, value: Record<string, unknown>, walk: Walk): void {
  const id = field === undefined ? undefined : value[field];
  if (typeof id !== 'string') return;
  if (field === 'media_id' && !walk.isUsableMedia(id)) throw new WecomError(42029, 'file unknown or expired');
  if (field === 'userid' && !walk.isPerson(id)) throw new WecomError(42050, 'userid unknown');
}

const isLink = (name: string) => ['url', 'appid', 'media_id', 'userid'].includes(name);

/** The menu needs a task_id, and its keys must not be those of buttons. */
function checkMenu(card: Record<string, unknown>, type: CardType): void {
  const { action_menu, button_list, task_id } = card as CardBody;
  if (!action_menu || !('action_menu' in CARD_FIELDS[type].fields)) return;
  if (!task_id) throw new WecomError(42014, 'action_menu needs one');
  const keys = new Set(action_menu.action_list.map((entry) => entry.key));
  if (button_list?.some((button) => button.key !== undefined && keys.has(button.key))) throw new WecomError(42051);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
