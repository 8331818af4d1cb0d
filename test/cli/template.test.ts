/** `paidan template …` as a person or a pipeline calls it: what it prints, and the code it ends with. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { templateCommand } from '../../src/cli/template.ts';
import { Usage } from '../../src/cli/usage.ts';

let folder: string;
let said: string[];
const printed = () => said.join('\n');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paidan-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => void jest.restoreAllMocks());

const aFile = async (text: string): Promise<string> => {
  const file = join(folder, 'faulty.yaml');
  await writeFile(file, text);
  return file;
};

it('the shipped templates have no error', async () => {
  expect(await templateCommand(['check', 'templates/it-repair.yaml', 'templates/seal.yaml'])).toBe(0);
});

it('a fault is shown with file, line and column, and the exit code is 1', async () => {
  const file = await aFile('template: t\nname: 试\nform:\n  - { id: title, type: txet, label: 标题 }\nflow: []\n');
  expect(await templateCommand(['check', file])).toBe(1);
  expect(printed()).toMatch(/faulty\.yaml:4:\d+ error /);
});

it('--json gives findings for a pipeline', async () => {
  const file = await aFile('template: t\nnmae: 试\n');
  expect(await templateCommand(['check', file, '--json', '--lang', 'zh'])).toBe(1);
  const { findings } = JSON.parse(printed()) as { findings: Record<string, unknown>[] };
  const [first] = findings.filter(({ line }) => line === 2);
  const place = { code: 'unknown_key_near', severity: 'error', file, line: 2, column: 1 };
  expect(first).toEqual({ ...place, message: expect.stringContaining('是不是「name」'), fix: 'name' });
  for (const one of findings)
    expect(Object.keys(one)).toEqual(['code', 'severity', 'file', 'line', 'column', 'message', 'fix']);
});

it('speaks the language of the terminal, or the one that is asked for', async () => {
  const file = await aFile('template: t\nnmae: 试\n');
  const { LC_ALL } = process.env;
  process.env['LC_ALL'] = 'en_US.UTF-8';
  try {
    await templateCommand(['check', file]);
    expect(printed()).toContain('Did you mean “name”?');
    expect(printed()).not.toMatch(/是不是/);
    await templateCommand(['check', file, '--lang', 'zh']);
    expect(printed()).toContain('是不是「name」？');
    await expect(templateCommand(['check', file, '--lang', 'fr'])).rejects.toThrow(Usage);
  } finally {
    if (LC_ALL === undefined) delete process.env['LC_ALL'];
    else process.env['LC_ALL'] = LC_ALL;
  }
});

it('knows the templates that stand beside it, and says what a card has no room for', async () => {
  await templateCommand(['check', 'test/flow/valid/onboarding.yaml', '--json']);
  const { findings } = JSON.parse(printed()) as { findings: { code: string }[] };
  expect(findings.map(({ code }) => code)).not.toContain('template_not_here');
  expect(findings.map(({ code }) => code)).toContain('card_asks_elsewhere');
  const text = await readFile('test/flow/valid/files-another.yaml', 'utf8');
  const file = await aFile(text.replace('template: smallest', 'template: nowhere'));
  said = [];
  await templateCommand(['check', file]);
  expect(printed()).toMatch(/warning template_not_here/);
});

it('wrong use says how it is called', async () => {
  await expect(templateCommand(['check'])).rejects.toThrow(Usage);
  await expect(templateCommand(['check', 'nowhere.yaml'])).rejects.toThrow(/nowhere\.yaml/);
  await expect(templateCommand(['check', 'a.yaml', '--jsno'])).rejects.toThrow(/--jsno/);
});

it('publishing a faulty template changes nothing, and says why', async () => {
  const cwd = process.cwd();
  const env = { ...process.env };
  Object.assign(process.env, { DATABASE_URL: `sqlite:${join(folder, 'p.db')}` });
  try {
    const good = join(cwd, 'templates/seal.yaml');
    process.chdir(folder);
    expect(await templateCommand(['publish', good])).toBe(0);
    expect(printed()).toContain('seal v1');
    expect(await templateCommand(['publish', await aFile('template: seal\nname: 用章\nflow: [')])).toBe(1);
    expect(await templateCommand(['publish', good])).toBe(0);
    expect(printed()).toMatch(/未变|unchanged/);
    // Nobody is in this directory, so nothing is said about people.
    expect(await templateCommand(['check', '--published'])).toBe(0);
    expect(printed()).toMatch(/seal v1:\d+:\d+ info [^]*1 个已发布的模板没有错误|1 published template/);
    await expect(templateCommand(['check', '--published', good])).rejects.toThrow(Usage);
    await expect(templateCommand(['publish', '--published'])).rejects.toThrow(Usage);
  } finally {
    process.chdir(cwd);
    process.env = env;
  }
});
