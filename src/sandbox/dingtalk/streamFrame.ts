/** What goes over the socket: frames down, acknowledgements up. Source: reference/dingtalk.md, 4.3 and 4.4. */

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

export interface Content {
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  readonly topic: string;
  /** Beside every frame's own. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly data: object;
}

/** @param headers messageId, time and, but for `disconnect`, who and where. @returns the text frame */
export const writeFrame = (content: Content, headers: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    specVersion: '1.0',
    type: content.type,
    headers: { contentType: 'application/json', topic: content.topic, ...headers, ...content.headers },
    data: JSON.stringify(content.data),
  });

export interface Ack {
  /** 200 ok, 400 bad request, 404 unknown topic, 500 the handler failed. */
  readonly code: number;
  readonly messageId: string;
  /** Parsed. */
  readonly data: unknown;
}

/** @returns null when it is not an acknowledgement */
export function readAck(text: string): Ack | null {
  try {
    const { code, headers, data } = JSON.parse(text) as Record<string, unknown>;
    const messageId: unknown = (headers as Record<string, unknown> | undefined)?.['messageId'];
    if (typeof code !== 'number' || typeof messageId !== 'string' || typeof data !== 'string') return null;
    return { code, messageId, data: JSON.parse(data) as unknown };
  } catch {
    return null;
  }
}

/** Whether this acknowledgement's data is of the kind that this frame asks for. A failed handler may say anything. */
export function fits({ type, topic, data: asked }: Content, { code, data }: Ack): boolean {
  if (code !== 200) return type !== 'SYSTEM';
  const said = (typeof data === 'object' ? (data ?? {}) : {}) as Record<string, unknown>;
  if (type === 'SYSTEM') return said['opaque'] === (asked as { opaque?: string }).opaque;
  if (type === 'EVENT') return said['status'] === 'SUCCESS' || said['status'] === 'LATER';
  // What a robot message is answered with, the platform ignores.
  return topic !== CARD_TOPIC || ('response' in said && typeof said['response'] === 'object');
}
