/** Interactive cards: created, delivered into spaces, changed, and where their actions go. Source: reference/dingtalk.md, 6.2–6.5. */
import type { Put } from '../journal.ts';
import {
  checkModels,
  checkPayload,
  instanceOf,
  openedBy,
  paramsOf,
  privatelyOf,
  recipientsOf,
  spacesOf,
  trackOf,
  type Space,
} from './cardCheck.ts';
import { merged, putCard, viewOf } from './cardView.ts';
import type { DingtalkCorp } from './corp.ts';
import { ApiError, refuse } from './errors.ts';
import { copyFor } from './messages.ts';
import type { CardInstance, Delivered, Stored, Tables } from './rows.ts';

type Body = Record<string, unknown>;

export function makeCardCalls(corp: DingtalkCorp) {
  /** @returns the card that is there under this id, if that is a success here. @throws ApiError */
  const existing = (outTrackId: string): CardInstance | null => {
    const card = corp.rows.get('card', outTrackId);
    if (!card) return null;
    if (corp.settings().duplicateCard === 'refuse') throw refuse('param.cardAlreadyExist');
    return card;
  };
  const mustExist = (outTrackId: string): CardInstance => {
    const card = corp.rows.get('card', outTrackId);
    if (!card) throw refuse('param.cardNotExist');
    return card;
  };

  return {
    createAndDeliver(body: Body): object {
      const outTrackId = trackOf(body);
      checkPayload(body);
      const fresh = instanceOf(corp, body);
      const spaces = spacesOf(body);
      checkModels(corp, body, spaces, fresh.spaces);
      const old = existing(outTrackId);
      const deliverResults = old ? old.delivered : deliver(corp, outTrackId, fresh, spaces, recipientsOf(body));
      return { success: true, result: { outTrackId, deliverResults } };
    },
    create(body: Body): object {
      const outTrackId = trackOf(body);
      checkPayload(body);
      const fresh = instanceOf(corp, body);
      if (!existing(outTrackId)) corp.rows.commit(['card', outTrackId, fresh]);
      return { success: true, result: outTrackId };
    },
    deliver(body: Body): object {
      const outTrackId = trackOf(body);
      const card = mustExist(outTrackId);
      const spaces = spacesOf(body);
      checkModels(corp, body, spaces, [...card.spaces, ...openedBy(body)]);
      return { success: true, result: deliver(corp, outTrackId, card, spaces, recipientsOf(body)) };
    },
    update(body: Body): object {
      const outTrackId = trackOf(body);
      checkPayload(body);
      const data = paramsOf(corp, body['cardData']);
      const privately = privatelyOf(corp, body);
      if (!data && Object.keys(privately).length === 0) throw refuse('param.cardDataAndPrivateDataBothEmpty');
      putCard(corp, outTrackId, changed(mustExist(outTrackId), data, privately, body['cardUpdateOptions']));
      return { success: true, result: true };
    },
    register: (body: Body): object => register(corp, body),
  };
}

/** One address per key; whoever names the key again gets what is stored, or forces the change. */
function register(corp: DingtalkCorp, body: Body): object {
  const { callbackRouteKey: key, callbackUrl: url, apiSecret } = body;
  if (typeof key !== 'string' || key === '') throw refuse('param.callbackRouteKeyEmpty');
  if (typeof url !== 'string' || !URL.canParse(url)) throw refuse('param.callbackUrlInvalid');
  const stored = corp.rows.get('route', key);
  if (stored && body['forceUpdate'] !== true) {
    if (corp.settings().routeAgain === 'refuse') throw new ApiError(500, 'param.callbackRouteKeyExist');
    return { success: true, result: { callbackUrl: stored.url, apiSecret: stored.apiSecret } };
  }
  const route = { url, apiSecret: typeof apiSecret === 'string' && apiSecret !== '' ? apiSecret : null };
  corp.rows.commit(['route', key, route]);
  return { success: true, result: { callbackUrl: url, apiSecret: route.apiSecret } };
}

/** Options that are not given replace the whole map: that is the platform's default. */
function changed(
  card: CardInstance,
  data: CardInstance['data'] | null,
  privately: CardInstance['privately'],
  options: unknown,
): CardInstance {
  const { updateCardDataByKey, updatePrivateDataByKey } = (options ?? {}) as Body;
  const theirs = Object.entries(privately).map(([userid, change]) => [
    userid,
    merged(card.privately[userid], change, updatePrivateDataByKey === true),
  ]);
  return {
    ...card,
    privately: { ...card.privately, ...(Object.fromEntries(theirs) as CardInstance['privately']) },
    ...(data ? { data: merged(card.data, data, updateCardDataByKey === true), answered: {} } : {}),
  };
}

/** The card is there afterwards, whatever became of its spaces. */
function deliver(
  corp: DingtalkCorp,
  outTrackId: string,
  card: CardInstance,
  spaces: readonly Space[],
  recipients: readonly string[] | null,
): readonly Delivered[] {
  const copies: Stored[] = [];
  const results = spaces.map(({ type, id }): Delivered => {
    const readers = readersOf(corp, { type, id }, recipients);
    const told = { spaceType: type, spaceId: id };
    if (typeof readers === 'string') return { ...told, success: false, carrierId: '', errorMsg: readers };
    const carrierId = corp.ids.text(40);
    for (const userid of readers) {
      const content = { kind: 'interactive' as const, ...viewOf(outTrackId, card, userid) };
      const copy = copyFor(corp, userid, type === 'IM_GROUP' ? id : null, content, carrierId);
      const message = { ...copy.message, clickable: content.clickable };
      copies.push({ ...copy, message, space: { type, id } });
    }
    return { ...told, success: true, carrierId, errorMsg: '' };
  });
  const puts: Put<Tables>[] = copies.map((copy) => ['message', copy.message.id, copy]);
  corp.rows.commit(['card', outTrackId, { ...card, delivered: [...card.delivered, ...results] }], ...puts);
  return results;
}

/** @returns who sees it there; a text is why it can't be delivered */
function readersOf(corp: DingtalkCorp, { type, id }: Space, recipients: readonly string[] | null): string[] | string {
  if (corp.settings().failingSpaces.includes(id)) return 'deliver failed';
  if (type === 'IM_ROBOT') {
    // A userid, or a unionId: never the conversation's id, although it looks as if it should be.
    const userid = corp.directory.find(id)?.userid ?? corp.personOf(id);
    return userid === undefined ? 'spaceId is illegal' : [userid];
  }
  if (corp.settings().disbanded.includes(id)) return 'group is disbanded';
  const group = corp.group(id);
  if (!group) return 'spaceId is illegal';
  return group.members.filter((one) => recipients === null || recipients.includes(one));
}
