/** What people and programs get wrong: a clear problem with a stable code, nothing written, nothing broken. */
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../../src/http/contract/problem.ts';
import { type RouteName, ROUTES } from '../../src/http/contract/routes.ts';
import { aRepair } from '../support/office.ts';
import { eachSite, pathOf, type Site } from '../support/site.ts';

interface Case {
  readonly because: string;
  readonly ask: RouteName;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly gets: number;
  readonly code: string;
  readonly field?: string;
}
const filing = (more: object) => ({ template: 'it-repair', values: aRepair, ...more });
const values = (more: object) => filing({ values: { ...aRepair, ...more } });

const CASES: readonly Case[] = [
  {
    because: 'no such template',
    ask: 'fileTicket',
    body: filing({ template: 'nope' }),
    gets: 404,
    code: 'template_not_found',
  },
  {
    because: 'a field the form has not',
    ask: 'fileTicket',
    body: values({ colour: 1 }),
    gets: 400,
    code: 'bad_input',
    field: 'colour',
  },
  {
    because: 'a field the body has not',
    ask: 'fileTicket',
    body: filing({ titel: 1 }),
    gets: 400,
    code: 'unknown_field',
    field: 'titel',
  },
  {
    because: 'a number for a title',
    ask: 'fileTicket',
    body: values({ title: 7 }),
    gets: 400,
    code: 'bad_input',
    field: 'title',
  },
  {
    because: 'no option',
    ask: 'fileTicket',
    body: values({ category: '咖啡机' }),
    gets: 400,
    code: 'bad_input',
    field: 'category',
  },
  {
    because: 'a required field is empty',
    ask: 'fileTicket',
    body: values({ detail: '' }),
    gets: 400,
    code: 'bad_input',
    field: 'detail',
  },
  {
    because: 'a file that is not there',
    ask: 'fileTicket',
    body: values({ files: [4711] }),
    gets: 400,
    code: 'bad_input',
    field: 'files',
  },
  {
    because: 'values are no object',
    ask: 'fileTicket',
    body: filing({ values: [1] }),
    gets: 400,
    code: 'bad_input',
    field: 'values',
  },
  {
    because: 'no values',
    ask: 'fileTicket',
    body: { template: 'it-repair' },
    gets: 400,
    code: 'bad_input',
    field: 'values',
  },
  { because: 'the body is a list', ask: 'fileTicket', body: [], gets: 400, code: 'bad_input', field: '' },
  {
    because: 'nobody has that id',
    ask: 'fileTicket',
    body: filing({ requester: 99_999 }),
    gets: 422,
    code: 'unknown_person',
  },
  { because: 'in another’s name', ask: 'fileTicket', body: filing({ requester: 2 }), gets: 403, code: 'not_allowed' },
  {
    because: 'no act',
    ask: 'act',
    params: { id: 1 },
    body: { act: 'explode' },
    gets: 400,
    code: 'bad_input',
    field: 'act',
  },
  {
    because: 'no task named',
    ask: 'act',
    params: { id: 1 },
    body: { act: 'accept' },
    gets: 400,
    code: 'bad_input',
    field: 'task',
  },
  {
    because: 'values where none belong',
    ask: 'act',
    params: { id: 1 },
    body: { act: 'accept', task: 1, values: {} },
    gets: 400,
    code: 'unknown_field',
  },
  {
    because: 'nobody to transfer to',
    ask: 'act',
    params: { id: 1 },
    body: { act: 'transfer', task: 1 },
    gets: 400,
    code: 'bad_input',
    field: 'person',
  },
  { because: 'no such ticket', ask: 'ticket', params: { id: 999_999 }, gets: 404, code: 'ticket_not_found' },
  { because: 'an id that is none', ask: 'ticket', params: { id: 'abc' }, gets: 404, code: 'ticket_not_found' },
  {
    because: 'an id beyond numbers',
    ask: 'ticket',
    params: { id: '99999999999999999999' },
    gets: 404,
    code: 'ticket_not_found',
  },
  { because: 'no status', ask: 'tickets', query: { status: 'lost' }, gets: 400, code: 'bad_input', field: 'status' },
  {
    because: 'a limit too high',
    ask: 'tickets',
    query: { limit: '1000' },
    gets: 400,
    code: 'bad_input',
    field: 'limit',
  },
  {
    because: 'an unknown parameter',
    ask: 'tickets',
    query: { sort: 'id' },
    gets: 400,
    code: 'unknown_field',
    field: 'sort',
  },
  { because: 'all, for one who may not', ask: 'tickets', query: { view: 'all' }, gets: 403, code: 'not_allowed' },
  { because: 'no form in it', ask: 'upload', body: {}, gets: 400, code: 'bad_input', field: 'file' },
  { because: 'an empty form', ask: 'upload', body: new FormData(), gets: 400, code: 'bad_input', field: 'file' },
  { because: 'no such file', ask: 'download', params: { id: 4711 }, gets: 404, code: 'not_found' },
  { because: 'no such draft', ask: 'draft', params: { id: 4711 }, gets: 404, code: 'not_found' },
];

