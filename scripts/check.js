/** `npm run check`: types, lint and purity, room boundaries, formatting, unused code. All run; all findings are shown. */
import { spawnSync } from 'node:child_process';

const checks = [
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['lint', 'eslint', ['--max-warnings', '0', 'src', 'test', 'migrations']],
  ['rooms', 'depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'migrations']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['unused', 'knip', []],
];
const only = process.argv.slice(2);
let failed = 0;
for (const [name, command, args] of checks) {
  if (only.length > 0 && !only.includes(name)) continue;
  const started = Date.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
