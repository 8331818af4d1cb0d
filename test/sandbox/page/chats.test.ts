import { describe, expect, it } from '@jest/globals';
import type { LiveEvent, Message, Todo } from '../../../src/sandbox/client.ts';
import {
  clickKey,
  NO_CHATS,
  reduceChats,
  type ChatAction,
  type Chats,
  type Unsent,
} from '../../../src/sandbox/page/chats.ts';
import { newsByPerson } from '../../../src/sandbox/page/room.ts';

type MessageEvent = Exclude<LiveEvent, { type: 'todos' }>;

const aMessage = (part: Partial<Message> = {}): Message => ({
  id: 'm1',
  userid: 'wangxiao',
  from: 'app',
  at: 1_000,
  kind: 'text',
  text: '收到',
  clickable: false,
  version: 1,
  ...part,
});
const anEvent = (type: MessageEvent['type'], part: Partial<Message> = {}): MessageEvent => ({
  type,
  userid: 'wangxiao',
  message: aMessage(part),
});
const live = (event: MessageEvent, watched = true): ChatAction => ({ type: 'live', event, watched });
const loaded = (...messages: Message[]): ChatAction => ({ type: 'loaded', room: 'wangxiao', messages });
const unsent: Unsent = { localId: 'l1', text: '报修', at: 1_000, failed: false };
const after = (...actions: ChatAction[]): Chats => actions.reduce(reduceChats, NO_CHATS);
const texts = (chats: Chats) => chats.messages['wangxiao']?.map(({ text }) => text);

describe('messages of a chat', () => {
  it('are what was loaded, and what arrives after it', () => {
    expect(texts(after(loaded(aMessage()), live(anEvent('message', { id: 'm2', text: '第二条' }))))).toEqual([
      '收到',
      '第二条',
    ]);
  });

  it('change in place when a card is updated, and never back to an older state', () => {
    const chats = after(
      loaded(aMessage()),
      live(anEvent('update', { version: 3, text: '三' })),
      live(anEvent('update', { version: 2, text: '二' })),
    );
    expect(texts(chats)).toEqual(['三']);
  });

  it('keep what arrived while an older answer was on its way', () => {
    const chats = after(
      { type: 'loading', room: 'wangxiao' },
      live(anEvent('message', { id: 'm2', text: '新' })),
      live(anEvent('update', { version: 2, text: '改过' })),
      loaded(aMessage()),
    );
    expect(texts(chats)).toEqual(['改过', '新']);
  });

  it('go when they are recalled', () => {
    expect(texts(after(loaded(aMessage()), live(anEvent('recall'))))).toEqual([]);
  });
});

describe('unread', () => {
  const unread = (...actions: ChatAction[]) => after(...actions).unread['wangxiao'] ?? 0;

  it('counts messages of the app to people who are not on the screen', () => {
    expect(unread(live(anEvent('message'), false), live(anEvent('message', { id: 'm2' }), false))).toBe(2);
  });

  it('does not count updates, own messages or what is watched', () => {
    expect(unread(live(anEvent('update'), false))).toBe(0);
    expect(unread(live(anEvent('message', { from: 'me' }), false))).toBe(0);
    expect(unread(live(anEvent('message'), true))).toBe(0);
  });

  it('is over once the person is shown', () => {
    expect(unread(live(anEvent('message'), false), { type: 'seen', room: 'wangxiao' })).toBe(0);
  });
});

