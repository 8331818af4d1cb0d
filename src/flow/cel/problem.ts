/** What the library says about an expression, in our words, with the place inside the expression. */
import { ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import type { Facts, FindingCode } from '../findingTable.ts';
import { nearly } from '../findingTable.ts';
import { nearest } from '../nearest.ts';
import { isFullWidth } from '../yaml/fullWidth.ts';
import type { Node } from './ast.ts';
import type { ScopeType } from './environment.ts';
import { FUNCTION_NAMES } from './functions.ts';
import { PERSON_FIELDS, TASK_FIELDS, TICKET_FIELDS } from './view.ts';

export interface ExpressionProblem {
  readonly problem: FindingCode;
  readonly facts: Facts;
  /** From the start of the expression's text, in UTF-16 units. */
  readonly offset: number;
  /** The word that most likely was meant, and the one that stands there. */
  readonly replace?: { readonly from: string; readonly to: string };
}

const TYPE_WORDS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['文本', 'a text'],
  double: ['数字', 'a number'],
  int: ['整数', 'a whole number'],
  bool: ['是或否', 'yes or no'],
  'list<string>': ['文本列表', 'a list of texts'],
  'list<double>': ['数字列表', 'a list of numbers'],
  list: ['列表', 'a list'],
  'google.protobuf.Timestamp': ['时间', 'a time'],
  'google.protobuf.Duration': ['时长', 'a duration'],
  Person: ['人员', 'a person'],
  Ticket: ['工单', 'a ticket'],
  Task: ['待办', 'a task'],
  null: ['空值 null（请用 is_set）', 'null (use is_set)'],
  dyn: ['任意值', 'any value'],
};

export function typeWords(type: string, scope: ScopeType): readonly [string, string] {
  const known = TYPE_WORDS[type];
  if (known) return known;
  for (const struct of scope.layout.forms.values()) {
    if (struct.type === type) return [`表单 ${struct.name}`, `the form ${struct.name}`];
    for (const field of struct.fields.values()) {
      if (field.celType === type)
        return [`表格 ${struct.name}.${field.shape.id}`, `the table ${struct.name}.${field.shape.id}`];
    }
  }
  return type.startsWith('list<') ? ['列表', 'a list'] : [type, type];
}

export function celProblem(error: unknown, text: string, scope: ScopeType): ExpressionProblem {
  if (error instanceof ParseError) return syntaxProblem(error, text);
  if (!(error instanceof CelTypeError)) throw error;
  const node = error.node as unknown as Node | undefined;
  const offset = error.range?.start ?? 0;
  switch (error.code) {
    case 'unknown_variable':
      return unknownName(String(node?.args), offset, scope.names);
    case 'no_such_key':
      return unknownField(node, offset, scope);
    case 'no_matching_overload':
      return unknownFunction(node, offset, scope);
    case 'no_such_overload':
    case 'invalid_logical_operand':
      return { problem: 'type_mismatch', offset, facts: operands(node, error.summary, scope) };
    default:
      return { problem: 'type_mismatch', offset, facts: { detail: error.summary, detail_en: error.summary } };
  }
}

const SYNTAX: Readonly<Record<string, string>> = {
  unterminated_string: '引号没有闭合',
  unterminated_triple_quoted_string: '引号没有闭合',
  newline_in_string: '引号中不能换行',
  reserved_identifier: '用了保留字',
  invalid_number: '数字写法不对',
  invalid_macro_argument: 'has() 的写法不对',
};

function syntaxProblem(error: ParseError, text: string): ExpressionProblem {
  const offset = Math.min(error.range?.start ?? 0, text.length);
  if (error.code === 'limit_exceeded') return { problem: 'expression_too_costly', offset, facts: {} };
  const mark = text[offset] ?? '';
  if (isFullWidth(mark)) return { problem: 'full_width_punctuation', offset, facts: { mark } };
  const rest = text.slice(offset, offset + 12);
  const detail = SYNTAX[error.code] ?? (rest === '' ? '没有写完' : `看不懂「${rest}」`);
  return { problem: 'expression_syntax', offset, facts: { detail, detail_en: error.summary } };
}

export function unknownName(name: string, offset: number, names: readonly string[]): ExpressionProblem {
  const near = nearest(name, names);
  const facts = { name, near: near ?? '' };
  return {
    problem: nearly('unknown_name', near),
    offset,
    facts,
    ...(near ? { replace: { from: name, to: near } } : {}),
  };
}

function unknownField(node: Node | undefined, offset: number, scope: ScopeType): ExpressionProblem {
  const [left, field] = (node?.args ?? []) as [Node | undefined, unknown];
  const type = left?.checkedType?.name ?? '';
  const name = String(field);
  const near = nearest(name, fieldsOf(type, scope));
  const of = left?.op === 'id' ? String(left.args) : typeWords(type, scope)[0];
  const facts = { of, name, near: near ?? '' };
  return {
    problem: nearly('unknown_field', near),
    offset,
    facts,
    ...(near ? { replace: { from: name, to: near } } : {}),
  };
}

function fieldsOf(type: string, scope: ScopeType): Iterable<string> {
  const fixed = { Person: PERSON_FIELDS, Ticket: TICKET_FIELDS, Task: TASK_FIELDS }[type];
  if (fixed) return Object.keys(fixed);
  if (scope.row?.type === type) return scope.row.fields.keys();
  for (const struct of scope.layout.forms.values()) {
    if (struct.type === type) return struct.fields.keys();
    for (const { table } of struct.fields.values()) {
      if (table?.type === type) return ['rows', ...table.sums.map((column) => `sum_${column}`)];
      if (table?.row.type === type) return table.row.fields.keys();
    }
  }
  return [];
}

function unknownFunction(node: Node | undefined, offset: number, scope: ScopeType): ExpressionProblem {
  const args = (node?.args ?? ['']) as [string, ...unknown[]];
  const name = args[0].replace(/_$/, '');
  const given =
    node?.op === 'call' ? (args[1] as Node[]) : [args[1] as Node, ...((args[2] as Node[] | undefined) ?? [])];
  const words = given.map((arg) => typeWords(arg.checkedType?.name ?? 'dyn', scope));
  if (node?.op === 'call' && !FUNCTION_NAMES.includes(name)) {
    const near = nearest(name, FUNCTION_NAMES);
    if (near) return { problem: 'unknown_name_near', offset, facts: { name, near }, replace: { from: name, to: near } };
  }
  return { problem: 'unknown_function', offset, facts: { name: `${name}(${words.map(([zh]) => zh).join('，')})` } };
}

function operands(node: Node | undefined, summary: string, scope: ScopeType): Facts {
  const parts = (Array.isArray(node?.args) ? node.args : [node?.args]) as Node[];
  const [left, right] = parts.map((part) => typeWords(part.checkedType?.name ?? 'dyn', scope));
  const op = node?.op.replace('_', '') ?? '';
  if (!left) return { detail: summary, detail_en: summary };
  if (!right) return { detail: `${left[0]}不能用 ${op}`, detail_en: `${op} does not fit ${left[1]}` };
  return { detail: `${left[0]} ${op} ${right[0]}`, detail_en: `${left[1]} ${op} ${right[1]}` };
}
