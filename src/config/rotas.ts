/**
 * Rotas as files: those that an empty database starts with, `config/rotas.yaml`, and those that an admin imports.
 * Members are written `workspace/account`; without a workspace, in any. Written again by `rotasText.ts`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Expected, field, group, listOf, matching, optional, wholeNumber } from './field.ts';
import { inWords } from './judge.ts';
import { placeOf, readYaml } from './layer.ts';
import { packageRoot } from './packageRoot.ts';
import { ConfigError } from './problem.ts';

type Rotation = {
  readonly kind: 'rotation';
  readonly members: readonly string[];
  /** Days of one turn. */
  readonly days: number;
  /** `YYYY-MM-DD`, the first day of the first member's turn. */
  readonly from: string;
  /** Minutes of the day. */
  readonly handover: number;
};
type Weekly = {
  readonly kind: 'weekly';
  readonly turns: readonly {
    /** 0 is Monday. */
    readonly weekdays: readonly number[];
    /** Minutes of the day; `to` at or before `from` is on the next day. */
    readonly from: number;
    readonly to: number;
    readonly members: readonly string[];
  }[];
};
type Change = {
  /** `YYYY-MM-DD`, `to` included. */
  readonly from: string;
  readonly to: string;
  /** Who stands in; empty: nobody is on duty. */
  readonly members: readonly string[];
  /** Only this one is replaced; absent: all are. */
  readonly instead?: string;
};
export interface RotaFile {
  readonly name: string;
  readonly pattern: Rotation | Weekly;
  readonly changes: readonly Change[];
}

const account = matching(/^[^\s]{1,256}$/, '账号，如 hq/zhangsan', 'an account such as hq/zhangsan');
const time = matching(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '时间，如 "09:00"', 'a time such as "09:00"');
const day = field('日期，如 2026-01-05', 'a date such as 2026-01-05', (given) => {
  const at = given !== null && /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00:00Z`) : NaN;
  // 30 February is read as 2 March by some.
  return given !== null && at >= 0 && new Date(at).toISOString().startsWith(given) ? given : undefined;
});
const name = matching(/^.{1,128}$/, '值班表名', 'the name of the rota');

const ONE_OF: Expected = {
  expected: { zh: 'rotation（轮流）或 weekly（每周固定）之一', en: 'either rotation or weekly' },
};
const rotation = group({
  members: listOf(account),
  days: wholeNumber(1, 366),
  from: day,
  handover: optional(time, '00:00'),
});
const weekly = z.array(group({ weekdays: listOf(wholeNumber(1, 7)), from: time, to: time, members: listOf(account) }));
const LATER: Expected = { expected: { zh: '不早于 from 的日期', en: 'a date not before its from' } };
const change = group({ from: day, to: day, members: listOf(account), instead: account.optional() }).superRefine(
  ({ from, to }, context) => {
    if (to < from) context.addIssue({ code: 'custom', path: ['to'], params: { ...LATER } });
  },
);
const ROTAS = group({
  rotas: z.array(
    group({
      name,
      rotation: rotation.optional(),
      weekly: weekly.optional(),
      changes: z.array(change).optional(),
    }).superRefine((rota, context) => {
      if ((rota.rotation === undefined) === (rota.weekly === undefined))
        context.addIssue({ code: 'custom', path: ['name'], params: { ...ONE_OF } });
    }),
  ),
});

/** @throws ConfigError */
export const loadRotas = (file = join(packageRoot(), 'config/rotas.yaml')): RotaFile[] =>
  readRotas(readFileSync(file, 'utf8'), 'config/rotas.yaml');

/** @param file as shown to people @throws ConfigError */
export function readRotas(source: string, file: string): RotaFile[] {
  const { layer, problems } = readYaml(source, file);
  if (problems.length > 0) throw new ConfigError(problems, headOf(problems));
  const result = ROTAS.safeParse(layer.value);
  if (!result.success) {
    const found = result.error.issues.flatMap((issue) => inWords(issue, layer.value));
    const placed = found.map((problem) => ({ ...problem, where: placeOf([layer], problem.path) }));
    throw new ConfigError(placed, headOf(placed));
  }
  return result.data.rotas.map((rota) => ({
    name: rota.name,
    pattern: patternOf(rota),
    changes: (rota.changes ?? []).map(({ instead, ...days }) => ({
      ...days,
      ...(instead === undefined ? {} : { instead }),
    })),
  }));
}

const headOf = ({ length }: { readonly length: number }): string =>
  `值班表文件有 ${length} 处要改，没有读入。 / ${length} ${length === 1 ? 'thing' : 'things'} to change in the file of rotas; nothing was read.`;

function patternOf(rota: z.output<typeof ROTAS>['rotas'][number]): Rotation | Weekly {
  const { rotation: inTurn, weekly: week = [] } = rota;
  if (inTurn) return { kind: 'rotation', ...inTurn, handover: minutesOf(inTurn.handover) };
  const turns = week.map((turn) => ({
    members: turn.members,
    weekdays: turn.weekdays.map((weekday) => weekday - 1),
    from: minutesOf(turn.from),
    to: minutesOf(turn.to),
  }));
  return { kind: 'weekly', turns };
}

function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}
