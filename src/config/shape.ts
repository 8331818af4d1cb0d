/** The keys of a configuration and what each expects. Source: shared/design/contract.md, "Configuration". */
import { z } from 'zod';
import {
  addressRange,
  choice,
  countOrUnlimited,
  group,
  hostName,
  keeping,
  lengthOfTime,
  listOf,
  matching,
  optional,
  serverAddress,
  text,
  timeZone,
  webAddress,
  wholeNumber,
  yesNo,
} from './field.ts';

const aesKey = matching(
  /^[A-Za-z0-9]{43}$/,
  '管理后台生成的 43 位字母或数字',
  'the 43 letters or digits that the admin console generated',
);

const workspaceId = matching(
  /^[a-z][a-z0-9_-]{0,31}$/,
  '小写字母开头的短名，只含小写字母、数字、_ 和 -（它是回调地址的一部分）',
  'a short name of lower-case letters, digits, _ and -, starting with a letter (it is part of the callback addresses)',
);

const wecom = group({
  id: workspaceId,
  kind: z.literal('wecom'),
  corp_id: matching(
    /^[A-Za-z0-9_-]{1,64}$/,
    '企业 ID，如 ww0123456789abcdef',
    'the corp id, such as ww0123456789abcdef',
  ),
  agent_id: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  secret: text('应用的 Secret', "the app's secret"),
  token: matching(
    /^[A-Za-z0-9]{1,32}$/,
    '接收消息的 Token，1 到 32 位字母或数字',
    'the callback token, 1 to 32 letters or digits',
  ),
  encoding_aes_key: aesKey,
  api_base: optional(webAddress, 'https://qyapi.weixin.qq.com'),
  oauth_base: optional(webAddress, 'https://open.weixin.qq.com'),
  answer_spends_code: optional(yesNo, true),
  replay_window: optional(lengthOfTime('1m', '1h'), 5 * 60_000),
  bot: group({
    id: text('智能机器人的 ID', "the robot's id"),
    secret: text('智能机器人的 Secret', "the robot's secret"),
    token: text('智能机器人的 Token', "the robot's token"),
    encoding_aes_key: aesKey,
  }).optional(),
});

const transport = choice(['stream', 'http']);

const dingtalk = group({
  id: workspaceId,
  kind: z.literal('dingtalk'),
  corp_id: matching(
    /^[A-Za-z0-9_-]{1,64}$/,
    '企业的 CorpId，如 ding0123456789abcdef',
    "the corp's CorpId, such as ding0123456789abcdef",
  ),
  client_id: text('应用的 Client ID（AppKey）', "the app's Client ID (AppKey)"),
  client_secret: text('应用的 Client Secret（AppSecret）', "the app's Client Secret (AppSecret)"),
  robot_code: optional(text(), null),
  agent_id: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER), null),
  transport: optional(transport, 'stream' as const),
  // Of HTTP mode; that it needs both is said by `judge`.
  token: optional(matching(/^[\x21-\x7e]{1,64}$/, '事件订阅的签名 token', 'the token of the event subscription'), null),
  aes_key: optional(aesKey, null),
  card_template_id: optional(text(), null),
  api_base: optional(webAddress, 'https://api.dingtalk.com'),
  oapi_base: optional(webAddress, 'https://oapi.dingtalk.com'),
  login_base: optional(webAddress, 'https://login.dingtalk.com'),
  jsapi_url: optional(webAddress, 'https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js'),
  // The free edition's month (reference/dingtalk.md, section 10).
  quota: z.preprocess(
    (given) => given ?? {},
    group({ calls: optional(countOrUnlimited, 5_000), pushes: optional(countOrUnlimited, 3_000) }),
  ),
  form_bytes: optional(wholeNumber(1_000, 100_000), 8_192),
  replay_window: optional(lengthOfTime('1m', '24h'), 3_600_000),
  event_window: optional(lengthOfTime('1m', '24h'), 300_000),
  stream_idle: optional(lengthOfTime('5s', '1h'), 90_000),
});

export const SHAPE = group({
  server: group({ port: wholeNumber(0, 65_535), public_url: optional(webAddress, null) }),
  database: group({
    url: serverAddress(
      /^(sqlite:.+|mysql:\/\/[^/]+\/[^/?]+)/,
      'sqlite:路径，或 mysql://用户:密码@主机:3306/库名',
      'sqlite:path, or mysql://user:password@host:3306/name',
    ),
  }),
  redis: group({
    url: optional(serverAddress(/^rediss?:\/\/.+/, 'null，或 redis://主机:6379', 'null, or redis://host:6379'), null),
  }),
  storage: group({
    url: matching(
      /^file:.+/,
      'file:文件夹（本版本还不支持 s3://）',
      'file:folder (s3:// is not supported in this version)',
    ),
  }),
  mail: group({
    url: serverAddress(/^(sandbox:$|smtps?:\/\/.+)/, 'sandbox: 或 smtp://主机:25', 'sandbox: or smtp://host:25'),
  }),
  secret_key: matching(
    /^(file:.+|[A-Za-z0-9+/]{43}=)$/,
    'file:路径，或 base64 写成的 32 字节密钥（openssl rand -base64 32）',
    'file:path, or a key of 32 bytes in base64 (openssl rand -base64 32)',
  ),
  time_zone: timeZone,
  sandbox: group({ enabled: optional(yesNo, null), dingtalk: optional(transport, 'stream' as const) }),
  admins: listOf(
    matching(
      /^([a-z][a-z0-9_-]{0,31}\/)?[^/\s]{1,191}$/,
      '账号，如 zhangsan 或 hq/zhangsan',
      'an account such as zhangsan or hq/zhangsan',
    ),
  ),
  trusted_proxies: listOf(addressRange),
  outgoing_hosts: listOf(hostName),
  metrics: group({ token: optional(text(), null) }),
  retention: group({ closed_tickets: keeping, audit: keeping, callbacks: lengthOfTime('72h', '90d') }),
  workspaces: z.preprocess((given) => given ?? [], z.array(z.discriminatedUnion('kind', [wecom, dingtalk]))),
});

export type Written = z.output<typeof SHAPE>;