describe('what I send', () => {
  const sending: ChatAction = { type: 'sending', room: 'wangxiao', unsent };
  const mine = anEvent('message', { id: 'm7', from: 'me', text: '报修' });
  const waiting = (chats: Chats) => chats.unsent['wangxiao'] ?? [];

  it('stands there until the server shows it back, once', () => {
    const chats = after(loaded(), sending, live(mine), live(mine));
    expect(waiting(chats)).toEqual([]);
    expect(texts(chats)).toEqual(['报修']);
  });

  it('sent twice in the same words, goes one by one', () => {
    const again: ChatAction = { type: 'sending', room: 'wangxiao', unsent: { ...unsent, localId: 'l2' } };
    expect(waiting(after(loaded(), sending, again, live(mine))).map(({ localId }) => localId)).toEqual(['l2']);
  });

  it('is marked when the app was not reached, on the message itself', () => {
    const chats = after(loaded(), sending, live(mine), {
      type: 'handed',
      room: 'wangxiao',
      localId: 'l1',
      sent: { delivered: false, status: 0, attempts: 4, messageId: 'm7' },
    });
    expect(chats.messages['wangxiao']?.[0]?.delivery).toBe('failed');
  });

  it('stays to be sent again when the sandbox was not reached', () => {
    const stuck: ChatAction = { type: 'stuck', room: 'wangxiao', localId: 'l1', problem: undefined };
    expect(waiting(after(sending, stuck))).toEqual([{ ...unsent, failed: true }]);
    expect(waiting(after(sending, stuck, sending))).toEqual([unsent]);
  });

  it('says why the sandbox would not have it, and can be discarded', () => {
    const refused: ChatAction = { type: 'stuck', room: 'wangxiao', localId: 'l1', problem: '图片不能超过 10 MB。' };
    expect(waiting(after(sending, refused))[0]?.problem).toBe('图片不能超过 10 MB。');
    expect(waiting(after(sending, refused, { type: 'discard', room: 'wangxiao', localId: 'l1' }))).toEqual([]);
  });
});

it('a click is remembered until it arrived, for whoever clicked', () => {
  const click = { press: { messageId: 'm1', key: 'accept' }, failed: false };
  const clicking: ChatAction = { type: 'click', userid: 'wangxiao', click };
  expect(after(clicking).clicks).toEqual({ [clickKey('wangxiao', 'm1')]: click });
  expect(after(clicking, { type: 'clicked', userid: 'ding-songjie', messageId: 'm1' }).clicks).not.toEqual({});
  expect(after(clicking, { type: 'clicked', userid: 'wangxiao', messageId: 'm1' }).clicks).toEqual({});
});

describe('a group', () => {
  const room = 'ding-songjie cid1';
  const inGroup = (part: Partial<Message>): MessageEvent => ({
    type: 'message',
    userid: 'ding-songjie',
    message: aMessage({ userid: 'ding-songjie', group: 'cid1', ...part }),
  });

  it('is a chat of its own, beside the one with the app', () => {
    const chats = after(
      { type: 'loaded', room: 'ding-songjie', messages: [] },
      { type: 'loaded', room, messages: [] },
      live(inGroup({ text: '大家好' })),
    );
    expect(chats.messages['ding-songjie']).toEqual([]);
    expect(chats.messages[room]?.map(({ text }) => text)).toEqual(['大家好']);
  });

  it('has news when a colleague writes, which the list of people counts with the others', () => {
    const direct: MessageEvent = { ...inGroup({ id: 'm3' }), message: aMessage({ id: 'm3', userid: 'ding-songjie' }) };
    const { unread } = after(live(inGroup({ from: 'other', by: 'ding-caimei' }), false), live(direct, false));
    expect(unread).toEqual({ [room]: 1, 'ding-songjie': 1 });
    expect(newsByPerson(unread)).toEqual({ 'ding-songjie': 2 });
  });

  it('shows my words back with the name of the app in front of them', () => {
    const sending: ChatAction = { type: 'sending', room, unsent: { ...unsent, text: '报修 断网', mention: true } };
    const chats = after(sending, live(inGroup({ from: 'me', text: '@派单 报修 断网' })));
    expect(chats.unsent[room]).toEqual([]);
  });
});

it('to-dos are what the server said last', () => {
  const todo: Todo = { id: 't1', subject: '处理 IT-1', url: 'https://a.example', dueAt: null, done: false };
  const say = (done: boolean): ChatAction => ({ type: 'todos', userid: 'ding-songjie', todos: [{ ...todo, done }] });
  expect(after(say(false), say(true)).todos['ding-songjie']).toEqual([{ ...todo, done: true }]);
});
