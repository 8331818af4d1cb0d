/** What the language knows and this version does not run: refused where it would change the flow, told where it only waits. */
import { isRunningType } from '../compile/field.ts';
import type { Path, PlacedNode } from '../order.ts';
import type { ColumnSpec, FieldSpec } from '../spec/field.ts';
import type { Check, CheckContext } from './context.ts';

export const checkNotYet: Check = (context) => {
  const { spec, placed } = context;
  for (const node of placed) checkNode(context, node);
  checkForm(context, spec.form, ['form']);
  checkWaiting(context);
};

function refuse({ report }: CheckContext, path: Path, what: string, what_en: string, atKey = false): void {
  report('not_yet_supported', path, { what, what_en }, { atKey });
}

function checkNode(context: CheckContext, { spec, path }: PlacedNode): void {
  // With a url beside it, that is the fault.
  if ('connector' in spec && spec.connector !== undefined && spec.url === undefined)
    refuse(context, [...path, 'connector'], '内置连接器', 'built-in connectors', true);
  checkForm(context, spec.form ?? [], [...path, 'form']);
}

function checkForm(context: CheckContext, fields: readonly FieldSpec[], path: Path): void {
  fields.forEach((field, i) => {
    checkField(context, field, [...path, i]);
    field.columns?.forEach((column, j) => {
      const at = [...path, i, 'columns', j];
      checkField(context, column, at);
      if (column.type === 'table') refuse(context, [...at, 'type'], '表格中的表格', 'a table in a table');
    });
  });
}

function checkField(context: CheckContext, field: ColumnSpec, path: Path): void {
  if (!isRunningType(field.type))
    refuse(context, [...path, 'type'], `字段类型 ${field.type}`, `fields of type ${field.type}`);
  if (field.who_can_see !== undefined) refuse(context, [...path, 'who_can_see'], 'who_can_see', 'who_can_see', true);
  // Cards hide it already, but nothing encrypts it at rest yet: a promise half kept is none.
  if (field.encrypt) refuse(context, [...path, 'encrypt'], '加密字段 encrypt', 'encrypted fields', true);
  if (field.options !== undefined && !Array.isArray(field.options)) {
    refuse(context, [...path, 'options'], '命名列表和远程列表', 'named and remote lists');
  }
}

/** Parsed and type-checked; a later version acts on it. */
function checkWaiting({ spec, report }: CheckContext): void {
  const tell = (path: Path, what: string, what_en: string) =>
    report('not_yet_run', path, { what, what_en }, { atKey: true });
  if (spec.sla) tell(['sla'], '服务级别 sla', 'The service level (sla)');
  if (spec.rules) tell(['rules'], '自动化规则 rules', 'The rules');
  if (spec.survey) tell(['survey'], '满意度调查 survey', 'The survey');
}
