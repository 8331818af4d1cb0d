/** What the platform refuses about a card, in its own words. Source: reference/dingtalk.md, 6.3 and 6.4. */
import type { DingtalkCorp } from './corp.ts';
import { refuse } from './errors.ts';
import type { CardInstance, Params } from './rows.ts';

type Body = Record<string, unknown>;

const MAX_TRACK = 100; // characters
const MAX_SPACE = 1000; // characters
const MAX_KEY = 100; // bytes
const MAX_VALUE = 1024; // bytes
const MAX_PAYLOAD = 100 * 1024; // bytes
const PREFIX = 'dtv1.card//';
export const MODELS = {
  IM_GROUP: { space: 'imGroupOpenSpaceModel', deliver: 'imGroupOpenDeliverModel' },
  IM_ROBOT: { space: 'imRobotOpenSpaceModel', deliver: 'imRobotOpenDeliverModel' },
} as const;
export type SpaceType = keyof typeof MODELS;
const isSpaceType = (type: string): type is SpaceType => type in MODELS;

export interface Space {
  readonly type: SpaceType;
  readonly id: string;
}

const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function trackOf(body: Body): string {
  const id = body['outTrackId'];
  if (typeof id !== 'string' || id === '') throw refuse('param.outTrackIdEmpty');
  if (id.length > MAX_TRACK) throw refuse('param.invalid', 'outTrackId is too long');
  return id;
}

/** @throws ApiError when a value is not a string, or something is too large */
export function paramsOf(corp: DingtalkCorp, holder: unknown): Params | null {
  if (holder === undefined || holder === null) return null;
  const map = isObject(holder) ? holder['cardParamMap'] : undefined;
  if (!isObject(map)) throw refuse('param.invalid', 'cardParamMap is missing');
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== 'string') throw refuse('param.invalid', `cardParamMap.${key} is not a string`);
    if (Buffer.byteLength(key) > MAX_KEY) throw refuse('param.invalid', `cardParamMap.${key}: the key is too long`);
    if (corp.settings().strictValues && Buffer.byteLength(value) > MAX_VALUE)
      throw refuse('param.invalid', `cardParamMap.${key} is too long`);
  }
  return map as Params;
}

/** By userid, whichever kind of id the request names people by. @throws ApiError */
export function privatelyOf(corp: DingtalkCorp, body: Body): Readonly<Record<string, Params>> {
  const all = body['privateData'];
  if (all === undefined || all === null) return {};
  if (!isObject(all)) throw refuse('param.invalid', 'privateData is not an object');
  return Object.fromEntries(
    Object.entries(all).map(([id, holder]) => {
      const userid = userOf(corp, id, typeOf(body));
      if (userid === undefined) throw refuse('param.userIdNotExist', `privateData: nobody is ${id}`);
      return [userid, paramsOf(corp, holder) ?? {}];
    }),
  );
}

export const typeOf = (body: Body): 1 | 2 => (body['userIdType'] === 2 ? 2 : 1);

export const userOf = (corp: DingtalkCorp, id: string, type: 1 | 2): string | undefined =>
  type === 2 ? corp.personOf(id) : corp.directory.find(id)?.userid;

/** @throws ApiError */
export function checkPayload(body: Body): void {
  if (Buffer.byteLength(JSON.stringify(body)) > MAX_PAYLOAD) throw refuse('param.invalid', 'the card is too large');
}

/** `dtv1.card//IM_GROUP.cid…==;IM_ROBOT.user1`. @throws ApiError */
export function spacesOf(body: Body): Space[] {
  const text = body['openSpaceId'];
  if (typeof text !== 'string' || text === '') throw refuse('param.openSpaceIdEmpty');
  if (!text.startsWith(PREFIX) || text.length > MAX_SPACE) throw refuse('param.openSpaceIdInvalid');
  return text
    .slice(PREFIX.length)
    .split(';')
    .map((part) => {
      const [, name = '', id = ''] = /^(\w+)\.(.+)$/.exec(part) ?? [];
      const type = name.toUpperCase();
      if (!isSpaceType(type)) throw refuse('param.openSpaceIdInvalid');
      return { type, id };
    });
}

/** The spaces that this request opens the card for. @throws ApiError */
export function openedBy(body: Body): SpaceType[] {
  return Object.keys(MODELS)
    .filter(isSpaceType)
    .filter((type) => {
      const model = body[MODELS[type].space];
      if (model === undefined) return false;
      if (!isObject(model)) throw refuse('param.openSpaceModelInvalid');
      if (typeof model['supportForward'] !== 'boolean')
        throw refuse('param.openSpaceModelInvalid', 'supportForward is missing');
      return true;
    });
}

/** @throws ApiError when a space was not opened, or a deliver model is missing or names another robot */
export function checkModels(corp: DingtalkCorp, body: Body, spaces: readonly Space[], opened: readonly string[]): void {
  for (const { type } of spaces) {
    if (!opened.includes(type)) throw refuse('param.openSpaceModelInvalid', `${MODELS[type].space} is missing`);
    const model = body[MODELS[type].deliver];
    if (!isObject(model)) throw refuse('param.openDeliverModelEmpty', `${MODELS[type].deliver} is missing`);
    if (model['robotCode'] !== corp.account.robotCode)
      throw refuse('param.openDeliverModelError', `${MODELS[type].deliver}.robotCode`);
  }
}

/** Only who is named sees a card in a group, where anybody is. */
export function recipientsOf(body: Body): readonly string[] | null {
  const model = body[MODELS.IM_GROUP.deliver];
  const named = isObject(model) ? model['recipients'] : undefined;
  return Array.isArray(named) && named.length > 0 ? named.map(String) : null;
}

/** A fresh instance from a create request. @throws ApiError */
export function instanceOf(corp: DingtalkCorp, body: Body): CardInstance {
  const template = body['cardTemplateId'];
  if (typeof template !== 'string' || template === '') throw refuse('param.cardTemplateIdEmpty');
  if (template !== corp.account.cardTemplateId && !corp.settings().templates.includes(template))
    throw refuse('param.templateNotExist');
  const data = paramsOf(corp, body['cardData']);
  if (!data) throw refuse('param.cardPublicDataEmpty');
  return {
    templateId: template,
    ...callbackOf(corp, body),
    userIdType: typeOf(body),
    data,
    privately: privatelyOf(corp, body),
    answered: {},
    spaces: openedBy(body),
    summary: summaryOf(body),
    delivered: [],
  };
}

/** @throws ApiError for HTTP without a route that is registered */
function callbackOf(corp: DingtalkCorp, body: Body): Pick<CardInstance, 'callbackType' | 'routeKey'> {
  const { callbackType: type, callbackRouteKey: key } = body;
  if (type === undefined) return { callbackType: null, routeKey: null };
  if (type !== 'STREAM' && type !== 'HTTP') throw refuse('param.invalid', 'callbackType is STREAM or HTTP');
  if (type === 'STREAM') return { callbackType: type, routeKey: null };
  if (typeof key !== 'string' || !corp.rows.get('route', key))
    throw refuse('param.invalid', 'callbackRouteKey is not registered');
  return { callbackType: type, routeKey: key };
}

function summaryOf(body: Body): string | null {
  for (const { space } of Object.values(MODELS)) {
    const model = body[space];
    const words = isObject(model) && isObject(model['lastMessageI18n']) ? model['lastMessageI18n']['ZH_CN'] : undefined;
    if (typeof words === 'string' && words !== '') return words;
  }
  return null;
}
