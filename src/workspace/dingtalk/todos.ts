/** To-dos. All their ids are unionIds. Source: reference/dingtalk.md, 7. */
import { z } from 'zod';
import type { Sent, Todo, TodoList } from '../port.ts';
import type { Api, Call } from './api.ts';
import { dead, failureOf, sentFrom, type Failure } from './failure.ts';
import { unionIdOf, type People } from './people.ts';

export interface TodoParts {
  readonly api: Api;
  readonly people: People;
  readonly openUrl: (url: string) => string;
  /** Of the to-do: unique in the corp. */
  readonly sourceIdOf: (platformKey: string) => string;
}

/** Characters; 1 024 are allowed. */
const SUBJECT = 300;

const Created = z.object({ id: z.string().min(1) });
const Found = z.object({ id: z.string().nullish(), taskId: z.string().nullish() });
const Done = z.object({ result: z.boolean().nullish() });

export function makeTodos(parts: TodoParts): TodoList {
  const { api, people, sourceIdOf } = parts;

  /** @param path  below the person's to-dos */
  async function ask<T>(account: string, call: Partial<Call> & { path: string }, shape: z.ZodType<T>) {
    try {
      const unionId = await unionIdOf(people, account);
      const path = `v1.0/todo/users/${encodeURIComponent(unionId)}/tasks${call.path}`;
      const query = call.method === 'GET' ? {} : { operatorId: unionId };
      const body = call.body && ownedBy(unionId, call.body);
      return await api.attempt({ ...call, host: 'api', path, query, ...(body ? { body } : {}) }, shape);
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  return {
    async create(todo) {
      const outcome = await ask(todo.account, { path: '', body: bodyOf(todo, parts) }, Created);
      return 'failure' in outcome ? createdBefore(outcome.failure) : sent(outcome.answer.id);
    },
    async find({ platformKey, account }) {
      const path = `/sources/${encodeURIComponent(sourceIdOf(platformKey))}`;
      const outcome = await ask(account, { method: 'GET', path }, Found);
      if ('failure' in outcome) return sentFrom(outcome.failure);
      const id = outcome.answer.id || outcome.answer.taskId;
      return id ? sent(id) : dead('none', 'there is no such to-do');
    },
    async end({ account, platformId }, how) {
      const path = `/${encodeURIComponent(platformId)}`;
      const outcome =
        how === 'done'
          ? await ask(account, { method: 'PUT', path, body: { done: true } }, Done)
          : await ask(account, { method: 'DELETE', path }, Done);
      if (!('failure' in outcome)) return sent(platformId);
      return isGone(outcome.failure) ? sent(platformId) : sentFrom(outcome.failure);
    },
  };
}

const sent = (platformId: string): Sent => ({ result: 'sent', platformId, code: null });

/** Owner, creator and the one who does it are the same person: ours is a list of their own tasks. */
const ownedBy = (unionId: string, body: object): object =>
  'sourceId' in body ? { ...body, creatorId: unionId, executorIds: [unionId] } : body;

function bodyOf({ platformKey, subject, url, dueAt }: Todo, { openUrl, sourceIdOf }: TodoParts): object {
  const address = openUrl(url);
  const chars = [...subject];
  return {
    sourceId: sourceIdOf(platformKey),
    subject: chars.length <= SUBJECT ? subject : `${chars.slice(0, SUBJECT - 1).join('')}…`,
    // Without it the call is refused since 2024.
    detailUrl: { appUrl: address, pcUrl: address },
    ...(dueAt === null ? {} : { dueTime: dueAt }),
    isOnlyShowExecutor: true,
    // The card has told them already.
    notifyConfigs: { dingNotify: '0', sendAssistantChat: 'false' },
  };
}

/** The one place where words have to be read: three meanings share a code. */
function createdBefore(failure: Failure): Sent {
  if (failure.kind !== 'refused' || !/task exist/i.test(failure.message)) return sentFrom(failure);
  const [, id] = /taskId is ([A-Za-z0-9_-]+)/.exec(failure.message) ?? [];
  return id ? sent(id) : { result: 'arrived', platformCode: failure.code, reason: failure.message };
}

const isGone = (failure: Failure): boolean => failure.kind === 'refused' && /task not exist/i.test(failure.message);
