/** What travels over a Stream socket: frames down, acknowledgements up. Source: reference/dingtalk.md, 4.3 and 4.4. */
import { z } from 'zod';

/** A message of the platform, for the app. `data` is JSON as text, as it came. */
export interface StreamFrame {
  readonly type: 'EVENT' | 'CALLBACK';
  /** `*` of events. */
  readonly topic: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
}

export type Down =
  | { readonly kind: 'ping'; readonly messageId: string; readonly data: string }
  | { readonly kind: 'disconnect' }
  | { readonly kind: 'message'; readonly messageId: string; readonly frame: StreamFrame }
  /** Nothing to do: the platform's other words about itself, which are in no document. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly problem: 'binary' | 'not JSON' | 'wrong shape' };

// All values are said to be strings; a number among them is no reason to lose a message.
const Value = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const Frame = z.object({
  type: z.string(),
  headers: z.record(z.string(), Value).and(z.object({ messageId: z.string().min(1), topic: z.string() })),
  data: z.string().default(''),
});

export function readFrame(text: string): Down {
  const told = Frame.safeParse(jsonOf(text));
  if (!told.success)
    return { kind: 'unreadable', problem: told.error.issues[0]?.path.length ? 'wrong shape' : shapeOf(text) };
  const { type, headers, data } = told.data;
  const { messageId, topic } = headers;
  if (type === 'EVENT' || type === 'CALLBACK')
    return { kind: 'message', messageId, frame: { type, topic, headers, data } };
  if (type !== 'SYSTEM') return { kind: 'unreadable', problem: 'wrong shape' };
  if (topic === 'ping') return { kind: 'ping', messageId, data };
  return { kind: topic === 'disconnect' ? 'disconnect' : 'other' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const shapeOf = (text: string) => (jsonOf(text) === undefined ? 'not JSON' : 'wrong shape');

const WORDS = { 200: 'OK', 404: 'unknown topic', 500: 'handler failed' } as const;

/** @param data JSON as text. @returns the text of the frame */
export const writeAck = (code: keyof typeof WORDS, messageId: string, data: string): string =>
  JSON.stringify({ code, message: WORDS[code], headers: { contentType: 'application/json', messageId }, data });

/** Asks for an event once more; for a callback there is no such word. */
export const failedAck = (messageId: string, type: StreamFrame['type']): string =>
  type === 'EVENT' ? writeAck(200, messageId, '{"status":"LATER"}') : writeAck(500, messageId, '{}');
