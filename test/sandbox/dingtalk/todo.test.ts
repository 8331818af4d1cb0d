/** Reference, section 7, and section 12 "To-dos"; and that all of DingTalk's state survives the process. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../support.ts';
import { aDingApp, aDingCard, aDingtalk, connected, type DingBench } from './support.ts';

const unionOf = async (bench: DingBench, userid: string) =>
  String(((await bench.oapi('topapi/v2/user/get', { userid }))['result'] as Json)['unionid']);

describe('to-dos', () => {
  let bench: DingBench;
  let songjie: string;
  let fangmin: string;
  beforeEach(async () => {
    bench = await aDingtalk();
    songjie = await unionOf(bench, 'ding-songjie');
    fangmin = await unionOf(bench, 'ding-fangmin');
  });
  afterEach(() => bench.close());

  const todo = (change: Json = {}): Json => ({
    subject: '处理工单 1001',
    sourceId: 'task-1',
    dueTime: 1_772_500_000_000,
    executorIds: [songjie],
    detailUrl: { appUrl: 'http://127.0.0.1/m/1', pcUrl: 'http://127.0.0.1/t/1' },
    ...change,
  });
  const create = (change: Json = {}, owner = songjie) =>
    bench.ding(`POST v1.0/todo/users/${owner}/tasks?operatorId=${owner}`, todo(change));
  const list = async (userid: string) => (await bench.api('GET', `chats/${userid}/todos`)).body as unknown as Json[];

  it('appear for who is to do it, and end', async () => {
    const { status, body } = await create();
    expect([status, body]).toMatchObject([200, { id: expect.any(String), done: false, sourceId: 'task-1' }]);
    const task = `v1.0/todo/users/${songjie}/tasks/${String(body['id'])}`;
    expect(await list('ding-songjie')).toEqual([
      { id: body['id'], subject: '处理工单 1001', url: 'http://127.0.0.1/m/1', dueAt: 1_772_500_000_000, done: false },
    ]);
    expect(await list('ding-fangmin')).toEqual([]);
    const done = { executorStatusList: [{ id: songjie, isDone: true }] };
    expect((await bench.ding(`PUT ${task}/executorStatus`, done)).body).toEqual({ result: true });
    expect(await list('ding-songjie')).toMatchObject([{ done: true }]);
    await bench.ding(`PUT ${task}`, { executorIds: [fangmin], done: true });
    expect([await list('ding-songjie'), await list('ding-fangmin')]).toMatchObject([[], [{ done: true }]]);
    expect((await bench.ding(`DELETE ${task}`)).body).toMatchObject({ result: true });
    expect(await list('ding-fangmin')).toEqual([]);
    expect((await bench.ding(`DELETE ${task}`)).body).toMatchObject({
      code: 'todo.taskDelete.paramError',
      message: 'task not exist',
    });
  });
  it('one per sourceId: the second says which there is, and it can be found', async () => {
    const { body } = await create();
    const again = await create();
    expect([again.status, again.body['code']]).toEqual([400, 'todo.taskCreate.paramError']);
    expect(again.body['message']).toMatch(new RegExp(`^task existed.*taskId is ${String(body['id'])}$`));
    const found = await bench.ding(`GET v1.0/todo/users/${songjie}/tasks/sources/task-1`);
    expect(found.body).toMatchObject({ id: body['id'], done: false });
    const open = await bench.ding(`POST v1.0/todo/users/${songjie}/org/tasks/query`, { isDone: false });
    expect(open.body['todoCards']).toMatchObject([{ taskId: body['id'], isDone: false }]);
  });
  it('are listed with the open ones first', async () => {
    const ids: unknown[] = [];
    for (const sourceId of ['a', 'b', 'c']) ids.push((await create({ sourceId, subject: sourceId })).body['id']);
    await bench.ding(`PUT v1.0/todo/users/${songjie}/tasks/${String(ids[2])}`, { done: true });
    expect((await list('ding-songjie')).map((one) => one['subject'])).toEqual(['b', 'a', 'c']);
  });
  it('need a page and unionIds', async () => {
    const code = async (change: Json, owner?: string) => {
      const { status, body } = await create(change, owner);
      return [status, body['code'], String(body['message']).split(' ')[0]];
    };
    const error = 'todo.taskCreate.paramError';
    expect(await code({ detailUrl: undefined })).toEqual([400, error, 'detailUrl']);
    expect(await code({ executorIds: ['ding-songjie'] })).toEqual([400, error, 'executors:']);
    expect(await code({ subject: 'x'.repeat(1025) })).toEqual([400, error, 'subject']);
    expect(await code({ dueTime: 'tomorrow' })).toEqual([400, error, 'dueTime']);
    expect(await code({}, 'ding-songjie')).toEqual([400, error, 'unionId']);
  });
  it('are told live', async () => {
    const stream = await fetch(`${bench.served.url}/sandbox/api/events?users=ding-songjie`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await create();
    let read = '';
    while (!read.includes('"todos"')) read += (await reader?.read())?.value ?? '';
    expect(read).toContain('处理工单 1001');
    await reader?.cancel();
  });
});

describe('a sandbox that was killed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paidan-dingtalk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("knows DingTalk's chats, cards, routes, to-dos, tokens, files and console again", async () => {
    const first = await aDingtalk({ folder });
    const app = await aDingApp();
    await connected(first, app);
    const token = await first.dingToken();
    await first.ding('POST v1.0/card/instances/createAndDeliver', aDingCard(first, 'c1', 'ding-songjie'));
    const songjie = await unionOf(first, 'ding-songjie');
    const detailUrl = { appUrl: 'http://a/', pcUrl: 'http://a/' };
    await first.ding(`POST v1.0/todo/users/${songjie}/tasks`, {
      subject: 's',
      sourceId: 't',
      executorIds: [songjie],
      detailUrl,
    });
    app.answers.set('/robot', () => undefined);
    const lost = first.api('POST', 'chats/ding-fangmin/text', { content: '报修' }).catch(() => null);
    while (app.heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    appendFileSync(join(folder, 'dingtalk', 'journal.jsonl'), '[["message","torn'); // the kill in the middle of a write

    const second = await aDingtalk({ folder });
    expect(await second.dingToken()).toBe(token);
    expect(await second.last('ding-fangmin')).toMatchObject({ text: '报修', delivery: 'failed' });
    expect((await second.api('GET', 'chats/ding-songjie/todos')).body).toMatchObject([{ subject: 's' }]);
    expect((await second.api('GET', 'dingtalk/console')).body).toMatchObject({ robotUrl: `${app.url}/robot` });
    const messageId = (await second.last('ding-songjie'))['id'];
    expect((await second.api('POST', 'chats/ding-songjie/act', { messageId, actionId: 'b1' })).body).toMatchObject({
      delivered: true,
    });
    app.answers.delete('/robot');
    const failed = (await second.last('ding-fangmin'))['id'];
    await second.api('POST', 'chats/ding-fangmin/retry', { messageId: failed });
    expect(await second.last('ding-fangmin')).toMatchObject({ delivery: 'delivered' });
    await Promise.all([first.close(), second.close(), app.close(), lost]);
  });
});
