/** Everybody's chats as their phones show them, followed live. */
import type { LiveEvent, Message } from '../../src/sandbox/client.ts';

export interface Mirror {
  /** The newest message that fits, as soon as there is one. @throws Error after `ms` */
  find(what: string, fits: (message: Message) => boolean, ms: number): Promise<Message>;
  /** As it is now. */
  get(id: string): Message | null;
  /** Resolves at the very moment when the next message of the service, or of a person, appears or changes. */
  next(from: Message['from']): Promise<void>;
  close(): void;
}

export async function openMirror(platformUrl: string): Promise<Mirror> {
  const messages = new Map<string, Message>();
  const waiting = new Set<() => void>();
  const atNext: Record<Message['from'], (() => void)[]> = { app: [], me: [], other: [] };
  const closing = new AbortController();
  const response = await fetch(`${platformUrl}/sandbox/api/events`, { signal: closing.signal });
  if (!response.ok || !response.body) throw new Error(`The sandbox shows no chats: ${response.status}`);
  let lost: unknown = null;
  const follow = async (body: AsyncIterable<Uint8Array>) => {
    for await (const event of eventsIn(body)) {
      if (event.type === 'todos') continue;
      if (event.type === 'recall') messages.delete(event.message.id);
      else messages.set(event.message.id, event.message);
      for (const tell of atNext[event.message.from].splice(0)) tell();
      for (const look of waiting) look();
    }
    throw new Error('the stream of chats ended');
  };
  follow(response.body).catch((error: unknown) => {
    lost = error;
    for (const look of waiting) look();
  });

  return {
    find: (what, fits, ms) =>
      new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(late);
          waiting.delete(look);
        };
        const fail = (error: Error) => {
          done();
          reject(error);
        };
        const late = setTimeout(() => fail(new Error(`never saw ${what}`)), ms);
        const look = () => {
          const found = [...messages.values()].findLast(fits);
          if (found) {
            done();
            resolve(found);
          } else if (lost !== null) fail(new Error('The chats can no longer be followed', { cause: lost }));
        };
        waiting.add(look);
        look();
      }),
    get: (id) => messages.get(id) ?? null,
    next: (from) => new Promise((resolve) => void atNext[from].push(resolve)),
    close: () => closing.abort(),
  };
}

async function* eventsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<LiveEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) if (block.startsWith('data: ')) yield JSON.parse(block.slice(6)) as LiveEvent;
  }
}
