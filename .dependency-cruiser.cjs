/** Who may import whom: the table of ../shared/design/architecture.md, "Rooms", as rules. test/boundaries.test.ts breaks each once. */
const rooms = {
  lib: [],
  worktime: ['lib'],
  form: ['lib'],
  flow: ['form', 'worktime', 'lib'],
  promise: ['flow', 'worktime', 'lib'],
  card: ['form', 'flow', 'promise', 'lib'],
  excel: ['form', 'flow', 'lib'],
  store: ['lib'],
  workspace: ['card', 'lib'],
  people: ['workspace', 'flow', 'worktime', 'store', 'lib'],
  ticket: ['flow', 'form', 'promise', 'worktime', 'card', 'people', 'store', 'lib'],
  report: ['ticket', 'people', 'card', 'promise', 'worktime', 'store', 'lib'],
  delivery: ['workspace', 'card', 'ticket', 'people', 'store', 'lib'],
  chat: ['ticket', 'report', 'people', 'card', 'workspace', 'flow', 'form', 'store', 'lib'],
  automation: ['ticket', 'report', 'people', 'delivery', 'flow', 'form', 'promise', 'worktime', 'store', 'lib'],
  sandbox: ['lib'],
  http: [
    'lib',
    'worktime',
    'form',
    'flow',
    'promise',
    'card',
    'excel',
    'store',
    'workspace',
    'people',
    'ticket',
    'report',
    'delivery',
    'chat',
    'automation',
  ],
  web: ['http/contract', 'lib', 'worktime', 'form', 'flow', 'promise', 'card'],
};
const pure = ['lib', 'worktime', 'form', 'flow', 'promise', 'card'];

/** Package → the only places that may import it. */
const owners = {
  '^(typeorm|mysql2|ioredis|better-sqlite3)$': '^(src/store/|migrations/)',
  '^(koa|@koa/router|busboy)$': '^src/(http|sandbox)/',
  '^axios$': '^src/(workspace|delivery)/',
  '^ws$': '^src/(workspace|sandbox)/',
  '^agenda$': '^src/automation/',
  '^yaml$': '^src/(flow/|config\\.ts$|config/)',
  '^@marcbachmann/cel-js$': '^src/flow/',
  '^(react|react-dom)$': '^src/(web|sandbox/page)/',
};

const roomRules = Object.entries(rooms).map(([room, may]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import ${may.join(', ') || 'nothing'} of ours`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  // The list of migrations stands in store; nobody else may name one.
  to: {
    path: '^(src|test|migrations)/',
    pathNot: `^src/(${[room, ...may].join('|')})/${room === 'store' ? '|^migrations/' : ''}`,
  },
}));
const ownerRules = Object.entries(owners).map(([pkg, path]) => ({
  name: `owner-${pkg.replace(/[^a-z0-9]+/g, '-')}`,
  severity: 'error',
  from: { path: '^(src|migrations)/', pathNot: path },
  to: { path: `node_modules/${pkg.slice(1, -1)}/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    ...ownerRules,
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'pure-no-node',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'platforms-are-strangers',
      severity: 'error',
      from: { path: '^src/(workspace|card)/(wecom|dingtalk)/' },
      to: { path: '^src/(workspace|card)/(wecom|dingtalk)/', pathNot: '^src/[a-z]+/$2/' },
    },
    {
      name: 'port-only',
      comment: 'people and chat know the port, not a platform',
      severity: 'error',
      from: { path: '^src/(people|chat|delivery|automation)/' },
      to: { path: '^src/workspace/(wecom|dingtalk)/' },
    },
    {
      name: 'contract-is-shared',
      comment: 'http/contract runs in the browser',
      severity: 'error',
      from: { path: '^src/http/contract/' },
      to: { path: '^src/', pathNot: `^src/(http/contract|${pure.join('|')})/` },
    },
    {
      name: 'root-is-root',
      comment: 'only the composition root may be imported by nobody',
      severity: 'error',
      from: { path: '^src/[a-z]+/', pathNot: '^src/cli/' },
      to: { path: '^src/(app|main|cli)\\.ts$' },
    },
    { name: 'no-test-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
