/** The API's ordinary ways: filing, looking, acting, lists, forms, files, drafts. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { aRepair } from '../support/office.ts';
import { eachSite, type Site } from '../support/site.ts';
import { beginDraft } from '../../src/ticket/drafts.ts';
import type { Workspace } from '../../src/workspace/port.ts';
import { FREELY } from '../support/capabilities.ts';

eachSite('the API', (start) => {
  let site: Site;
  beforeAll(async () => {
    site = await start();
  });

  const file = async (account = 'wangxiao') => {
    const { body, status } = await site.as(account)('fileTicket', { body: { template: 'it-repair', values: aRepair } });
    expect(status).toBe(201);
    return body;
  };
  const whole = async (account: string, id: number) => (await site.as(account)('ticket', { params: { id } })).body;
  /** The account that has the ticket's open task. */
  const holder = async (id: number): Promise<string> => {
    const ticket = await site.office.ticket(id);
    const task = ticket.tasks.find(({ state }) => state === 'open');
    return site.office.people.current().people.get(task?.assigneeId ?? -1)?.account ?? 'nobody';
  };

  it('says who I am and what I may do', async () => {
    const { body } = await site.as('wangxiao')('me', { headers: { 'accept-language': 'en' } });
    expect(body).toMatchObject({
      person: { name: '王晓', department: '总公司/市场部' },
      workspace: 'sandbox',
      locale: 'en',
      rights: { viewAll: false, publishTemplates: false },
    });
    expect((await site.as('wugang')('me')).body.rights).toEqual({
      viewAll: true,
      fileForOthers: true,
      publishTemplates: true,
      resend: true,
    });
  });

  it('a ticket goes from filing to closed over the API alone', async () => {
    const { id, number } = await file();
    const handler = await holder(id);
    const seen = await whole(handler, id);
    expect(seen).toMatchObject({ number, title: '打印机卡纸', statusText: '待受理', requester: { name: '王晓' } });
    expect(seen.waitingFor).toHaveLength(1);
    const [mine] = seen.possible.tasks;
    expect(mine?.acts.map(({ act }) => act)).toEqual([
      'accept',
      'complete',
      'return',
      'transfer',
      'add_sign',
      'pause',
      'delegate',
      'split',
    ]);
    expect(mine?.form?.fields.map((field) => field.id)).toEqual(['solution', 'effort', 'core']);

    const act = (account: string, body: Record<string, unknown>) => site.as(account)('act', { params: { id }, body });
    expect((await act(handler, { act: 'accept', task: mine?.n, version: mine?.version })).body.status).toBe(
      'processing',
    );
    const values = { solution: '更换了搓纸轮', effort: 1.5, core: true };
    expect((await act(handler, { act: 'complete', task: mine?.n, values })).body.status).toBe('approving');
    const approver = await whole('wugang', id);
    expect((await act('wugang', { act: 'agree', task: approver.possible.tasks[0]?.n })).body.status).toBe('confirming');
    const confirm = (await whole('wangxiao', id)).possible.tasks[0];
    expect(confirm?.acts).toMatchObject([
      { act: 'agree', text: '已解决', commentRequired: false },
      { act: 'refuse', text: '未解决', commentRequired: true },
    ]);
    expect((await act('wangxiao', { act: 'agree', task: confirm?.n })).body.status).toBe('closed');

    const end = await whole('wangxiao', id);
    expect(end).toMatchObject({ status: 'closed', outcomeText: '已确认解决', waitingFor: [], possible: { tasks: [] } });
    expect(end.results).toMatchObject([
      { node: '工程师处理', fields: [{ text: '更换了搓纸轮' }, { text: '1.5 小时' }, {}] },
    ]);
    expect(end.timeline.map(({ text }) => text)).toEqual([
      '王晓 提交了工单',
      expect.stringMatching(/^「工程师处理」交给 /),
      expect.stringMatching(/ 受理了工单$/),
      expect.stringMatching(/ 处理完成$/),
      '「主管审批」交给 吴刚',
      '吴刚 同意',
      '「申请人确认」交给 王晓',
      '王晓 确认已解决',
      '工单结束：已确认解决',
    ]);
    expect(end.timeline[3]?.values.map(({ text }) => text)).toEqual(['更换了搓纸轮', '1.5 小时', '是']);
  });

  it('the language that a person chose in the chat counts for more than their browser’s', async () => {
    await site.office.db.write(async (tx) => {
      await tx.run("UPDATE person SET locale = 'en' WHERE id = ?", [site.office.id('xiebin')]);
      await tx.run('UPDATE directory SET revision = revision + 1');
    });
    await site.office.people.refresh();
    const { body } = await site.as('xiebin')('me', { headers: { 'accept-language': 'zh-CN' } });
    expect(body.locale).toBe('en');
  });

  it('a title longer than lists hold is cut there and whole in the form', async () => {
    const text = `template: long
name: 长
number: L-{seq:4}
form:
  - { id: title, type: text, label: 标题, required: true }
  - { id: how, type: text, label: 紧急程度, means: urgency }
flow:
  - { id: do, handle: 处理, assignee: { role: IT服务台 } }
`;
    await site.as('wugang')('publishTemplate', { body: { text } });
    const values = { title: '长'.repeat(500), how: '急'.repeat(100) };
    const filed = await site.as('wangxiao')('fileTicket', { body: { template: 'long', values } });
    expect(filed.status).toBe(201);
    const seen = await whole('wangxiao', filed.body.id);
    expect([seen.title.length, seen.urgency.length]).toEqual([255, 32]);
    expect(seen.fields[0]?.value).toBe(values.title);
  });

  it('answers in the language that was asked for', async () => {
    const { id } = await file();
    const { body } = await site.as('wangxiao')('ticket', {
      params: { id },
      headers: { 'accept-language': 'en-GB,en;q=0.9' },
    });
    expect(body).toMatchObject({ statusText: 'Pending' });
    expect(body.timeline[0]?.text).toBe('王晓 filed the ticket');
  });

  it('the same Idempotency-Key files one ticket and answers the same', async () => {
    const body = { template: 'it-repair', values: aRepair };
    const headers = { 'idempotency-key': 'one-and-the-same' };
    const before = await site.office.count('ticket');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => site.as('luoyi')('fileTicket', { body, headers })),
    );
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.number}`)).size).toBe(1);
    expect(await site.office.count('ticket')).toBe(before + 1);
    // Another person's key of the same name is another command.
    const other = await site.as('fengxue')('fileTicket', { body, headers });
    expect(other.body.number).not.toBe(answers[0]?.body.number);
  });

  it('lists what I asked for and what I have to do, page by page', async () => {
    const first = await file('hanmei');
    const second = await file('hanmei');
    const ask = (query: Record<string, string | number>) => site.as('hanmei')('tickets', { query });
    const page = (await ask({ limit: 1 })).body;
    expect(page.tickets.map(({ id }) => id)).toEqual([second.id]);
    const rest = (await ask({ before: page.next ?? 0 })).body;
    expect(rest).toMatchObject({ tickets: [{ id: first.id, template: { name: 'IT 报修' } }], next: null });
    expect((await ask({ q: '卡纸', status: 'pending' })).body.tickets).toHaveLength(2);
    expect((await ask({ q: '咖啡' })).body.tickets).toEqual([]);
    const todo = (await site.as(await holder(second.id))('tasks')).body.tasks;
    expect(todo[0]).toMatchObject({ id: second.id, kind: 'handle', kindText: '待处理' });
    const all = (await site.as('wugang')('tickets', { query: { view: 'all', template: 'it-repair' } })).body.tickets;
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, second.id]));
  });

  describe('forms', () => {
    it('come with defaults, and change with the values', async () => {
      const ask = site.as('wangxiao');
      const { form, template } = (await ask('templateForm', { params: { key: 'it-repair' } })).body;
      expect(template.name).toBe('IT 报修');
      expect(form.live).toBe(true);
      const field = (state: typeof form, id: string) => state.fields.find((one) => one.id === id);
      expect(field(form, 'urgency')).toMatchObject({ value: '一般', required: false, writable: true });
      expect(field(form, 'reporter')).toMatchObject({ text: '王晓', writable: false });
      expect(field(form, 'asset')?.visible).toBe(false);
      const body = { values: { category: '硬件故障', title: 'x'.repeat(61), colour: 'red' } };
      const state = (await ask('templateFormState', { params: { key: 'it-repair' }, body })).body;
      expect(field(state, 'asset')?.visible).toBe(true);
      expect(state.problems).toMatchObject([
        { field: 'title', text: expect.stringContaining('最多 60 个字') },
        { field: 'colour' },
      ]);
    });

    it('of a task are for those who have it', async () => {
      const { id } = await file();
      const handler = await holder(id);
      const n = (await site.office.ticket(id)).tasks[0]?.n ?? 0;
      const ask = { params: { id, task: n }, body: { values: { effort: -1 } } };
      const state = (await site.as(handler)('taskFormState', ask)).body;
      expect(state.problems).toMatchObject([{ field: 'effort' }]);
      expect((await site.as('wangxiao')('taskFormState', ask)).status).toBe(403);
    });
  });

  describe('a step that hides and opens fields of the ticket’s form', () => {
    const TEXT = `template: pay
