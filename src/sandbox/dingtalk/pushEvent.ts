/** One event as either transport writes it, and as the failed list shows it. Source: reference/dingtalk.md, 2.5, 2.6 and 4.3. */
import { randomUUID } from 'node:crypto';
import type { DingtalkAccount } from './account.ts';

export interface PushEvent {
  /** Stays the same however often it is sent: what the app tells duplicates by. */
  readonly id: string;
  readonly type: string;
  /** Epoch ms. */
  readonly at: number;
  /** Its own, spelled as Stream spells them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export const makeEvent = (type: string, fields: object, at: number): PushEvent => ({
  id: randomUUID(),
  type,
  at,
  fields: { ...fields },
});

/** The flat object inside the encrypted body. */
export function httpEvent({ corpId }: DingtalkAccount, event: PushEvent): object {
  const meta = {
    EventType: event.type,
    EventTime: event.at,
    CorpId: corpId,
    BizId: String(event.at),
    eventId: event.id,
  };
  return { ...meta, ...spelledForHttp(event) };
}

/** To-do and read events are spelled with capitals over HTTP only; no rule covers both. */
function spelledForHttp({ type, fields }: PushEvent): Readonly<Record<string, unknown>> {
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  const all = type === 'robot_msg_read';
  if (!all && !type.startsWith('todo_task_')) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [all || name === 'unionIdList' ? capital(name) : name, value]),
  );
}

/** What an event's frame has in its headers beside every frame's own. */
export const streamEventHeaders = ({ corpId }: DingtalkAccount, appId: string, event: PushEvent) => ({
  eventType: event.type,
  eventId: event.id,
  eventBornTime: String(event.at),
  eventCorpId: corpId,
  eventUnifiedAppId: appId,
});

/** One item of `failed_list`. */
export function failedEvent({ corpId }: DingtalkAccount, { type, at, fields }: PushEvent): object {
  const own = Array.isArray(fields['userId'])
    ? { userid: fields['userId'] }
    : { [type.startsWith('bpms_') ? 'bpmsCallBackData' : 'callbackData']: fields };
  return { call_back_tag: type, event_time: at, [type]: { corpid: corpId, ...own } };
}
