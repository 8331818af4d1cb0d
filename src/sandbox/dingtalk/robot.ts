/** What the robot says: to people, to groups, and where it was just spoken to. Source: reference/dingtalk.md, 5.1–5.4. */
import { readObject } from '../body.ts';
import type { DingtalkCorp } from './corp.ts';
import { OapiError, refuse } from './errors.ts';
import type { MediaShelf } from './media.ts';
import { contentOfKey, contentOfType, show, type Content } from './messages.ts';
import { DAY } from './rows.ts';

type Body = Record<string, unknown>;
type Answer = Record<string, unknown>;

const MAX_PEOPLE = 20;
const MAX_PARAM = 15_000; // bytes
const MAX_SESSION = 20_000; // bytes

export function makeRobot(corp: DingtalkCorp, media: MediaShelf) {
  const names = (userid: string) => corp.directory.find(userid)?.name;
  return {
    toPeople(body: Body): Answer {
      checkRobot(corp, body);
      const asked: unknown = body['userIds'];
      if (!Array.isArray(asked) || asked.length === 0) throw refuse('invalidParameter.userIds.empty');
      if (asked.length > MAX_PEOPLE) throw refuse('invalidParameter.userIds.overMax');
      const content = readContent(body, media);
      const { flowControlled } = corp.settings();
      const known = asked.flatMap((one: unknown) => corp.directory.find(String(one))?.userid ?? []);
      const held = known.filter((userid) => flowControlled.includes(userid));
      const key = corp.ids.text(40);
      const readers = [...new Set(known)].filter((userid) => !held.includes(userid));
      if (readers.length > 0) show(corp, readers, null, content, key);
      return {
        processQueryKey: key,
        invalidStaffIdList: asked.filter((one: unknown) => !corp.directory.find(String(one))),
        flowControlledStaffIdList: held,
      };
    },
    toGroup(body: Body): Answer {
      checkRobot(corp, body);
      const id = body['openConversationId'];
      if (typeof id !== 'string' || id === '') throw refuse('miss.openConversationId');
      if (corp.settings().disbanded.includes(id)) throw refuse('group.disbanded');
      const group = corp.group(id);
      if (!group) throw refuse('invalid.openConversationId');
      const content = readContent(body, media);
      const key = corp.ids.text(40);
      show(corp, group.members, id, content, key);
      return { processQueryKey: key };
    },
    recall(body: Body, inGroup: boolean): Answer {
      checkRobot(corp, body);
      const keys: unknown = body['processQueryKeys'];
      if (!Array.isArray(keys) || keys.length === 0 || keys.length > MAX_PEOPLE)
        throw refuse('invalidParameter.processQueryKeys.empty');
      const done = keys.filter((key: unknown) => recallOne(corp, String(key), inGroup));
      const failed = keys.filter((key: unknown) => !done.includes(key));
      return { successResult: done, failedResult: Object.fromEntries(failed.map((key) => [String(key), 'not found'])) };
    },
    /** @throws OapiError 300001 when the session is over */
    bySession(session: string, raw: Buffer): Answer {
      if (raw.length > MAX_SESSION) throw new OapiError(460101);
      const place = corp.rows.get('session', session);
      if (!place || place.until <= corp.now()) throw new OapiError(300001);
      if (place.group !== null && corp.settings().disbanded.includes(place.group)) throw new OapiError(400013);
      const body = readObject(raw);
      const content = body && contentOfType(body, names);
      if (!content) throw new OapiError(40035);
      const readers = place.group === null ? [place.userid] : (corp.group(place.group)?.members ?? []);
      show(corp, readers, place.group, content, null);
      return {};
    },
  };
}

/** @throws ApiError */
function checkRobot(corp: DingtalkCorp, body: Body): void {
  const code = body['robotCode'];
  if (code === undefined || code === '') throw refuse('invalidParameter.robotCode.empty');
  if (typeof code !== 'string') throw refuse('invalidParameter.robotCode.invalid');
  // Spelled so by the platform.
  if (code !== corp.account.robotCode) throw refuse('invalidParameter.robotCode.notExsit');
}

/** @throws ApiError */
function readContent(body: Body, media: MediaShelf): Content {
  const { msgKey, msgParam } = body;
  if (msgKey === undefined || msgKey === '') throw refuse('invalidParameter.msgKey.empty');
  if (typeof msgKey !== 'string') throw refuse('invalidParameter.msgKey.invalid');
  if (typeof msgParam !== 'string') throw refuse('invalidParameter.msgParam.invalid');
  if (Buffer.byteLength(msgParam) > MAX_PARAM) throw refuse('invalidParameter.msgParam.tooLong');
  const param = readObject(Buffer.from(msgParam));
  if (!param) throw refuse('invalidParameter.msgParam.invalid');
  const content = contentOfKey(msgKey, param, media);
  if (content === undefined) throw refuse('invalidParameter.msgKey.invalid');
  if (content === null) throw refuse('invalidParameter.msgParam.invalid');
  return content;
}

function recallOne(corp: DingtalkCorp, key: string, inGroup: boolean): boolean {
  const copies = [...corp.rows.all('message')].filter(
    ([, { sent, message }]) =>
      sent === key && (message.group !== undefined) === inGroup && message.at + DAY > corp.now(),
  );
  corp.rows.commit(...copies.map(([id]) => ['message', id, null] as const));
  return copies.length > 0;
}