name: 付款
number: P-{seq:4}
form:
  - { id: title,  type: text,   label: 标题, required: true }
  - { id: amount, type: number, label: 金额, required: true }
  - { id: salary, type: number, label: 工资 }
flow:
  - id: check
    approve: 核对
    approver: { department: 法务部 }
    mode: any
    fields: { amount: editable, salary: hidden }
  - { id: pay, handle: 付款, assignee: { role: IT服务台 } }
`;
    it('hides them everywhere from those who only stand there, and lets them change the others', async () => {
      expect((await site.as('wugang')('publishTemplate', { body: { text: TEXT } })).status).toBe(200);
      const values = { title: '差旅', amount: 5, salary: 4711 };
      const { id } = (await site.as('wangxiao')('fileTicket', { body: { template: 'pay', values } })).body;
      const seen = await whole('hejing', id);
      expect(JSON.stringify(seen)).not.toContain('4711');
      expect(seen.fields.map((field) => field.id)).toEqual(['title', 'amount']);
      expect((await whole('wangxiao', id)).fields.map((field) => field.id)).toEqual(['title', 'amount', 'salary']);
      const [mine] = seen.possible.tasks;
      expect(mine?.form?.fields).toMatchObject([{ id: 'form.amount', value: 5, writable: true }]);
      const agree = (more: object) =>
        site.as('hejing')('act', { params: { id }, body: { act: 'agree', task: mine?.n, values: more } });
      expect((await agree({ 'form.salary': 1 })).status).toBe(400);
      expect((await agree({ 'form.amount': 6 })).status).toBe(200);
      const after = await whole('wangxiao', id);
      expect(after.fields[1]?.value).toBe(6);
      expect(after.timeline.find(({ type }) => type === 'form.changed')).toMatchObject({
        text: '何静 修改了表单',
        values: [{ id: 'amount', before: '5', text: '6' }],
      });
    });
  });

  describe('files', () => {
    const upload = async (account: string, name: string, bytes: string, type = 'text/plain') => {
      const form = new FormData();
      form.set('file', new Blob([bytes], { type }), name);
      return site.as(account)('upload', { body: form });
    };
    const bytesOf = (account: string, id: number) => site.as(account)('download', { params: { id } });

    it('are the uploader’s until a ticket names them, then everybody’s who sees the ticket', async () => {
      const { body, status } = await upload('wangxiao', '../../现场\u202e照片.txt', 'hello');
      expect(status).toBe(201);
      expect(body).toMatchObject({ name: '现场照片.txt', size: 5, state: 'stored', picture: false });
      const mine = await bytesOf('wangxiao', body.id);
      expect(mine.body).toBe('hello');
      expect(mine.headers.get('content-disposition')).toBe(
        `attachment; filename*=UTF-8''${encodeURIComponent('现场照片.txt')}`,
      );
      expect(mine.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await bytesOf('wugang', body.id)).status).toBe(404);

      const values = { ...aRepair, files: [body.id] };
      const filed = (await site.as('wangxiao')('fileTicket', { body: { template: 'it-repair', values } })).body;
      const handler = await holder(filed.id);
      expect((await bytesOf(handler, body.id)).body).toBe('hello');
      expect((await bytesOf('luoyi', body.id)).status).toBe(404);
      expect((await whole(handler, filed.id)).attachments).toMatchObject([{ id: body.id, name: '现场照片.txt' }]);
    });

    it('a picture is shown, a page never is', async () => {
      const picture = (await upload('wangxiao', 'a.png', 'png', 'image/png')).body;
      expect((await bytesOf('wangxiao', picture.id)).headers.get('content-type')).toBe('image/png');
      const page = (await upload('wangxiao', 'a.html', '<script>alert(1)</script>', 'text/html')).body;
      const { headers } = await bytesOf('wangxiao', page.id);
      expect(headers.get('content-type')).toBe('application/octet-stream');
      expect(headers.get('content-disposition')).toMatch(/^attachment/);
    });

    it('a comment brings files along', async () => {
      const { id } = await file();
      const attachment = (await upload('wangxiao', 'more.txt', 'more')).body;
      const body = { act: 'comment', comment: '补一张照片', files: [attachment.id] };
      expect((await site.as('wangxiao')('act', { params: { id }, body })).status).toBe(200);
      const { timeline } = await whole('wangxiao', id);
      expect(timeline.at(-1)).toMatchObject({
        text: '王晓 补充说明',
        comment: '补一张照片',
        files: [{ id: attachment.id }],
      });
    });
  });

  it('Admin intervention: why somebody was given the work stands once in the history', async () => {
    const { id } = await file();
    const { tasks } = await site.office.ticket(id);
    const body = { act: 'reassign', task: tasks[0]?.n, person: site.office.id('gaofeng'), comment: '陈伟休假' };
    const done = await site.as('wugang')('act', { params: { id }, body });
    expect(done.status).toBe(200);
    const { timeline } = await whole('wangxiao', id);
    expect(timeline.filter(({ comment }) => comment === '陈伟休假')).toHaveLength(1);
    expect(timeline.at(-1)?.comment).toBe('陈伟休假');
  });

  it('finds people by name, account and department, colleagues first', async () => {
    const find = async (q: string) =>
      (await site.as('chenwei')('people', { query: { q } })).body.people.map(({ name }) => name);
    expect(await find('王晓')).toEqual(['王晓']);
    expect((await find('LIUY'))[0]).toBe('刘洋');
    expect(await find('法务')).toEqual(['何静', '高峰']);
    expect((await find(''))[0]).toBe('吴刚');
    const departments = (await site.as('chenwei')('departments', { query: { q: '前端' } })).body.departments;
    expect(departments).toEqual([{ key: '8', name: '前端组', path: '总公司/研发部/前端组' }]);
  });

  describe('a draft from a chat', () => {
    const begin = () =>
      site.office.db.write(async (tx) => {
        const template = site.office.templates.current().get('it-repair');
        if (!template) throw new Error('no template');
        const place = { personId: site.office.id('wangxiao'), workspace: 'sandbox', chat: 'wangxiao' };
        return (await beginDraft(tx, place, template, { title: '键盘坏了' }, site.office.clock())).id;
      });

    it('is filled in on a page and filed once', async () => {
      const id = await begin();
      const ask = site.as('wangxiao');
      const draft = (await ask('draft', { params: { id } })).body;
      expect(draft).toMatchObject({ open: true, filedAs: null, template: { key: 'it-repair' } });
      expect(draft.form.fields[0]).toMatchObject({ id: 'title', value: '键盘坏了' });
      const changed = (
        await ask('changeDraft', { params: { id }, body: { values: { category: '硬件故障', urgency: '?' } } })
      ).body;
      expect(changed.form.problems).toMatchObject([{ field: 'urgency' }]);
      const missing = await ask('submitDraft', { params: { id }, body: { values: {} } });
      expect(missing).toMatchObject({ status: 400, body: { code: 'bad_input', fields: [{ field: 'detail' }] } });
      const headers = { 'idempotency-key': 'draft' };
      const submit = () => ask('submitDraft', { params: { id }, body: { values: { detail: '按键不灵' } }, headers });
      const filed = await submit();
      expect(filed.status).toBe(201);
      expect((await submit()).body).toEqual(filed.body);
      expect((await ask('draft', { params: { id } })).body).toMatchObject({
        open: false,
        filedAs: { id: filed.body.id },
      });
      const gone = await ask('changeDraft', { params: { id }, body: { values: {} } });
      expect(gone).toMatchObject({ status: 409, body: { code: 'draft_gone' } });
      const { values } = await site.office.ticket(filed.body.id);
      expect(values['form']).toMatchObject({ title: '键盘坏了', detail: '按键不灵', category: '硬件故障' });
    });

    it('shows on its card what was filled in on the page, once for some typing', async () => {
      const plant = { id: 'sandbox', kind: 'dingtalk', capabilities: FREELY } as Workspace;
      const { office, as } = await start({ workspaces: new Map([['sandbox', plant]]) });
      const template = office.templates.current().get('it-repair');
      const place = { personId: office.id('wangxiao'), workspace: 'sandbox', chat: 'wangxiao' };
      if (!template) throw new Error('no template');
      const { id } = await office.db.write((tx) => beginDraft(tx, place, template, {}, office.clock()));
      for (const detail of ['按', '按键'])
        await as('wangxiao')('changeDraft', { params: { id }, body: { values: { detail } } });
      const sql = "SELECT lane, due_at FROM outbox WHERE kind = 'draft'";
      const rows = await office.db.read((r) => r.rows<{ lane: string; due_at: number }>(sql));
      expect(new Set(rows.map(({ lane }) => lane))).toEqual(new Set([`draft:${id}`]));
      expect(rows.every(({ due_at: due }) => due > office.clock() + 1_000)).toBe(true);
    });

    it('is nobody else’s', async () => {
      const id = await begin();
      const other = site.as('wugang');
      expect((await other('draft', { params: { id } })).status).toBe(404);
      expect((await other('changeDraft', { params: { id }, body: { values: {} } })).status).toBe(404);
      expect((await other('submitDraft', { params: { id }, body: { values: {} } })).status).toBe(404);
    });
  });

  describe('templates', () => {
    it('are checked without a trace, and published by those who may', async () => {
      const text = (await site.office.templates.text('it-repair')) ?? '';
      const broken = text.replace('required: true', 'reqiured: true');
      const check = await site.as('wangxiao')('checkTemplate', { body: { text: broken } });
      expect(check.body.findings[0]).toMatchObject({
        severity: 'error',
        line: expect.any(Number),
        text: expect.any(String),
      });
      // Among the published ones, and with what cards hold.
      const child = text.replace(/^flow:$/m, 'flow:\n  - { id: s, subflow: 子, template: seel }');
      const { findings } = (await site.as('wangxiao')('checkTemplate', { body: { text: child } })).body;
      expect(findings).toContainEqual(expect.objectContaining({ code: 'unknown_template_near', fix: 'seal' }));
      expect(findings).toContainEqual(expect.objectContaining({ code: 'card_asks_elsewhere', severity: 'info' }));
      const admin = site.as('wugang');
      const refused = await admin('publishTemplate', { body: { text: broken } });
      const detail = expect.stringMatching(/^模板有 \d+ 处错误，没有发布/);
      const { findings: faults } = check.body;
      expect(refused).toMatchObject({ status: 422, body: { code: 'template_faulty', detail, findings: faults } });
      expect(site.office.templates.current().get('it-repair')?.version).toBe(1);
      const stands = await admin('templateFindings', { params: { key: 'it-repair' } });
      expect(stands.body.findings).toContainEqual(expect.objectContaining({ code: 'card_asks_elsewhere' }));
      const changed = text.replace('name: IT 报修', 'name: IT 报修服务');
      expect((await site.as('wangxiao')('publishTemplate', { body: { text: changed } })).status).toBe(403);
      expect((await admin('publishTemplate', { body: { text: changed } })).body).toMatchObject({
        version: 2,
        changed: true,
      });
      expect((await admin('publishTemplate', { body: { text: changed } })).body).toMatchObject({
        version: 2,
        changed: false,
      });
      const list = (await site.as('wangxiao')('templates')).body.templates;
      expect(list).toContainEqual(expect.objectContaining({ key: 'it-repair', name: 'IT 报修服务', version: 2 }));
    });

    it('are listed as what I may file, or all: a substitute may be named for any', async () => {
      const own =
        'template: own\nname: 内部\nfiling: { who: { user: hanmei } }\nform:\n  - { id: title, type: text, label: 标题, required: true }\nflow:\n  - { id: work, handle: 处理, assignee: requester }\n';
      expect((await site.office.templates.publish(own, null, 'api')).published).toBeTruthy();
      const keys = async (query: Record<string, string>) =>
        (await site.as('wangxiao')('templates', { query })).body.templates.map(({ key }) => key);
      expect(await keys({})).not.toContain('own');
      expect(await keys({ of: 'all' })).toContain('own');
    });
  });

  it('shows and resends what could not be delivered, to those who may', async () => {
    await file();
    await site.office.db.write((tx) =>
      tx.run(
        "UPDATE outbox SET state = 'dead', dead_at = 5, due_at = NULL, error = '81013' WHERE id = (SELECT m FROM (SELECT MIN(id) AS m FROM outbox) o)",
      ),
    );
    const admin = site.as('wugang');
    const [letter] = (await admin('deadLetters')).body.letters;
    expect(letter).toMatchObject({
      ...{ kind: 'card', error: '81013', chat: null },
      ticketNumber: expect.stringMatching(/^IT-/),
      person: { name: expect.stringMatching(/.+/) },
    });
    const params = { id: letter?.id ?? 0 };
    expect((await site.as('chenwei')('resend', { params })).status).toBe(403);
    expect((await admin('resend', { params })).status).toBe(204);
    expect((await admin('deadLetters')).body.letters).toEqual([]);
    expect((await admin('resend', { params })).status).toBe(404);
    await site.office.db.write((tx) => tx.run("UPDATE outbox SET state = 'dead', dead_at = 5, due_at = NULL"));
    const { letters } = (await admin('deadLetters')).body;
    expect((await admin('resendAll')).body).toEqual({ count: letters.length, hurried: 0 });
    expect(letters.length).toBeGreaterThan(1);
    expect((await admin('deadLetters')).body.letters).toEqual([]);
  });
});
