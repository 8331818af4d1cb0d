/** The CEL environments: one base for all templates, a light copy per template, one more per table for `row`. */
import { Environment } from '@marcbachmann/cel-js';
import { registerBounded } from './fuel.ts';
import { registerFunctions } from './functions.ts';
import { type FormShape, type Layout, layoutOf, type StructLayout } from './layout.ts';
import { PERSON_FIELDS, PersonView, TASK_FIELDS, TaskView, TICKET_FIELDS, TicketView } from './view.ts';

const TIME = 'google.protobuf.Timestamp';
/** Bounds of one expression; its loops are bounded in `fuel.ts`. */
const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 };

const base = makeBase();

function makeBase(): Environment {
  const env = new Environment({ limits: LIMITS })
    .registerType('Person', { ctor: PersonView, fields: PERSON_FIELDS })
    .registerType('Ticket', { ctor: TicketView, fields: TICKET_FIELDS })
    .registerType('Task', { ctor: TaskView, fields: TASK_FIELDS })
    .registerOperator('Person == Person', (a: PersonView, b: PersonView) => a.id === b.id);
  // All numbers are double and integer literals widen; what stays an integer (a size, an index) mixes freely.
  for (const [left, right] of [
    ['int', 'double'],
    ['double', 'int'],
  ] as const) {
    env
      .registerOperator(`${left} + ${right}: double`, (a: number | bigint, b: number | bigint) => Number(a) + Number(b))
      .registerOperator(`${left} - ${right}: double`, (a: number | bigint, b: number | bigint) => Number(a) - Number(b))
      .registerOperator(`${left} * ${right}: double`, (a: number | bigint, b: number | bigint) => Number(a) * Number(b))
      .registerOperator(
        `${left} / ${right}: double`,
        (a: number | bigint, b: number | bigint) => Number(a) / Number(b),
      );
  }
  env
    .registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
    .registerOperator('double % double', (a: number, b: number) => a % b)
    .registerOperator('int in list<double>', (a: bigint, list: readonly number[]) => list.includes(Number(a)))
    .registerVariable('requester', 'Person')
    .registerVariable('assignee', 'Person')
    .registerVariable('actor', 'Person')
    .registerVariable('ticket', 'Ticket')
    .registerVariable('task', 'Task')
    .registerVariable('child', 'dyn')
    .registerVariable('now', TIME);
  registerFunctions(env);
  registerBounded(env);
  return env;
}

/** What may be named in a template's expressions, and how to compile them. */
export interface ScopeType {
  readonly env: Environment;
  readonly layout: Layout;
  /** Inside a table's column: `row.*` is one of these. */
  readonly row: StructLayout | null;
  /** Names of variables, for suggestions. */
  readonly names: readonly string[];
}
export const FIXED_NAMES = ['requester', 'assignee', 'actor', 'ticket', 'task', 'child', 'now'] as const;

/** @param forms `form` first, then each node that has a form, in the order of the text */
export function makeScopeType(forms: readonly FormShape[]): ScopeType {
  const layout = layoutOf(forms);
  const env = base.clone();
  for (const struct of layout.forms.values()) {
    registerStruct(env, struct);
    env.registerVariable(struct.name, struct.type);
  }
  return { env, layout, row: null, names: [...FIXED_NAMES, ...layout.forms.keys()] };
}

function registerStruct(env: Environment, struct: StructLayout): void {
  for (const { table } of struct.fields.values()) {
    if (!table) continue;
    registerStruct(env, table.row);
    const sums = Object.fromEntries(table.sums.map((column) => [`sum_${column}`, 'double']));
    env.registerType(table.type, { ctor: table.Struct, fields: { rows: `list<${table.row.type}>`, ...sums } });
  }
  const fields = Object.fromEntries([...struct.fields].map(([id, field]) => [id, field.celType]));
  env.registerType(struct.type, { ctor: struct.Struct, fields });
}

/** The same, inside the columns of a table: `row` is there too. */
export function withRow(scope: ScopeType, form: string, table: string): ScopeType {
  const row = scope.layout.forms.get(form)?.fields.get(table)?.table?.row;
  if (!row) return scope;
  return { ...scope, env: scope.env.clone().registerVariable('row', row.type), row, names: [...scope.names, 'row'] };
}
