/** A press on a card: what the client checks, what the platform tells the app, and what becomes of the answer. Source: reference/dingtalk.md, 6.6 and 6.7. */
import type { InteractiveClick } from '../client.ts';
import { readObject } from '../body.ts';
import { paramsOf } from './cardCheck.ts';
import { dataFor, merged, putCard, redrawn } from './cardView.ts';
import type { DingtalkCorp } from './corp.ts';
import { ApiError } from './errors.ts';
import type { Pushed } from './push.ts';
import type { CardInstance, Stored } from './rows.ts';

type Body = Record<string, unknown>;

/** What the client says when there was no good answer in time. */
const TOAST = '操作失败，请稍后重试';

interface Field {
  readonly name?: unknown;
  readonly required?: unknown;
  readonly requiredMsg?: unknown;
  readonly defaultValue?: unknown;
}

/** @returns the body of the callback; a text is why the client does not send it */
export function cardAction(
  corp: DingtalkCorp,
  stored: Stored,
  card: CardInstance,
  { actionId, params }: InteractiveClick,
): object | string {
  const { interactive, userid } = stored.message;
  const filled = fill(dataFor(card, userid), actionId, params);
  if (typeof filled === 'string') return filled;
  const byValue = corp.settings().cardValueVariant;
  const content = byValue
    ? { cardPrivateData: { actionIds: [actionId] }, params: filled }
    : { cardPrivateData: { actionIds: [actionId], params: filled } };
  const who = card.userIdType === 2 ? corp.unionIdOf(userid) : userid;
  const outTrackId = interactive?.outTrackId ?? '';
  const { corpId } = corp.account;
  if (byValue) return { corpId, outTrackId, userId: who, value: JSON.stringify(content) };
  return {
    type: 'actionCallback',
    outTrackId,
    corpId,
    userId: who,
    userIdType: card.userIdType,
    spaceType: stored.space?.type ?? 'IM_ROBOT',
    spaceId: stored.space?.id ?? userid,
    extension: '{}',
    content: JSON.stringify(content),
  };
}

/** The same once the month's pushes are used up. */
export function actionWithoutContent(body: object): object {
  const { content: _content, value: _value, ...rest } = body as Body;
  return { ...rest, errorCode: '20001', errorMessage: '企业Webhook/Stream推送量已用完' };
}

/** A form is sent with its hidden and preset fields; a button brings the key that the card gives it. */
function fill(data: Readonly<Record<string, string>>, actionId: string, params: Body): Body | string {
  if (actionId !== 'form') {
    const key = data[`${actionId}_key`];
    return 'key' in params || !key ? params : { ...params, key };
  }
  const form = (params['form'] ?? {}) as Body;
  const fields = (readObject(Buffer.from(data['form'] ?? ''))?.['fields'] ?? []) as readonly Field[];
  const preset = fields.filter((field) => field.defaultValue !== undefined && !(String(field.name) in form));
  const sent = { ...Object.fromEntries(preset.map((field) => [String(field.name), field.defaultValue])), ...form };
  const missing = fields.find((field) => field.required === true && isEmpty(sent[String(field.name)]));
  if (missing) return typeof missing.requiredMsg === 'string' ? missing.requiredMsg : `${String(missing.name)} 必填`;
  return { ...params, form: sent };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  const inner: unknown = typeof value === 'object' && 'value' in value ? value.value : value;
  return inner === '' || (Array.isArray(inner) && inner.length === 0);
}

/** Applies the answer to the view of whoever pressed, and to nobody else's. @returns what was wrong with it */
export function applyAnswer(corp: DingtalkCorp, messageId: string, pushed: Pushed): string | null {
  const stored = corp.rows.get('message', messageId);
  const outTrackId = stored?.message.interactive?.outTrackId;
  const card = outTrackId === undefined ? undefined : corp.rows.get('card', outTrackId);
  if (!stored || outTrackId === undefined || !card) return null;
  if (!pushed.delivered) {
    corp.rows.commit(['message', messageId, redrawn(stored, outTrackId, card, TOAST)]);
    return null;
  }
  try {
    const next = answered(corp, card, stored.message.userid, pushed.reply);
    if (next !== card || stored.message.interactive?.toast !== undefined)
      putCard(corp, outTrackId, next, stored.message.userid);
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    corp.log.warn("sandbox: a card callback's answer was refused", { problem: error.message });
    corp.rows.commit(['message', messageId, redrawn(stored, outTrackId, card, TOAST)]);
    return error.message;
  }
}

/** @throws ApiError when a value is not a string */
function answered(corp: DingtalkCorp, card: CardInstance, userid: string, reply: unknown): CardInstance {
  if (typeof reply !== 'object' || reply === null) return card;
  const { cardData, userPrivateData, cardUpdateOptions } = reply as Body;
  const { updateCardDataByKey, updatePrivateDataByKey } = (cardUpdateOptions ?? {}) as Body;
  const shown = paramsOf(corp, cardData);
  const own = paramsOf(corp, userPrivateData);
  if (!shown && !own) return card;
  const { [userid]: seen, ...others } = card.answered;
  // Without "by key" the whole of what this person sees is replaced: what is left out shows nothing.
  const blank = Object.fromEntries(Object.keys(card.data).map((name) => [name, '']));
  const now = shown && (updateCardDataByKey === true ? { ...seen, ...shown } : { ...blank, ...shown });
  return {
    ...card,
    answered: now ? { ...others, [userid]: now } : card.answered,
    privately: own
      ? { ...card.privately, [userid]: merged(card.privately[userid], own, updatePrivateDataByKey === true) }
      : card.privately,
  };
}
