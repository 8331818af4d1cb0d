/** How people give what an act asks for: in words in the chat, or in a form on the card. */
import type { Message } from '../../src/sandbox/client.ts';
import type { Chance } from './chance.ts';
import type { Hands } from './hands.ts';

/** The step of an act from which on it must never be lost, once it is acknowledged. */
export type Last = (work: () => Promise<unknown>) => Promise<void>;

export interface Filing {
  readonly title: string;
  readonly requester: string;
  readonly urgency: string;
  readonly category: string;
  /** Begins once in vain: another draft takes the first one's place. */
  readonly twice: boolean;
  /** Where it is asked for; null: in the chat with the app. */
  readonly group: string | null;
}

export interface Doing {
  readonly title: string;
  readonly by: string;
  readonly words: string;
  readonly afterTask?: number;
}

export interface Way {
  file(filing: Filing, last: Last): Promise<void>;
  comment(doing: Doing, last: Last): Promise<void>;
  withdraw(doing: Doing, last: Last): Promise<void>;
  /** A handler's result. */
  complete(doing: Doing, last: Last): Promise<void>;
  /** A requester's 未解决. */
  refuse(doing: Doing, last: Last): Promise<void>;
}

export interface Ways {
  /** By whom the card is shown to. */
  at(message: Message): Way;
  of(userid: string): Way;
}

export interface WayParts {
  readonly hands: Hands;
  readonly chance: Chance;
}
