/** 代理 on the wire of both platforms: set in words, the next task goes to both, and "B for A" is recorded (S16). */
import { beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const templateOf = (key: string, approver: string) => `
template: ${key}
name: 演练${key}
number: ${key.toUpperCase()}-{seq:4}
form:
  - { id: title, type: text, label: 标题, required: true }
flow:
  - { id: check, approve: 审批, approver: { user: ${approver} }, mode: any }
`;

eachService('代理 on both platforms', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start({ admins: ['WuGang'] });
  });

  it.each([
    { key: 'wx', who: 'hejing', name: '何静', by: 'ding-luhao', byName: '陆浩', workspace: 'sandbox' },
    { key: 'dt', who: 'ding-caimei', name: '蔡梅', by: 'gaofeng', byName: '高峰', workspace: 'sandbox-dingtalk' },
  ])('$who is away, $by of the other platform acts', async ({ key, who, name, by, byName, workspace }) => {
    const text = templateOf(key, `${workspace}/${who}`);
    expect((await running.api('WuGang', 'POST', '/api/v1/templates', { text })).status).toBe(200);
    const [owner, substitute] = [running.as(who), running.as(by)];
    const told = (chatter: typeof owner, words: RegExp) =>
      chatter.find(String(words), ({ from, text: said, actionCard }) => from === 'app' && words.test(`${said ?? ''}${actionCard?.text ?? ''}`)); // prettier-ignore

    await owner.say(`代理 ${byName} 今天到明天`);
    await told(owner, new RegExp(`已设置：现在起到 .* 24:00，由${byName}代理您，全部流程`));
    await substitute.say('代理');
    await told(substitute, new RegExp(`由您代理的：\\s+· ${name}：到`));
    // With the way to the page, as the platform shows links.
    const list = await told(substitute, /打开代理页面|由您代理的/);
    expect(JSON.stringify(list)).toMatch(/m(\/|%2F|%252F)away/);

    await running.service.app.people.refresh();
    const filed = await running.api('wangxiao', 'POST', '/api/v1/tickets', {
      template: key,
      values: { title: '盖章' },
    });
    expect([filed.status, filed.body]).toEqual([201, expect.anything()]);
    const { number, id } = filed.body as { number: string; id: number };
    await running.settled();
    await substitute.press('同意');
    await eventually(async () => expect((await ticketOf(running, number)).status).toBe('closed'));
    const { body } = await running.api(who, 'GET', `/api/v1/tickets/${id}`);
    expect(JSON.stringify((body as { timeline: unknown }).timeline)).toContain(`${byName}（代 ${name}）`);

    await owner.say('取消代理');
    await told(owner, new RegExp(`已取消代理：\\s+· ${byName}`));
    await owner.say('代理');
    await told(owner, /您没有设置代理/);
  });

  it('logs nothing wrong', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
