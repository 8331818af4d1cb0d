/** Which messages get a time above them: the first, and the first after a pause or on another day. */
import type { Locale } from '../../lib/locale.ts';
import type { Message } from '../client.ts';

const PAUSE_MS = 5 * 60_000;

export interface TimedMessage {
  readonly message: Message;
  readonly stamp: string | null;
}

export function timeline(messages: readonly Message[], locale: Locale): TimedMessage[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const isNear = before !== undefined && message.at - before.at < PAUSE_MS;
    return { message, stamp: isNear ? null : stampOf(message.at, locale) };
  });
}

function stampOf(at: number, locale: Locale): string {
  const day = new Date(at);
  const isToday = day.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, {
    ...(!isToday && { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(day);
}
