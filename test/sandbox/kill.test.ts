import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { aText, type Json } from './support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let home: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  // Inside the package, so that the process finds the same libraries.
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  home = mkdtempSync(join(cache, 'sandbox-kill-'));
  for (const room of ['lib', 'sandbox']) transpile(join(root, 'src', room), join(home, 'src', room));
  cpSync(join(root, 'package.json'), join(home, 'package.json'));
  writeFileSync(
    join(home, 'main.js'),
    `import { serveSandbox } from './src/sandbox/serve.js';
     const log = { info() {}, warn() {}, error: console.error, with: () => log };
     const { url } = await serveSandbox({ port: 0, folder: ${JSON.stringify(join(home, 'data'))}, clock: Date.now, log });
     console.log(url);`,
  );
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

function transpile(from: string, to: string) {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
  };
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.ts'))) {
    const { outputText } = ts.transpileModule(readFileSync(join(from, name), 'utf8'), { compilerOptions });
    const target = join(to, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}

async function start(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(home, 'main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  started.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()));
    child.once('exit', (code) => reject(new Error(`exit ${String(code)}`)));
  });
  return { url, child };
}

const json = async (response: Promise<Response>) => (await (await response).json()) as Json;

it('loses nothing that it answered when it is killed in full swing, three times over', async () => {
  const people = ['chenwei', 'liuyang', 'zhaolei', 'sunli', 'huangtao', 'zhengjie', 'linxia', 'hejing'];
  const acknowledged: string[] = [];
  let said = 0;
  for (let round = 0; round < 3; round += 1) {
    const { url, child } = await start();
    await fetch(`${url}/sandbox/api/settings`, { method: 'PUT', body: '{"perMinute":10000,"perHour":100000}' });
    const corp = 'corpid=ww5a1db0c0ffee2026&corpsecret=sandboxAppSecretOfPaidan-0123456789abcdefgh';
    const { access_token } = await json(fetch(`${url}/sandbox/wecom/cgi-bin/gettoken?${corp}`));
    const send = `${url}/sandbox/wecom/cgi-bin/message/send?access_token=${String(access_token)}`;
    const before = acknowledged.length;
    let alive = true;
    const talk = async (userid: string) => {
      while (alive) {
        const text = `${userid} ${++said}`;
        const answer = await json(fetch(send, { method: 'POST', body: JSON.stringify(aText(userid, text)) })).catch(
          () => null,
        );
        if (answer?.['errcode'] === 0) acknowledged.push(text);
        if (acknowledged.length >= before + 120 && alive) {
          alive = false;
          child.kill('SIGKILL');
        }
      }
    };
    await Promise.all(people.map(talk));
    expect(child.killed).toBe(true);
  }
  const { url } = await start();
  const kept = new Set<unknown>();
  for (const userid of people) {
    const { messages } = await json(fetch(`${url}/sandbox/api/chats/${userid}`));
    for (const message of messages as Json[]) kept.add(message['text']);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(360);
  expect(acknowledged.filter((text) => !kept.has(text))).toEqual([]);
});
