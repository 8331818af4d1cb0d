/**
 * DingTalk without a card template: messages with links instead of cards, the form asked in words, acts on the pages. With a
 * configuration as an admin writes it, and the platform as a server of its own (issue 3, Build 2; S69).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config.ts';
import type { Message } from '../../src/sandbox/client.ts';
import { type ServedSandbox, serveSandbox } from '../../src/sandbox/serve.ts';
import { type Service, startService } from '../../src/main.ts';
import { makeApiTokens } from '../../src/people/apiToken.ts';
import { aChatter } from '../support/chatter.ts';
import { eachDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { aLog } from '../support/log.ts';

const TEMPLATE = `
template: repair
name: 设备报修
keywords: [设备]
number: R-{seq:4}
form:
  - { id: title,    type: text,     label: 标题, required: true }
  - { id: detail,   type: textarea, label: 描述, required: true }
  - { id: category, type: select,   label: 分类, options: [网络, 电脑], required: true }
flow:
  - id: fix
    handle: 处理
    assignee: { department: 信息组 }
    strategy: claim
  - id: confirm
    confirm: 确认
`;
const FANG = 'ding-fangmin';
const SONG = 'ding-songjie';

eachDatabase('DingTalk without a card template', (open) => {
  let sandbox: ServedSandbox;
  let service: Service;
  let folder: string;
  const log = aLog();
  beforeAll(async () => {
    const { database, url } = await open();
    await database.close();
    folder = await mkdtemp(join(tmpdir(), 'paidan-plain-'));
    sandbox = await serveSandbox({ port: 0, folder: null, clock: Date.now, log: aLog() });
    await sandbox.sandbox.configureDingtalk({ transport: 'stream', robotUrl: null, eventUrl: null });
    await writeFile(join(folder, 'paidan.yaml'), configOf(sandbox, url));
    const config = loadConfig({ env: { PAIDAN_CONFIG: 'paidan.yaml' }, cwd: folder });
    service = await startService({ config, clock: Date.now, log, sandboxFolder: join(folder, 'none') });
    const { published } = await service.app.templates.publish(TEMPLATE, null, 'test');
    expect(published).not.toBeNull();
    await eventually(async () => {
      expect(service.app.people.current().accounts.has(`plant/${FANG}`)).toBe(true);
      const state = (await (await fetch(`${sandbox.url}/sandbox/api/dingtalk/stream`)).json()) as {
        connections: number;
      };
      expect(state.connections).toBe(1);
    });
  });
  afterAll(async () => {
    await service.stop();
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const as = (userid: string) => aChatter(sandbox.url, userid);
  const linked = ({ actionCard }: Message, words: string): boolean => actionCard?.text.includes(words) ?? false;
  const ask = async (userid: string, method: string, path: string, body?: object) => {
    const { app } = service;
    const tokens = makeApiTokens({ db: app.db, directory: app.people.current, clock: Date.now });
    const personId = app.people.current().accounts.get(`plant/${userid}`) ?? -1;
    const { token } = await tokens.make({ personId, scopes: ['read', 'write'], until: null });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(service.url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('a ticket is filed in words, handled on its page, and everybody is led there', async () => {
    const fang = as(FANG);
    const told = (words: string) =>
      fang.find(words, (one) => one.from === 'app' && (linked(one, words) || (one.text?.includes(words) ?? false)));
    await fang.say('设备 车间断网');
    await told('描述');
    await fang.say('三楼东侧');
    await told('分类');
    await fang.say('网络');
    // No card to press anything on.
    await told('都齐了，直接回复「提交」');
    await fang.say('提交');
    await told('已提交 R-0001');

    const card = await as(SONG).find('what is to do', (one) => linked(one, '车间断网') && linked(one, 'R-0001'));
    const [way] = card.actionCard?.buttons ?? [];
    const id = /\/m\/t\/(\d+)/.exec(decodeURIComponent(way?.url ?? ''))?.[1];
    expect(id).toBeDefined();
    // On the page: what it offers is what it sends.
    const act = async (who: string, name: string) => {
      const { body } = await ask(who, 'GET', `/api/v1/tickets/${id}`);
      const { tasks } = (body as { possible: { tasks: { n: number; version: number; acts: { act: string }[] }[] } }).possible; // prettier-ignore
      const offered = tasks.find(({ acts }) => acts.some((one) => one.act === name));
      const sent = await ask(who, 'POST', `/api/v1/tickets/${id}/acts`, { act: name, task: offered?.n, version: offered?.version }); // prettier-ignore
      expect([name, sent.status]).toEqual([name, 200]);
    };
    await act(SONG, 'claim');
    await act(SONG, 'complete');
    await fang.find('what is to be confirmed', (one) => linked(one, '请您确认'));
    await act(FANG, 'agree');
    await eventually(async () => {
      expect((await ask(FANG, 'GET', `/api/v1/tickets/${id}`)).body).toMatchObject({ status: 'closed' });
      expect(await as(SONG).todos()).not.toContainEqual(expect.objectContaining({ done: false }));
    });
  });

  it('nothing is given up, and no error is logged', async () => {
    const dead = await service.app.db.read((reader) =>
      reader.rows("SELECT kind, error FROM outbox WHERE state = 'dead'"),
    );
    expect(dead).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

/** As it stands in an admin's file: the credentials, and where the platform is. No card_template_id. */
function configOf({ sandbox: { dingtalk } }: ServedSandbox, databaseUrl: string): string {
  const { corpId, clientId, clientSecret, agentId, apiBase, oapiBase, loginBase, jsapiUrl } = dingtalk;
  const plant = {
    ...{ id: 'plant', kind: 'dingtalk', corp_id: corpId, client_id: clientId, client_secret: clientSecret },
    ...{ agent_id: agentId, transport: 'stream', api_base: apiBase, oapi_base: oapiBase, login_base: loginBase },
    jsapi_url: jsapiUrl,
  };
  return JSON.stringify({
    server: { port: 0, public_url: 'http://127.0.0.1:0' },
    database: { url: databaseUrl },
    sandbox: { enabled: false },
    workspaces: [plant],
  });
}
