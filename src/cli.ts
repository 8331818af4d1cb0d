/** `npx paidan …`: one small file per command under `cli/`. Exit codes: 0 done, 1 a finding or refusal, 2 wrong use. */
import { ConfigError } from './config/problem.ts';
import { Usage } from './cli/usage.ts';

type Command = (args: readonly string[]) => Promise<number>;

/** Each loads only what it needs: the check of a template needs no database. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./cli/start.ts')).startCommand,
  migrate: async () => (await import('./cli/migrate.ts')).migrateCommand,
  sandbox: async () => (await import('./cli/sandbox.ts')).sandboxCommand,
  template: async () => (await import('./cli/template.ts')).templateCommand,
  calendar: async () => (await import('./cli/calendar.ts')).calendarCommand,
  person: async () => (await import('./cli/person.ts')).personCommand,
  rota: async () => (await import('./cli/rota.ts')).rotaCommand,
  token: async () => (await import('./cli/token.ts')).tokenCommand,
  webhook: async () => (await import('./cli/webhook.ts')).webhookCommand,
};

const HELP = `paidan 派单

  paidan start                          启动服务 start the service
  paidan migrate                        升级数据库 bring the database up to date
  paidan sandbox [--port 3100]          单独运行模拟的企业微信和钉钉 run the simulated platforms by themselves
  paidan template check FILE… [--json]  检查流程模板 check flow templates
  paidan template check --published     按当前人员再查已发布的模板 check what is published against today's people
  paidan template publish FILE          发布流程模板 publish a flow template
  paidan calendar import FILE           导入日历或新一年的放假安排 import a calendar, or a new year's official days off
  paidan person link ACCOUNT ACCOUNT    两个平台的账号是同一个人 two accounts are one person; unlink: 拆开 they are not
  paidan person successor ACCOUNT [TO]  离职后谁接手，看或者指定 who takes over from a leaver, told or set; --none: 不指定 nobody
  paidan rota show | import FILE        值班表，看或者导入 rotas, shown or imported
  paidan token make ACCOUNT             生成 API 令牌 make an API token for workspace/account
  paidan webhook secret HOST            对方验证签名用的密钥 what a receiver checks signatures with; --rotate: 换新 a new one

配置见 config/example.yaml。Settings: see config/example.yaml.`;

async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...args] = argv;
  const load = COMMANDS[name];
  if (load) return (await load())(args);
  const asked = ['help', '--help', '-h'].includes(name);
  console.log(asked ? HELP : `没有「${name}」这个命令。There is no command “${name}”.\n\n${HELP}`);
  return asked ? 0 : 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof ConfigError || error instanceof Usage) {
    console.error(error.message);
    process.exitCode = 2;
  } else throw error;
}