eachSite('bad input', (start) => {
  let site: Site;
  beforeAll(async () => {
    site = await start();
    await site.as('wangxiao')('fileTicket', { body: filing({}) });
  });
  const state = async () => {
    const tables = ['ticket', 'event', 'task', 'outbox', 'inbox', 'attachment', 'ticket_value'];
    return Promise.all(tables.map((table) => site.office.count(table)));
  };
  const raw = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${await site.tokenOf('wangxiao')}`, 'content-type': 'application/json' };
    const response = await fetch(site.url + path, { ...init, headers: { ...headers, ...init.headers } });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, problem: () => Problem.parse(JSON.parse(text)) };
  };

  it.each(CASES)('$ask: $because → $gets $code', async ({ ask, params = {}, query = {}, body, gets, code, field }) => {
    const before = await state();
    const answer = await site.as('wangxiao')(ask, { params, query, body });
    const problem = Problem.parse(answer.body);
    expect([answer.status, problem.code]).toEqual([gets, code]);
    expect(problem).toMatchObject({
      type: `/problems/${code}`,
      status: gets,
      detail: expect.stringMatching(/[一-龥]/),
    });
    if (field !== undefined) expect(problem.fields?.map((one) => one.field)).toContain(field);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await state()).toEqual(before);
  });

  it('speaks English to those who read it', async () => {
    const headers = { 'accept-language': 'en' };
    const { body } = await site.as('wangxiao')('fileTicket', { body: values({ detail: '' }), headers });
    expect(Problem.parse(body)).toMatchObject({ title: 'Not valid', detail: 'Fill in “问题详细描述”.' });
  });

  describe('acts', () => {
    it('on another’s task, an old version, a task that is over, a closed ticket', async () => {
      const { id } = (await site.as('luoyi')('fileTicket', { body: filing({}) })).body;
      const [task] = (await site.office.ticket(id)).tasks;
      const handler = site.office.people.current().people.get(task?.assigneeId ?? 0)?.account ?? '';
      const act = async (account: string, body: object) => {
        const before = await state();
        const answer = await site.as(account)('act', { params: { id }, body });
        if (answer.status !== 200) expect(await state()).toEqual(before);
        return [answer.status, answer.status === 200 ? 'done' : Problem.parse(answer.body).code];
      };
      const complete = { act: 'complete', task: task?.n, values: { solution: '重启', effort: 1 } };
      expect(await act('luoyi', complete)).toEqual([403, 'not_your_task']);
      expect(await act('fengxue', complete)).toEqual([404, 'ticket_not_found']);
      expect(await act(handler, { ...complete, version: 7 })).toEqual([409, 'changed_meanwhile']);
      expect(await act(handler, { ...complete, ticketVersion: 7 })).toEqual([409, 'changed_meanwhile']);
      expect(await act(handler, { ...complete, task: 4711 })).toEqual([404, 'task_not_found']);
      expect(await act(handler, { ...complete, values: {} })).toEqual([400, 'bad_input']);
      expect(await act(handler, { act: 'return', task: task?.n, to: 'filing' })).toEqual([422, 'comment_required']);
      expect(await act(handler, { act: 'return', task: task?.n, to: 'x', comment: '?' })).toEqual([
        422,
        'bad_return_target',
      ]);
      expect(await act(handler, { act: 'transfer', task: task?.n, to: 4711, comment: '?' })).toEqual([
        422,
        'unknown_person',
      ]);
      expect(await act(handler, { act: 'agree', task: task?.n })).toEqual([409, 'not_now']);
      expect(await act(handler, complete)).toEqual([200, 'done']);
      expect(await act(handler, complete)).toEqual([409, 'task_over']);
      const n = (await site.office.ticket(id)).tasks.at(-1)?.n;
      expect(await act('luoyi', { act: 'agree', task: n })).toEqual([200, 'done']);
      expect(await act('luoyi', { act: 'comment', comment: '谢谢' })).toEqual([409, 'ticket_closed']);
      expect(await act('luoyi', { act: 'withdraw' })).toEqual([409, 'ticket_closed']);
    });
  });

  describe('bodies', () => {
    const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
      raw('/api/v1/tickets', { method: 'POST', body: body as string, headers });

    it.each([
      ['broken JSON', '{"template":', {}],
      ['nothing', '', {}],
      ['another type', 'template=it-repair', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), {}],
    ])('%s → 400 bad_json', async (_, body, headers) => {
      const answer = await post(body, headers);
      expect([answer.status, answer.problem().code]).toEqual([400, 'bad_json']);
    });

    it('more than 1 MiB of JSON → 413, announced or not', async () => {
      const before = await state();
      const body = JSON.stringify(values({ detail: 'x'.repeat(1024 * 1024) }));
      const answer = await post(body);
      expect([answer.status, answer.problem()]).toMatchObject([
        413,
        { code: 'too_large', detail: expect.stringContaining('1 MiB') },
      ]);
      const stream = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(body));
          controller.close();
        },
      });
      const unannounced = await raw('/api/v1/tickets', { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
      expect(unannounced.status).toBe(413);
      expect(await state()).toEqual(before);
    });

    it('a file of more than 50 MiB → 413, announced or not; nothing of it is kept', async () => {
      const before = await state();
      const size = 50 * 1024 * 1024 + 1;
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(size + 100_000)]), 'big.bin');
      const announced = await site.as('wangxiao')('upload', { body: form });
      expect([announced.status, Problem.parse(announced.body).code]).toEqual([413, 'too_large']);
      const barely = new FormData();
      barely.set('file', new Blob([new Uint8Array(size)]), 'big.bin');
      expect((await site.as('wangxiao')('upload', { body: barely })).status).toBe(413);
      expect(await state()).toEqual(before);
    });

    it('an upload that breaks off leaves nothing and harms nobody', async () => {
      const before = await state();
      const { hostname, port } = new URL(site.url);
      const socket = connect(Number(port), hostname);
      const head = `POST /api/v1/attachments HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${await site.tokenOf('wangxiao')}\r\n`;
      const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhalf of it';
      socket.write(`${head}content-type: multipart/form-data; boundary=b\r\ncontent-length: 9999\r\n\r\n${part}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await state()).toEqual(before);
      expect(site.office.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('deep and odd JSON is a problem, never a crash', async () => {
      const deep = `{"template":"it-repair","values":{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
      expect((await post(deep)).status).toBe(400);
      expect((await post('{"template":"it-repair","values":{"__proto__":{"title":"x"},"constructor":1}}')).status).toBe(
        400,
      );
      const odd = JSON.stringify(values({ title: 'a\u0000b\ud800', detail: '\u202e'.repeat(10) }));
      expect((await post(odd)).status).toBeLessThan(500);
    });
  });

  describe('addresses', () => {
    it('that do not exist are problems', async () => {
      for (const path of [
        '/api/v1/nothing',
        '/api/',
        '/api/v2/me',
        '/api/v1/tickets/1/2/3',
        '/api/v1/tickets/%E0%A4%A',
      ])
        expect([path, (await raw(path)).problem().status]).toEqual([path, 404]);
    });

    it('say which methods they take', async () => {
      const answer = await raw('/api/v1/tickets', { method: 'DELETE' });
      expect([answer.status, answer.problem().code, answer.headers.get('allow')]).toEqual([
        405,
        'method_not_allowed',
        'POST, HEAD, GET',
      ]);
    });
  });

  it('an Idempotency-Key that can’t be kept is refused', async () => {
    const headers = { 'idempotency-key': 'x'.repeat(129) };
    const answer = await site.as('wangxiao')('fileTicket', { body: filing({}), headers });
    expect(Problem.parse(answer.body)).toMatchObject({ code: 'bad_input', fields: [{ field: 'Idempotency-Key' }] });
  });

  it('an Error of ours is told as nothing and logged once, whole', async () => {
    const broken = await start({
      tickets: { ...site.office.tickets, seeWhole: () => Promise.reject(new Error('SELECT secret')) },
    });
    const answer = await broken.as('wangxiao')('ticket', { params: { id: 1 } });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answer.body)).not.toContain('SELECT');
    const errors = broken.office.log.lines.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([
      { facts: { requestId: (answer.body as unknown as Problem).instance, path: '/api/v1/tickets/1' } },
    ]);
  });

  it('whatever is sent, nothing answers 5xx (F3)', async () => {
    const token = await site.tokenOf('fengxue');
    const names = Object.keys(ROUTES) as RouteName[];
    const anything = fc.oneof(
      fc.anything(),
      fc.record({
        template: fc.constant('it-repair'),
        values: fc.dictionary(
          fc.constantFrom('title', 'detail', 'category', 'files', 'occurred_at', 'reporter'),
          fc.anything(),
        ),
      }),
      fc.record({
        act: fc.constantFrom('accept', 'comment', 'complete', 'transfer'),
        task: fc.integer(),
        values: fc.object(),
        comment: fc.string(),
        to: fc.oneof(fc.string(), fc.integer()),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.oneof(fc.integer({ min: -1, max: 5 }).map(String), fc.string()),
        anything,
        async (name, id, body) => {
          const path = pathOf(name, { params: { id, key: id === '1' ? 'it-repair' : id, task: id } });
          const method = ROUTES[name].method;
          const json =
            JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ??
            'null';
          const init = method === 'GET' ? {} : { body: json };
          const response = await fetch(site.url + path, {
            method,
            ...init,
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          });
          const text = await response.text();
          expect([response.status < 500, text]).toEqual([true, text]);
          expect(text).not.toMatch(/SELECT |at .*\.ts:\d/);
        },
      ),
      { numRuns: 300 },
    );
  });
});
