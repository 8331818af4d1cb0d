/** A platform whose cards change at any time, with groups and to-dos: what it shows now, and every call it was asked. */
import type { Card } from '../../src/card/card.ts';
import type { Capabilities, CardUpdate, Outgoing, Sent, Todo, Workspace } from '../../src/workspace/port.ts';
import { FREELY } from '../support/capabilities.ts';

export interface ListedTodo extends Todo {
  state: 'open' | 'done' | 'removed';
}

const sent = (platformId: string | null): Sent => ({ result: 'sent', platformId, code: null });

export function aFreePlatform(id: string, more: Partial<Capabilities> = {}) {
  const cards = new Map<string, { readonly to: string; readonly card: Card }>();
  const texts: Extract<Outgoing, { kind: 'text' }>[] = [];
  const todos = new Map<string, ListedTodo>();
  /** Keys of cards that were made and reached nobody. */
  const taken = new Set<string>();
  const calls: string[] = [];
  /** By call: its next answers, in place of the true ones. `lost`: done, and nobody heard. */
  const next: { call: string; answer: Sent | 'lost' | 'died' }[] = [];
  const unheard: Sent = { result: 'unknown', platformCode: 'timeout', reason: 'no answer' };

  const answer = async (call: string, act: () => Sent, key = ''): Promise<Sent> => {
    calls.push(call);
    const at = next.findIndex((one) => one.call === call);
    const [planned] = at < 0 ? [] : next.splice(at, 1);
    if (planned && typeof planned.answer !== 'string') {
      if ('keyTaken' in planned.answer) taken.add(key);
      return planned.answer;
    }
    const done = act();
    if (planned?.answer === 'died') return new Promise(() => undefined);
    return planned ? unheard : done;
  };

  const workspace = {
    id,
    capabilities: { ...FREELY, quota: null, ...more },
    send: (message: Outgoing) => {
      const key = message.kind === 'card' ? message.platformKey : '';
      const act = () => {
        if (message.kind !== 'card') texts.push(message);
        // A second one under the same key is taken without effect and without a word.
        else if (!cards.has(key) && !taken.has(key)) cards.set(key, message);
        return sent(`${message.kind}-${calls.length}`);
      };
      return answer(message.kind, act, key);
    },
    update: ({ platformKey, card, to }: CardUpdate) =>
      answer('update', () => {
        cards.set(platformKey, { to, card });
        return sent(null);
      }),
    todos: {
      create: (todo: Todo) =>
        answer('todo', () => {
          todos.set(`t-${todo.platformKey}`, { ...todo, state: 'open' });
          return sent(`t-${todo.platformKey}`);
        }),
      find: ({ platformKey }: Pick<Todo, 'platformKey'>) =>
        answer('find', () =>
          todos.has(`t-${platformKey}`)
            ? sent(`t-${platformKey}`)
            : { result: 'dead', platformCode: 'none', reason: 'there is none' },
        ),
      end: ({ platformId }: { platformId: string }, how: 'done' | 'removed') =>
        answer('end', () => {
          const todo = todos.get(platformId);
          if (todo) todo.state = how;
          return sent(platformId);
        }),
    },
  } as unknown as Workspace;

  return {
    ...{ workspace, cards, texts, todos, calls },
    plan: (call: string, what: Sent | 'lost' | 'died') => void next.push({ call, answer: what }),
    /** What somebody, or a group, sees. */
    shownTo: (to: string) => [...cards.values()].filter((one) => one.to === to).map(({ card }) => card),
  };
}
