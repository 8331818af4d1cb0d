/** To-dos: one per sourceId, for people named by unionId. Source: reference/dingtalk.md, 7. */
import type { DingtalkCorp } from './corp.ts';
import type { Request } from './endpoint.ts';
import { refuse } from './errors.ts';
import type { TodoRow } from './rows.ts';

type Body = Record<string, unknown>;

const MAX_SUBJECT = 1024; // characters
const MAX_URL = 1024; // bytes
const MAX_PEOPLE = 1000;
const BIZ_TAG = 'paidan';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
type Action = 'Create' | 'Update' | 'Delete' | 'ExecutorStatusUpdate';
const wrong = (action: Action, message: string) => refuse(`todo.task${action}.paramError`, message);

/** @throws ApiError */
function find(corp: DingtalkCorp, taskId: string | undefined, action: Action): TodoRow {
  const row = corp.rows.get('todo', taskId ?? '');
  if (!row) throw wrong(action, 'task not exist');
  return row;
}

const bySource = (corp: DingtalkCorp, sourceId: string) =>
  [...corp.rows.all('todo')].find(([, row]) => row.sourceId === sourceId);

export const makeTodos = (corp: DingtalkCorp) => ({ ...makeWriting(corp), ...makeReading(corp) });

function makeReading(corp: DingtalkCorp) {
  return {
    get: ({ path }: Request): object => shown(path['taskId'] ?? '', find(corp, path['taskId'], 'Update')),
    bySource({ path }: Request): object {
      const found = bySource(corp, path['sourceId'] ?? '');
      if (!found) throw wrong('Update', 'task not exist');
      return shown(...found);
    },
    query({ body, path }: Request): object {
      const unionId = path['unionId'] ?? '';
      const done = (row: TodoRow) => row.done || row.doneBy.includes(unionId);
      const mine = [...corp.rows.all('todo')].filter(
        ([, row]) =>
          [row.owner, ...row.executors, ...row.participants].includes(unionId) &&
          (typeof body['isDone'] !== 'boolean' || done(row) === body['isDone']),
      );
      return { todoCards: mine.map(([id, row]) => ({ ...card(id, row), isDone: done(row) })) };
    },
  };
}

function makeWriting(corp: DingtalkCorp) {
  const checkOwner = ({ path, query }: Request, action: Action) => {
    for (const id of [path['unionId'], query.get('operatorId') ?? undefined])
      if (id !== undefined && corp.personOf(id) === undefined) throw wrong(action, `unionId ${id} is illegal`);
  };

  return {
    create(request: Request): object {
      const { body, path } = request;
      checkOwner(request, 'Create');
      const owner = path['unionId'] ?? '';
      const row = readTodo(corp, body, owner);
      const twin = row.sourceId === null ? undefined : bySource(corp, row.sourceId);
      if (twin) throw wrong('Create', `task existed, sourceId is ${String(row.sourceId)}, taskId is ${twin[0]}`);
      const id = `task${corp.ids.bytes(16).toString('hex')}`;
      corp.rows.commit(['todo', id, row]);
      return { ...shown(id, row), requestId: corp.ids.text(16) };
    },
    update(request: Request): object {
      const { body, path } = request;
      checkOwner(request, 'Update');
      const old = find(corp, path['taskId'], 'Update');
      const done = body['done'] === undefined ? old.done : body['done'] === true;
      const next: TodoRow = {
        ...old,
        ...(isText(body['subject']) ? { subject: subjectOf(body, 'Update') } : {}),
        ...(typeof body['dueTime'] === 'number' ? { dueTime: body['dueTime'] } : {}),
        executors: peopleOf(corp, body, 'executorIds', 'Update') ?? old.executors,
        participants: peopleOf(corp, body, 'participantIds', 'Update') ?? old.participants,
        done,
        changedAt: corp.now(),
        finishedAt: done ? (old.finishedAt ?? corp.now()) : null,
      };
      corp.rows.commit(['todo', path['taskId'] ?? '', next]);
      return { result: true };
    },
    executorStatus(request: Request): object {
      const { body, path } = request;
      checkOwner(request, 'ExecutorStatusUpdate');
      const old = find(corp, path['taskId'], 'ExecutorStatusUpdate');
      const list: unknown = body['executorStatusList'];
      if (!Array.isArray(list) || list.length === 0 || list.length > MAX_PEOPLE)
        throw wrong('ExecutorStatusUpdate', 'executors is oversize');
      const doneBy = new Set(old.doneBy);
      for (const { id, isDone } of list as Body[]) {
        if (!isText(id) || !old.executors.includes(id)) throw wrong('ExecutorStatusUpdate', 'executor not exist');
        if (isDone === true) doneBy.add(id);
        else doneBy.delete(id);
      }
      corp.rows.commit(['todo', path['taskId'] ?? '', { ...old, doneBy: [...doneBy], changedAt: corp.now() }]);
      return { result: true };
    },
    remove(request: Request): object {
      checkOwner(request, 'Delete');
      find(corp, request.path['taskId'], 'Delete');
      corp.rows.commit(['todo', request.path['taskId'] ?? '', null]);
      return { result: true, requestId: corp.ids.text(16) };
    },
  };
}

