/** What the bench tells: a table for people, JSON for programs. */
import { cpus, totalmem } from 'node:os';
import { type Row, verdict } from './row.ts';

export interface Report {
  readonly at: string;
  readonly command: string;
  readonly machine: string;
  readonly rows: readonly Row[];
}

export function machineLine(more: readonly string[]): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${cpus().length} × ${cpu?.model.trim() ?? 'CPU'}`,
    `${memory} GiB`,
    `Node ${process.versions.node}`,
    ...more,
  ].join(', ');
}

const MARK = { aim: '✔✔', goal: '✔', missed: '✘', told: '' };

export function table({ at, command, machine, rows }: Report): string {
  const head = ['', 'what', 'ratio', 'goal', 'aim', '', 'ours', 'limit', ''];
  const lines = rows.map((row) => [
    row.id,
    row.what,
    row.ratio.toFixed(2),
    row.goal ? `${row.goal.sense === 'at least' ? '≥' : '≤'} ${row.goal.value}` : '',
    row.goal ? String(Number(row.goal.aim.toFixed(2))) : '',
    MARK[verdict(row)],
    row.ours,
    row.limit,
    row.more ?? '',
  ]);
  const all = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [`${at} · \`${command}\``, machine, '', ...all, ''].join('\n');
}
