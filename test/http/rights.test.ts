/** Who gets what from every route: foreign and missing look alike, and a route without a row here fails the suite (A1). */
import { beforeAll, expect, it } from '@jest/globals';
import { type RouteName, ROUTES } from '../../src/http/contract/routes.ts';
import { beginDraft } from '../../src/ticket/drafts.ts';
import { aRepair } from '../support/office.ts';
import { type Ask, eachSite, type Site } from '../support/site.ts';

const WHO = ['anonymous', 'stranger', 'requester', 'handler', 'admin'] as const;
type Statuses = readonly [anonymous: number, stranger: number, requester: number, handler: number, admin: number];

interface Things {
  readonly ticket: number;
  readonly file: number;
  readonly draft: number;
}
interface Row {
  readonly route: RouteName;
  readonly ask: (of: Things) => Ask;
  /** About the requester's thing. */
  readonly gets: Statuses;
  /** About one that does not exist; absent: the route names none. */
  readonly missing?: Statuses;
}
const filing = { template: 'it-repair', values: aRepair };
const all = (status: number): Statuses => [401, status, status, status, status];
const admins = (status: number): Statuses => [401, 403, 403, 403, status];
const strangers = { from: 'sandbox/nobody', into: 'sandbox/noone' };
const ticket = (of: Things): Ask => ({ params: { id: of.ticket } });
const task = (of: Things): Ask => ({ params: { id: of.ticket, task: 4 }, body: { values: {} } });
const key = { params: { key: 'it-repair' }, body: { values: {} } };

/** `act`, `submitDraft`, `resend` and the links are refused for another reason by those who may: what counts is what they learn. */
const ROWS: readonly Row[] = [
  { route: 'me', ask: () => ({}), gets: all(200) },
  { route: 'templates', ask: () => ({}), gets: all(200) },
  { route: 'templateForm', ask: () => ({ params: key.params }), gets: all(200) },
  { route: 'templateFormState', ask: () => key, gets: all(200) },
  { route: 'templateFindings', ask: () => ({ params: key.params }), gets: admins(200) },
  { route: 'checkTemplate', ask: () => ({ body: { text: 'x' } }), gets: all(200) },
  { route: 'publishTemplate', ask: () => ({ body: { text: 'x' } }), gets: admins(422) },
  { route: 'fileTicket', ask: () => ({ body: filing }), gets: all(201) },
  { route: 'tickets', ask: () => ({ query: { view: 'all' } }), gets: admins(200) },
  { route: 'ticket', ask: ticket, gets: [401, 404, 200, 200, 200], missing: all(404) },
  // It is not over yet: only whose it is learns that.
  { route: 'again', ask: ticket, gets: [401, 404, 409, 403, 403], missing: all(404) },
  {
    route: 'againFormState',
    ask: (of) => ({ ...ticket(of), body: { values: {} } }),
    gets: [401, 404, 409, 403, 403],
    missing: all(404),
  },
  {
    route: 'act',
    ask: (of) => ({ ...ticket(of), body: { act: 'comment', comment: '' } }),
    gets: [401, 404, 422, 422, 422],
    missing: all(404),
  },
  { route: 'taskFormState', ask: task, gets: [401, 404, 403, 200, 403], missing: all(404) },
  { route: 'tasks', ask: () => ({}), gets: all(200) },
  // Whose tasks they are is answered for each.
  { route: 'agreeToMany', ask: () => ({ body: { tasks: [{ ticket: 1, task: 1, version: 1 }] } }), gets: all(200) },
  { route: 'upload', ask: () => ({ body: {} }), gets: all(400) },
  { route: 'download', ask: (of) => ({ params: { id: of.file } }), gets: [401, 404, 200, 200, 200], missing: all(404) },
  { route: 'people', ask: () => ({}), gets: all(200) },
  { route: 'linkPeople', ask: () => ({ body: strangers }), gets: admins(422) },
  { route: 'unlinkPeople', ask: () => ({ body: strangers }), gets: admins(422) },
  { route: 'substitutes', ask: () => ({}), gets: all(200) },
  { route: 'substitutes', ask: () => ({ query: { person: 'all' } }), gets: admins(200) },
  // Refused for everybody, for a reason that only those learn who may.
  { route: 'addSubstitute', ask: () => ({ body: { substitute: 99_999, from: 0, until: 1 } }), gets: all(422) },
  {
    route: 'addSubstitute',
    ask: () => ({ body: { person: 99_999, substitute: 1, from: 0, until: 1 } }),
    gets: admins(422),
  },
  { route: 'revokeSubstitute', ask: () => ({ params: { id: 4711 } }), gets: all(404) },
  {
    route: 'nameSuccessor',
    ask: () => ({ params: { id: 99_999 }, body: { successor: null } }),
    gets: admins(422),
  },
  { route: 'rotas', ask: () => ({}), gets: all(200) },
  {
    route: 'setRota',
    ask: () => ({
      body: { name: 'x', pattern: { kind: 'rotation', members: [99_999], days: 1, from: '2026-01-01', handover: 0 } },
    }),
    gets: admins(422),
  },
  { route: 'departments', ask: () => ({}), gets: all(200) },
  { route: 'draft', ask: (of) => ({ params: { id: of.draft } }), gets: [401, 404, 200, 404, 404], missing: all(404) },
  {
    route: 'changeDraft',
    ask: (of) => ({ params: { id: of.draft }, body: { values: {} } }),
    gets: [401, 404, 200, 404, 404],
    missing: all(404),
  },
  {
    route: 'submitDraft',
    ask: (of) => ({ params: { id: of.draft }, body: { values: {} } }),
    gets: [401, 404, 400, 404, 404],
    missing: all(404),
  },
  { route: 'deadLetters', ask: () => ({}), gets: admins(200) },
  { route: 'resendAll', ask: () => ({}), gets: admins(200) },
  { route: 'resend', ask: () => ({ params: { id: 4711 } }), gets: admins(404) },
];