function subjectOf(body: Body, action: Action): string {
  const subject = body['subject'];
  if (!isText(subject)) throw wrong(action, 'subject is empty');
  if (subject.length > MAX_SUBJECT) throw wrong(action, 'subject is oversize');
  return subject;
}

function peopleOf(corp: DingtalkCorp, body: Body, field: 'executorIds' | 'participantIds', action: Action) {
  const list: unknown = body[field];
  if (list === undefined || list === null) return null;
  const name = field === 'executorIds' ? 'executors' : 'participants';
  if (!Array.isArray(list) || list.length > MAX_PEOPLE) throw wrong(action, `${name} is oversize`);
  return list.map((id: unknown) => {
    // A userid in the place of a unionId is the usual mistake.
    if (typeof id !== 'string' || corp.personOf(id) === undefined)
      throw wrong(action, `${name}: ${String(id)} is not a unionId`);
    return id;
  });
}

function readTodo(corp: DingtalkCorp, body: Body, owner: string): TodoRow {
  const { sourceId, dueTime, creatorId, notifyConfigs } = body;
  const urls = (body['detailUrl'] ?? {}) as Body;
  if (!isText(urls['appUrl']) || !isText(urls['pcUrl'])) throw wrong('Create', 'detailUrl is required');
  if ([urls['appUrl'], urls['pcUrl']].some((url) => Buffer.byteLength(url) > MAX_URL))
    throw wrong('Create', 'detailUrl is oversize');
  if (dueTime !== undefined && (typeof dueTime !== 'number' || !Number.isInteger(dueTime)))
    throw wrong('Create', 'dueTime is invalid');
  if (isText(creatorId) && corp.personOf(creatorId) === undefined) throw wrong('Create', 'creatorId is not a unionId');
  if (notifyConfigs && Object.values(notifyConfigs).some((value) => typeof value !== 'string'))
    throw wrong('Create', 'notifyConfigs: every value is a string');
  const executors = peopleOf(corp, body, 'executorIds', 'Create') ?? [];
  return {
    owner,
    subject: subjectOf(body, 'Create'),
    sourceId: isText(sourceId) ? sourceId : null,
    url: urls['appUrl'],
    pcUrl: urls['pcUrl'],
    dueTime: dueTime ?? null,
    executors,
    participants: peopleOf(corp, body, 'participantIds', 'Create') ?? [],
    done: false,
    doneBy: [],
    createdAt: corp.now(),
    changedAt: corp.now(),
    finishedAt: null,
  };
}

const shown = (id: string, row: TodoRow): object => ({
  id,
  subject: row.subject,
  sourceId: row.sourceId ?? '',
  detailUrl: { appUrl: row.url, pcUrl: row.pcUrl },
  dueTime: row.dueTime ?? 0,
  creatorId: row.owner,
  executorIds: row.executors,
  participantIds: row.participants,
  done: row.done,
  createdTime: row.createdAt,
  modifiedTime: row.changedAt,
  startTime: row.createdAt,
  finishTime: row.finishedAt ?? 0,
  bizTag: BIZ_TAG,
  source: BIZ_TAG,
});

const card = (id: string, row: TodoRow) => ({
  taskId: id,
  subject: row.subject,
  dueTime: row.dueTime ?? 0,
  detailUrl: { appUrl: row.url, pcUrl: row.pcUrl },
  createdTime: row.createdAt,
  modifiedTime: row.changedAt,
  creatorId: row.owner,
  sourceId: row.sourceId ?? '',
  bizTag: BIZ_TAG,
  todoType: 'TODO',
});
