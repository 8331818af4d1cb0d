import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/config/problem.ts';
import { loadConfig } from '../../src/config.ts';

const cwd = mkdtempSync(join(tmpdir(), 'paidan-config-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const HQ = `
workspaces:
  - id: hq
    kind: wecom
    corp_id: ww0000000000000000
    agent_id: 1000002
    secret: s3cret
    token: t0ken
    encoding_aes_key: ${AES_KEY}
`;
const PLANT = `
workspaces:
  - id: plant
    kind: dingtalk
    corp_id: ding0000000000000000
    client_id: dingkey
    client_secret: s3cret
`;

function load(yaml: string | null = null, env: Record<string, string> = {}) {
  if (yaml !== null) writeFileSync(join(cwd, 'my.yaml'), yaml);
  return loadConfig({ cwd, env: yaml === null ? env : { PAIDAN_CONFIG: 'my.yaml', ...env } });
}
/** The English half: place, key and text of each problem. */
function problems(yaml: string, env: Record<string, string> = {}): string[] {
  try {
    load(yaml, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const lines = error.message.split('\n').slice(1);
    return lines.flatMap((line, i) => (i % 2 === 0 ? [`${line.split(': ')[0]}: ${(lines[i + 1] ?? '').trim()}`] : []));
  }
  return [];
}

describe('with nothing said', () => {
  it('everything is embedded', () => {
    expect(load()).toEqual({
      server: { port: 3000, publicUrl: 'http://127.0.0.1:3000' },
      database: { url: `sqlite:${cwd}/data/paidan.db` },
      redis: { url: null },
      storage: { url: `file:${cwd}/data/attachments` },
      mail: { url: 'sandbox:' },
      secretKey: `file:${cwd}/data/secret.key`,
      timeZone: 'Asia/Shanghai',
      sandbox: { enabled: true, dingtalk: 'stream' },
      admins: [],
      trustedProxies: [],
      outgoingHosts: [],
      metrics: { token: null },
      retention: { closedTicketsMs: null, auditMs: null, callbacksMs: 72 * 3_600_000 },
      workspaces: [],
      warnings: [],
    });
  });

  it.each(['', '# nothing yet\n', 'server:\nworkspaces:\n'])('also in the file: %j', (yaml) => {
    expect(load(yaml)).toEqual(load());
  });
});

describe('a file and variables', () => {
  it('a workspace, with its defaults, and the sandbox is off', () => {
    const { workspaces, sandbox, admins } = load(`${HQ}\nadmins: [ZhangSan, sandbox/wangxiao]`);
    expect(workspaces).toEqual([
      {
        id: 'hq',
        kind: 'wecom',
        corpId: 'ww0000000000000000',
        agentId: 1_000_002,
        secret: 's3cret',
        token: 't0ken',
        encodingAesKey: AES_KEY,
        apiBase: 'https://qyapi.weixin.qq.com',
        oauthBase: 'https://open.weixin.qq.com',
        answerSpendsCode: true,
        replayWindowMs: 300_000,
      },
    ]);
    expect(sandbox.enabled).toBe(false);
    expect(admins).toEqual(['hq/zhangsan', 'sandbox/wangxiao']);
  });

  it('a DingTalk corp needs three values; the rest has defaults', () => {
    const { workspaces, sandbox } = load(PLANT);
    expect(workspaces).toEqual([
      {
        id: 'plant',
        kind: 'dingtalk',
        corpId: 'ding0000000000000000',
        clientId: 'dingkey',
        clientSecret: 's3cret',
        robotCode: 'dingkey',
        agentId: null,
        transport: 'stream',
        token: null,
        aesKey: null,
        cardTemplateId: null,
        apiBase: 'https://api.dingtalk.com',
        oapiBase: 'https://oapi.dingtalk.com',
        loginBase: 'https://login.dingtalk.com',
        jsapiUrl: 'https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js',
        quota: { calls: 5_000, pushes: 3_000 },
        formBytes: 8_192,
        replayWindowMs: 3_600_000,
        eventWindowMs: 300_000,
        streamIdleMs: 90_000,
      },
    ]);
    expect(sandbox.enabled).toBe(false);
  });

  it('a DingTalk corp over HTTP, with everything written', () => {
    const yaml = `${PLANT}    transport: http
    token: t0ken
    aes_key: ${AES_KEY}
    robot_code: robot
    agent_id: 77
    card_template_id: abc.schema
    quota: { calls: unlimited, pushes: 90000 }
    replay_window: 10m
    stream_idle: 60s
`;
    expect(load(yaml).workspaces[0]).toMatchObject({
      ...{ transport: 'http', token: 't0ken', aesKey: AES_KEY, robotCode: 'robot', agentId: 77 },
      ...{ cardTemplateId: 'abc.schema', replayWindowMs: 600_000, streamIdleMs: 60_000 },
      quota: { calls: Infinity, pushes: 90_000 },
    });
    const unlimited = `${PLANT}    quota: { calls: unlimited, pushes: unlimited }\n`;
    expect(load(unlimited).workspaces[0]).toMatchObject({ quota: null });
    expect(load(`${PLANT}    quota:\n`).workspaces[0]).toMatchObject({ quota: { calls: 5_000, pushes: 3_000 } });
  });

  it('both platforms beside each other', () => {
    const { workspaces } = load(HQ + PLANT.replace('\nworkspaces:', ''));
    expect(workspaces.map(({ id, kind }) => [id, kind])).toEqual([
      ['hq', 'wecom'],
      ['plant', 'dingtalk'],
    ]);
  });

  it('the sandbox beside a real workspace, when asked for', () => {
    expect(load(`${HQ}\nsandbox: { enabled: true }`).sandbox.enabled).toBe(true);
  });

  it('how the sandbox’s DingTalk calls the service', () => {
    expect(load(null, { PAIDAN_SANDBOX_DINGTALK: 'http' }).sandbox).toEqual({ enabled: true, dingtalk: 'http' });
  });

  it('variables win over the file, the file over the defaults', () => {
    const yaml = 'server: { port: 4000, public_url: https://a.example.com/ }\ntime_zone: Asia/Tokyo';
    const env = {
      PORT: '5000',
      DATABASE_URL: 'mysql://u:p@h/n',
      PAIDAN_ADMINS: 'a, b',
      PAIDAN_SANDBOX_ENABLED: 'false',
    };
    const config = load(yaml, { ...env, REDIS_URL: '' });
    expect(config.server).toEqual({ port: 5000, publicUrl: 'https://a.example.com' });
    expect(config.timeZone).toBe('Asia/Tokyo');
    expect(config.database.url).toBe('mysql://u:p@h/n');
    expect(config.redis.url).toBeNull();
    expect(config.admins).toEqual(['sandbox/a', 'sandbox/b']);
    expect(config.sandbox.enabled).toBe(false);
  });

  it('the default address follows the port', () => {
    expect(load(null, { PORT: '8080' }).server.publicUrl).toBe('http://127.0.0.1:8080');
  });

  it('text stays as written: 007, yes, 1e3', () => {
    const [hq] = load(HQ.replace('s3cret', '007').replace('t0ken', '1e3')).workspaces;
    expect(hq).toMatchObject({ secret: '007', token: '1e3' });
  });

  it('absolute paths and memory stay', () => {
    expect(load('database: { url: "sqlite::memory:" }').database.url).toBe('sqlite::memory:');
    expect(load('storage: { url: file:/srv/files }').storage.url).toBe('file:/srv/files');
  });

  it('references: a variable anywhere, a file for a secret', () => {
    writeFileSync(join(cwd, 'the-secret'), 'from-a-file\n');
    const yaml = HQ.replace('s3cret', 'file:the-secret').replace('t0ken', '${TOKEN}').replace('1000002', '${AGENT}');
    const withUrl = `${yaml}\ndatabase: { url: "mysql://u:\${PW}@h/n" }`;
    const config = load(withUrl, { TOKEN: 'fromEnv', AGENT: '77', PW: 'x' });
    expect(config.workspaces[0]).toMatchObject({ secret: 'from-a-file', token: 'fromEnv', agentId: 77 });
    expect(config.database.url).toBe('mysql://u:x@h/n');
  });

  it('warns of a variable that means nothing', () => {
    expect(load(null, { PAIDAN_SERVER_PROT: '1' }).warnings).toEqual([
      '环境变量 PAIDAN_SERVER_PROT 不是已知的设置，已忽略。 / The environment variable PAIDAN_SERVER_PROT is no known setting and was ignored.',
    ]);
  });

  it('the example is right once its secrets are there', () => {
    const dingtalk = { DINGTALK_CLIENT_ID: 'c', DINGTALK_CLIENT_SECRET: 's' };
    const env = { WECOM_SECRET: 's', WECOM_TOKEN: 't', WECOM_AES_KEY: AES_KEY, DB_PASSWORD: 'p', ...dingtalk };
    const config = loadConfig({ cwd: process.cwd(), env: { ...env, PAIDAN_CONFIG: 'config/example.yaml' } });
    expect(config.workspaces.map(({ id }) => id)).toEqual(['hq', 'plant']);
    expect(config.admins).toEqual(['hq/zhangsan']);
  });
});

describe('what is wrong', () => {
  const wecom = (from: string, to: string) => HQ.replace(from, to);
  it.each<[string, string[], Record<string, string>?]>([
    [
      'server: { prot: 3000 }',
      ['my.yaml:1: server.prot is not a known key; did you mean port? Known here: port, public_url.'],
    ],
    [
      'admin: [a]',
      [
        'my.yaml:1: admin is not a known key; did you mean admins? Known here: server, database, redis, storage, mail, secret_key, time_zone, sandbox, admins, trusted_proxies, outgoing_hosts, metrics, retention, workspaces.',
      ],
    ],
    ['metrics: { xyzzy: 1 }', ['my.yaml:1: metrics.xyzzy is not a known key. Known here: token.']],
    ['server:\n  port: 99999', ['my.yaml:2: server.port is not right; expected a whole number from 0 to 65535.']],
    ['server:\n  port:', ['my.yaml:2: server.port is missing; expected a whole number from 0 to 65535.']],
    ['server: 3000', ['my.yaml:1: server is not right; expected a group of keys.']],
    ['workspaces: hq', ['my.yaml:1: workspaces is not right; expected a list.']],
    ['time_zone: Asia/Shanghia', ['my.yaml:1: time_zone is not right; expected a time zone such as Asia/Shanghai.']],
    ['sandbox: { enabled: ja }', ['my.yaml:1: sandbox.enabled is not right; expected true or false.']],
    [
      'database: { url: postgres://x/y }',
      ['my.yaml:1: database.url is not right; expected sqlite:path, or mysql://user:password@host:3306/name.'],
    ],
    [
      'database: { url: "mysql://u:p w@h:99999/n" }',
      ['my.yaml:1: database.url is not right; expected sqlite:path, or mysql://user:password@host:3306/name.'],
    ],
    [
      'storage: { url: s3://b }',
      ['my.yaml:1: storage.url is not right; expected file:folder (s3:// is not supported in this version).'],
    ],
    [
      'secret_key: short',
      [
        'my.yaml:1: secret_key is not right; expected file:path, or a key of 32 bytes in base64 (openssl rand -base64 32).',
      ],
    ],
    [
      'retention: { callbacks: 71h }',
      ['my.yaml:1: retention.callbacks is not right; expected a length of time from 72h to 90d.'],
    ],
    [
      'retention: { audit: ever }',
      ['my.yaml:1: retention.audit is not right; expected forever, or a length of time such as 72h or 90d.'],
    ],
    [
      'trusted_proxies:\n  - 10.0.0.0/8\n  - 10.0.0.0/33',
      ['my.yaml:3: trusted_proxies[1] is not right; expected an IP address or range such as 10.0.0.0/8.'],
    ],
    [
      'server: { public_url: paidan.example.com }',
      ['my.yaml:1: server.public_url is not right; expected a web address such as https://paidan.example.com.'],
    ],
    [
      wecom('corp_id: ww0000000000000000\n    ', 'corpid: ww00\n    '),
      [
        'my.yaml:3: workspaces[0].corp_id is missing; expected the corp id, such as ww0123456789abcdef.',
        'my.yaml:5: workspaces[0].corpid is not a known key; did you mean corp_id? Known here: id, kind, corp_id, agent_id, secret, token, encoding_aes_key, api_base, oauth_base, answer_spends_code, replay_window, bot.',
      ],
    ],
    [wecom('kind: wecom', 'kind: wechat'), ['my.yaml:4: workspaces[0].kind is not right; expected wecom or dingtalk.']],
    [wecom('kind: wecom\n    ', ''), ['my.yaml:3: workspaces[0].kind is missing; expected wecom or dingtalk.']],
    [
      wecom(AES_KEY, `${AES_KEY}=`),
      [
        'my.yaml:9: workspaces[0].encoding_aes_key is not right; expected the 43 letters or digits that the admin console generated.',
      ],
    ],
    [
      wecom('s3cret', '${WECOM_SECRET}'),
      [
        'my.yaml:7: workspaces[0].secret refers to the environment variable WECOM_SECRET, which is not set; set it, or write the value here.',
      ],
    ],
    [
      wecom('s3cret', 'file:nowhere'),
      [
        "my.yaml:7: workspaces[0].secret names the file nowhere, which can't be read (ENOENT); check its path and permissions.",
      ],
    ],
    [
      wecom('s3cret', '*s3cret'),
      ['my.yaml:7: workspaces[0].secret starts with * or &; put it in quotes if it is meant as text.'],
    ],
    [
      wecom('s3cret', '&s3 cret'),
      ['my.yaml:7: workspaces[0].secret starts with * or &; put it in quotes if it is meant as text.'],
    ],
    [
      HQ + HQ.replace('workspaces:', ''),
      ['my.yaml:12: workspaces[1].id is the same as that of workspaces[0]; choose another.'],
    ],
    [wecom('id: hq', 'id: sandbox'), ["my.yaml:3: workspaces[0].id is the sandbox's own name; choose another."]],
    [
      `${HQ}${HQ.replace('workspaces:', '').replace('id: hq', 'id: plant')}\nadmins: [zhangsan, hqq/lisi]`,
      [
        'my.yaml:20: admins[0] must say which workspace the account is in, such as hq/zhangsan.',
        'my.yaml:20: admins[1] names hqq, which is not a configured workspace. Known: hq, plant, sandbox, sandbox-dingtalk.',
      ],
    ],
    [
      'server: { port: 1 }',
      ['PORT: server.port is not right; expected a whole number from 0 to 65535.'],
      { PORT: 'tcp://1' },
    ],
    ['server: {}\nserver: {}', ['my.yaml:2: This key is written twice in one group; remove one.']],
    ['server:\n\tport: 1', ['my.yaml:2: Indented with a tab; use spaces.']],
    ['server:\n  public_url: "x', ['my.yaml:2: A quote, bracket, comma or colon is missing.']],
    [
      `${PLANT}    transport: http\n`,
      ['token', 'aes_key'].map(
        (key) =>
          `my.yaml:3: workspaces[0].${key} is missing; transport http needs the token and the aes_key of the event subscription.`,
      ),
    ],
    [
      `${PLANT}    transport: websocket\n    clientid: x\n    quota: { calls: 0 }\n`,
      [
        'my.yaml:8: workspaces[0].transport is not right; expected stream or http.',
        'my.yaml:10: workspaces[0].quota.calls is not right; expected a whole number above 0, or unlimited.',
        'my.yaml:9: workspaces[0].clientid is not a known key; did you mean client_id? Known here: id, kind, corp_id, client_id, client_secret, robot_code, agent_id, transport, token, aes_key, card_template_id, api_base, oapi_base, login_base, jsapi_url, quota, form_bytes, replay_window, event_window, stream_idle.',
      ],
    ],
    [
      PLANT.replace('id: plant', 'id: sandbox-dingtalk'),
      ["my.yaml:3: workspaces[0].id is the sandbox's own name; choose another."],
    ],
    ['sandbox: { dingtalk: webhook }', ['my.yaml:1: sandbox.dingtalk is not right; expected stream or http.']],
    [
      PLANT.replace('s3cret', '${DINGTALK_SECRET}'),
      [
        'my.yaml:7: workspaces[0].client_secret refers to the environment variable DINGTALK_SECRET, which is not set; set it, or write the value here.',
      ],
    ],
  ])('case %#', (yaml, expected, env = {}) => {
    expect(problems(yaml, env)).toEqual(expected);
  });

  it('a whole message, in both languages, all problems at once', () => {
    expect(() => load('server: { port: x }\nsandbox: { enabled: x }')).toThrow(
      new ConfigError([
        {
          where: 'my.yaml:1',
          path: ['server', 'port'],
          zh: '不对。这里应为：0 到 65535 的整数。',
          en: 'is not right; expected a whole number from 0 to 65535.',
        },
        {
          where: 'my.yaml:2',
          path: ['sandbox', 'enabled'],
          zh: '不对。这里应为：true 或 false。',
          en: 'is not right; expected true or false.',
        },
      ]),
    );
  });

  it('a file that is not there', () => {
    expect(() => loadConfig({ cwd, env: { PAIDAN_CONFIG: 'no.yaml' } })).toThrow(/no\.yaml: .*读不到.*ENOENT/);
  });

  it.each([
    wecom('s3cret', '"CANARY'),
    wecom('s3cret', '*CANARY'),
    wecom('s3cret', '!CANARY x'),
    wecom('s3cret', '&CANARY'),
    wecom('s3cret', '@CANARY'),
    wecom('s3cret', '"\\qCANARY"'),
    wecom('s3cret', 'x: CANARY'),
    wecom('s3cret', '[CANARY]'),
    wecom(AES_KEY, 'CANARY'),
    wecom('t0ken', 'CANARY-CANARY'),
    'database: { url: "mysql://u:CANARY" }',
    'secret_key: CANARY',
    `${PLANT}    aes_key: CANARY`,
    `${PLANT}    transport: http\n    token: CANARY`,
    'redis: { url: "CANARY" }',
  ])('never shows a value: case %#', (yaml) => {
    const message = (() => {
      try {
        return JSON.stringify(load(yaml));
      } catch (error) {
        return error instanceof ConfigError ? error.message : 'another error';
      }
    })();
    expect(message).toMatch(/nothing was started/);
    expect(message).not.toContain('CANARY');
  });
});
