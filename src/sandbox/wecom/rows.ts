/** What the local WeCom remembers. One table of the journal per kind of row; instants are epoch milliseconds of the virtual clock. */
import type { Message } from '../client.ts';
import type { Settings } from '../settings.ts';

export interface Tables {
  meta: Meta;
  settings: Settings;
  message: Stored;
  send: Send;
  code: Code;
  token: Token;
  task: Task;
  duplicate: Duplicate;
  media: Media;
  login: Login;
}
export const TABLES = [
  'meta',
  'settings',
  'message',
  'send',
  'code',
  'token',
  'task',
  'duplicate',
  'media',
  'login',
] as const satisfies readonly (keyof Tables)[];

/** Row `corp`. */
export interface Meta {
  readonly starts: number;
  /** Milliseconds by which the virtual clock is ahead. */
  readonly clockOffset: number;
  readonly callbackUrl: string | null;
}

/** One person's copy of a message. */
export interface Stored {
  readonly message: Message;
  /** The app's send it came from; null for what the person wrote and for passive replies. */
  readonly msgid: string | null;
  /** The callback that the person's own message raised, so that it can be delivered again. */
  readonly callback?: Callback;
}

export interface Callback {
  /** Decrypted XML. */
  readonly xml: string;
  readonly userid: string;
  readonly event: string | null;
  /** The card that was clicked, and the code its click brought. */
  readonly messageId?: string;
  readonly code?: string;
}

interface Send {
  readonly at: number;
  readonly agentId: number;
}

/** A response code. */
export interface Code {
  readonly msgid: string;
  readonly at: number;
  readonly agentId: number;
  readonly used: boolean;
}

export interface Token {
  readonly kind: 'app' | 'contacts';
  readonly until: number;
}

interface Task {
  readonly msgid: string;
}

/** Key: digest of the whole request. */
interface Duplicate {
  readonly at: number;
  readonly msgid: string;
}

export interface Media {
  readonly type: 'image' | 'voice' | 'video' | 'file';
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly at: number;
}

interface Login {
  readonly userid: string;
  readonly at: number;
  readonly used: boolean;
}

export const HOUR = 3_600_000;
export const CODE_LIFE = 72 * HOUR;
export const MEDIA_LIFE = 72 * HOUR;
export const LOGIN_LIFE = 5 * 60_000;
const DAY = 24 * HOUR;

/** Is this row still of use? Judged when the journal is compacted, with a day's grace so that "expired" can still be told from "unknown". */
export function stillUseful(table: keyof Tables, value: Tables[keyof Tables], now: number): boolean {
  switch (table) {
    case 'token':
      return (value as Token).until + DAY > now;
    case 'code':
      return (value as Code).at + CODE_LIFE + DAY > now;
    case 'media':
      return (value as Media).at + MEDIA_LIFE + DAY > now;
    case 'login':
      return (value as Login).at + LOGIN_LIFE + DAY > now;
    case 'duplicate':
      return (value as Duplicate).at + 4 * HOUR > now;
    case 'send':
      return (value as Send).at + CODE_LIFE + DAY > now;
    default:
      return true;
  }
}
