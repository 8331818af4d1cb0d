/** The only file that calls the sandbox's server. Shapes: ../client.ts. */
import type {
  ClickBody,
  GroupTextBody,
  InteractiveClick,
  LiveEvent,
  Message,
  Person,
  RetryBody,
  Sent,
  TextBody,
  Todo,
} from '../client.ts';
import type { Room } from './room.ts';

const API = '/sandbox/api';

/** The sandbox understood and said no: its words are for people. Any other failure is an outage, worth a retry. */
class SaidNo extends Error {
  override readonly name = 'SaidNo';
}

export const problemOf = (error: unknown): string | undefined => (error instanceof SaidNo ? error.message : undefined);

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(`${API}/${path}`, init);
  if (answer.ok) return (await answer.json()) as T;
  const body = (await answer.json().catch(() => null)) as { problem?: string } | null;
  if (answer.status < 500 && body?.problem) throw new SaidNo(body.problem);
  throw new Error(`${path}: HTTP ${answer.status}`);
}

const post = <T>(path: string, body: unknown): Promise<T> =>
  call<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

const chat = (userid: string, act = ''): string => `chats/${encodeURIComponent(userid)}${act}`;

export const loadPeople = (): Promise<Person[]> => call('people');

const inRoom = ({ userid, group }: Room, act = ''): string =>
  chat(userid, group === null ? act : `/groups/${encodeURIComponent(group)}${act}`);

export const loadRoom = async (room: Room): Promise<Message[]> =>
  (await call<{ messages: Message[] }>(inRoom(room))).messages;

export const loadTodos = (userid: string): Promise<Todo[]> => call(chat(userid, '/todos'));

/** @param mention counts in a group only: whether the app is called by its name */
export const sendText = (room: Room, content: string, mention: boolean): Promise<Sent> =>
  room.group === null
    ? post(inRoom(room, '/text'), { content } satisfies TextBody)
    : post(inRoom(room, '/text'), { content, mention } satisfies GroupTextBody);

const sendBytes = (path: string, file: File, type: string): Promise<Sent> =>
  call(`${path}?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'Content-Type': file.type || type },
    body: file,
  });

export const sendImage = (room: Room, file: File): Promise<Sent> =>
  sendBytes(inRoom(room, '/image'), file, 'image/png');

export const sendFile = (room: Room, file: File): Promise<Sent> =>
  sendBytes(inRoom(room, '/file'), file, 'application/octet-stream');

export const sendClick = (userid: string, click: ClickBody): Promise<Sent> => post(chat(userid, '/click'), click);

export const sendAct = (userid: string, click: InteractiveClick): Promise<Sent> => post(chat(userid, '/act'), click);

export const sendAgain = (userid: string, messageId: string): Promise<Sent> =>
  post(chat(userid, '/retry'), { messageId } satisfies RetryBody);

/** WeCom tells the app when a member opens its chat; what comes of it is not the person's concern. */
export const enterChat = (userid: string): void => void post(chat(userid, '/enter'), {}).catch(() => undefined);

/**
 * Live messages of these people until the returned function is called. The browser reconnects by itself;
 * `onLine(true)` after a gap means that messages may have been missed.
 */
export function listen(
  userids: readonly string[],
  onEvent: (event: LiveEvent) => void,
  onLine: (connected: boolean) => void,
): () => void {
  const source = new EventSource(`${API}/events?users=${userids.map(encodeURIComponent).join(',')}`);
  source.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as LiveEvent);
  source.onopen = () => onLine(true);
  source.onerror = () => onLine(false);
  return () => source.close();
}

export const mediaAddress = (mediaId: string): string => `${API}/media/${encodeURIComponent(mediaId)}`;
