/** The room table bites: each rule of `.dependency-cruiser.cjs` is broken once, in a tree of its own, and is caught. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

interface Rules {
  forbidden: { name: string }[];
}
const config = resolve('.dependency-cruiser.cjs');
const { forbidden } = createRequire(import.meta.url)(config) as Rules;

const ROOMS = [
  'lib', 'worktime', 'form', 'flow', 'promise', 'card', 'excel', 'store', 'workspace', 'people', 'ticket', 'report',
  'delivery', 'chat', 'automation', 'sandbox', 'http', 'web',
]; // prettier-ignore

/** A room that this one may not import. `http` may import every room but the sandbox. */
const forbiddenFor = (room: string): string => (room === 'http' ? 'sandbox' : room === 'sandbox' ? 'http' : 'web');

/** File → what it imports, each breaking the rule of its name. */
function offences(): Map<string, [file: string, imported: string]> {
  const found = new Map<string, [string, string]>();
  for (const room of ROOMS) {
    const other = room === 'web' ? 'store' : forbiddenFor(room);
    found.set(`room-${room}`, [`src/${room}/a.ts`, `../${other}/b.ts`]);
  }
  for (const { name } of forbidden.filter((rule) => rule.name.startsWith('owner-')))
    found.set(name, [`src/worktime/${name}.ts`, OWNED[name] ?? name.slice('owner-'.length)]);
  found.set('no-cycles', ['src/lib/one.ts', './two.ts']);
  found.set('pure-no-node', ['src/form/node.ts', 'node:fs']);
  found.set('platforms-are-strangers', ['src/workspace/wecom/x.ts', '../dingtalk/y.ts']);
  found.set('port-only', ['src/people/p.ts', '../workspace/wecom/z.ts']);
  found.set('contract-is-shared', ['src/http/contract/c.ts', '../server.ts']);
  found.set('root-is-root', ['src/delivery/r.ts', '../app.ts']);
  found.set('no-test-in-src', ['src/chat/t.ts', '../../test/support.ts']);
  return found;
}

/** One package of each owners' rule. */
const OWNED: Readonly<Record<string, string>> = {
  'owner--typeorm-mysql2-ioredis-better-sqlite3-': 'typeorm',
  'owner--koa-koa-router-busboy-': 'koa',
  'owner--axios-': 'axios',
  'owner--ws-': 'ws',
  'owner--agenda-': 'agenda',
  'owner--yaml-': 'yaml',
  'owner--marcbachmann-cel-js-': '@marcbachmann/cel-js',
  'owner--react-react-dom-': 'react',
};

let folder: string;
let caught: Set<string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paidan-rooms-'));
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  for (const [file, imported] of offences().values()) {
    await write(file, `import '${imported}';\n`);
    if (imported.startsWith('.')) await write(join(dirname(file), imported), 'export const there = 1;\n');
    else if (!imported.startsWith('node:')) await write(`node_modules/${imported}/index.js`, 'module.exports = 1;\n');
  }
  await write('src/lib/two.ts', "import './one.ts';\nexport const two = 2;\n");
  for (const [file, imported] of offences().values()) await write(file, `import '${imported}';\n`);
  await write('tsconfig.json', '{ "compilerOptions": { "module": "NodeNext" } }');
  await symlink(config, join(folder, 'rules.cjs'));
  const depcruise = resolve('node_modules/.bin/depcruise');
  const args = ['--config', 'rules.cjs', '--output-type', 'json', 'src'];
  const { stdout } = await promisify(execFile)(depcruise, args, { cwd: folder, maxBuffer: 1 << 26 }).catch(
    (error: { stdout: string }) => error,
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  caught = new Set(summary.violations.map(({ rule }) => rule.name));
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(forbidden.map(({ name }) => name))('%s is caught when it is broken', (name) => {
  expect(offences().has(name)).toBe(true);
  expect([...caught]).toContain(name);
});