eachSite('rights', (start) => {
  let site: Site;
  let things: Things;
  let handler: string;
  beforeAll(async () => {
    site = await start();
    const form = new FormData();
    form.set('file', new Blob(['x']), 'x.txt');
    const file = (await site.as('wangxiao')('upload', { body: form })).body.id;
    const values = { ...aRepair, files: [file] };
    const { body } = await site.as('wangxiao')('fileTicket', { body: { template: 'it-repair', values } });
    const [task_] = (await site.office.ticket(body.id)).tasks;
    handler = site.office.people.current().people.get(task_?.assigneeId ?? 0)?.account ?? '';
    const draft = await site.office.db.write(async (tx) => {
      const template = site.office.templates.current().get('it-repair');
      if (!template) throw new Error('no template');
      const place = { personId: site.office.id('wangxiao'), workspace: 'sandbox', chat: 'wangxiao' };
      return (await beginDraft(tx, place, template, {}, site.office.clock())).id;
    });
    things = { ticket: body.id, file, draft };
  });
  const callers = () => ({
    anonymous: site.nobody,
    stranger: site.as('luoyi'),
    requester: site.as('wangxiao'),
    handler: site.as(handler),
    admin: site.as('wugang'),
  });
  const statuses = async (route: RouteName, ask: Ask): Promise<number[]> =>
    Promise.all(WHO.map(async (who) => (await callers()[who](route, ask)).status));

  it('has a row for every route', () => {
    expect([...new Set(ROWS.map(({ route }) => route))].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it.each(ROWS)('$route: $gets', async ({ route, ask, gets }) => {
    const n = (await site.office.ticket(things.ticket)).tasks[0]?.n ?? 0;
    const asked = ask(things);
    const { params } = asked;
    expect(await statuses(route, params?.['task'] ? { ...asked, params: { ...params, task: n } } : asked)).toEqual(
      gets,
    );
  });

  it.each(ROWS.filter(({ missing }) => missing))('$route of nothing: $missing', async ({ route, ask, missing }) => {
    const nothing = { ticket: 999_999, file: 999_999, draft: 999_999 };
    expect(await statuses(route, ask(nothing))).toEqual(missing);
    // To a stranger, what is another's looks exactly like what is not there.
    const plain = async (of: Things) => {
      const { body } = await callers().stranger(route, ask(of));
      return { ...(body as object), instance: '' };
    };
    expect(await plain(things)).toEqual(await plain(nothing));
  });

  it('somebody who left has no way in', async () => {
    const token = await site.tokenOf('fengxue');
    const cookie = await site.page('fengxue');
    await site.office.db.write(async (tx) => {
      await tx.run("UPDATE person SET state = 'left' WHERE id = ?", [site.office.id('fengxue')]);
      await tx.run('UPDATE directory SET revision = revision + 1');
    });
    await site.office.people.refresh();
    expect((await site.nobody('me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
    expect((await site.nobody('me', { headers: { cookie } })).status).toBe(401);
  });

  it('a token does what its scopes say, and no more', async () => {
    const asToken = async (scope: 'read' | 'write', route: RouteName, ask: Ask) => {
      const authorization = `Bearer ${await site.tokenOf('wugang', [scope])}`;
      return (await site.nobody(route, { ...ask, headers: { authorization } })).status;
    };
    expect(await asToken('read', 'me', {})).toBe(200);
    expect(await asToken('read', 'fileTicket', { body: filing })).toBe(403);
    expect(await asToken('write', 'fileTicket', { body: filing })).toBe(201);
    expect(await asToken('write', 'deadLetters', {})).toBe(403);
  });

  it('a token that was revoked, a wrong one, and rubbish are all the same', async () => {
    const made = await site.tokens.make({ personId: site.office.id('luoyi'), scopes: ['read'], until: null });
    await site.tokens.revoke(made.id);
    for (const authorization of [`Bearer ${made.token}`, 'Bearer pd_x', 'Basic x', 'Bearer'])
      expect((await site.nobody('me', { headers: { authorization } })).status).toBe(401);
  });

  it('a session changes nothing without the header that other sites can’t send', async () => {
    const cookie = await site.page('luoyi');
    const forged = await site.nobody('fileTicket', { body: filing, headers: { cookie } });
    expect([forged.status, (forged.body as unknown as { code: string }).code]).toEqual([403, 'csrf']);
    const own = await site.nobody('fileTicket', { body: filing, headers: { cookie, 'x-paidan': '1' } });
    expect(own.status).toBe(201);
    expect((await site.nobody('me', { headers: { cookie } })).status).toBe(200);
  });

  it('outside the sandbox there are no seats: a browser has one session', async () => {
    const { token } = await site.sessions.open({ personId: site.office.id('luoyi'), workspaceId: 'sandbox' });
    const headers = { cookie: `pd_session.luoyi=${token}`, 'x-paidan-as': 'luoyi' };
    expect((await site.nobody('me', { headers })).status).toBe(401);
    const usual = { cookie: `pd_session=${token}; sandbox_as=wugang`, 'x-paidan-as': 'wugang' };
    expect((await site.nobody('me', { headers: usual })).body.person.name).toBe('罗毅');
  });

  it('too many requests are told to wait', async () => {
    const busy = site.as('hanmei');
    const answers = await Promise.all(Array.from({ length: 610 }, () => busy('me')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBe(10);
    expect(refused[0]?.headers.get('retry-after')).toBe('10');
    expect((await site.as('dengli')('me')).status).toBe(200);
  });
});
