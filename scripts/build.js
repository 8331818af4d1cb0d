/** Builds dist/: the service by tsc, the pages by vite. Skips a half whose sources did not change. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Digest of every file under the given folders, so that a start without a change starts at once. */
function digest(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(path, entry.name);
      if (entry.isDirectory()) visit(file);
      else hash.update(file).update(readFileSync(file));
    }
  };
  for (const path of paths) visit(join(root, path));
  for (const file of ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'])
    hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function build(name, paths, command, args) {
  const mark = join(root, 'dist', `.built-${name}`);
  const now = digest(paths);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return;
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(mark, now);
}

build('service', ['src', 'migrations', 'test/bench', 'test/campaign'], bin('tsc'), ['-p', 'tsconfig.build.json']);
for (const page of ['sandbox', 'm'].filter((name) => existsSync(join(root, 'config', `vite.${name}.js`))))
  build(`page-${page}`, ['src', 'config'], bin('vite'), [
    'build',
    '--config',
    `config/vite.${page}.js`,
    '--logLevel',
    'warn',
  ]);
