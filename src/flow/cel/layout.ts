/**
 * What a template's forms look like to an expression: one struct type per form, table and row.
 * The types are named by position (`F1T0R`), since the library keeps every type name for ever.
 * Built the same way from a template's text and from its compiled form, so a scope fits every expression of it.
 */
import type { Values } from '../../form/field.ts';
import type { Directory } from '../directory.ts';
import { midnight } from '../zone.ts';
import { PersonView } from './view.ts';

export interface FieldShape {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly sum?: boolean | undefined;
  readonly columns?: readonly FieldShape[] | undefined;
  /** Values of its options; absent: not a choice, or not known here. */
  readonly choices?: readonly string[];
}
export interface FormShape {
  /** `form`, or the node's id. */
  readonly name: string;
  readonly fields: readonly FieldShape[];
}

/** How a field's value appears in expressions; `unknown`: a type that this version cannot run yet. */
export type Kind =
  'text' | 'number' | 'flag' | 'texts' | 'numbers' | 'date' | 'datetime' | 'person' | 'people' | 'table' | 'unknown';

export const KINDS: Readonly<Record<string, Kind>> = {
  ...{ text: 'text', textarea: 'text', radio: 'text', select: 'text', department: 'text' },
  ...{ number: 'number', money: 'number', rating: 'number', switch: 'flag' },
  ...{ checkbox: 'texts', multiselect: 'texts', attachment: 'numbers' },
  ...{ date: 'date', datetime: 'datetime', person: 'person', people: 'people', table: 'table' },
};
const CEL_TYPES: Readonly<Record<Exclude<Kind, 'table'>, string>> = {
  text: 'string',
  number: 'double',
  flag: 'bool',
  texts: 'list<string>',
  numbers: 'list<double>',
  date: 'google.protobuf.Timestamp',
  datetime: 'google.protobuf.Timestamp',
  person: 'Person',
  people: 'list<Person>',
  unknown: 'dyn',
};

/** What a call or a sub-flow brings back: of any kind. */
export const takenShapes = (names: readonly string[]): FieldShape[] =>
  names.map((name) => ({ id: name, type: 'taken', label: name }));

/** Whether the form was filled in at all: `is_set(repair)`. */
export const FILLED = Symbol('filled');
/** What expressions read a field from: a form, a table or a row. */
export class Struct {
  [field: string]: unknown;
  [FILLED] = false;
}

const classes = new Map<string, new () => Struct>();
function structClass(name: string): new () => Struct {
  let made = classes.get(name);
  if (!made) classes.set(name, (made = class extends Struct {}));
  return made;
}

export interface FieldLayout {
  readonly shape: FieldShape;
  readonly kind: Kind;
  readonly celType: string;
  readonly table: TableLayout | null;
}
export interface StructLayout {
  /** Name of the CEL type. */
  readonly type: string;
  /** For people: `form`, `repair`, `form.items.rows`. */
  readonly name: string;
  readonly Struct: new () => Struct;
  readonly fields: ReadonlyMap<string, FieldLayout>;
}
export interface TableLayout {
  readonly type: string;
  readonly Struct: new () => Struct;
  readonly row: StructLayout;
  /** Ids of the columns with a sum. */
  readonly sums: readonly string[];
}
export interface Layout {
  /** By the variable's name. */
  readonly forms: ReadonlyMap<string, StructLayout>;
}

export function layoutOf(forms: readonly FormShape[]): Layout {
  const entries = forms.map((form, i) => [form.name, structLayout(`F${i}`, form.name, form.fields)] as const);
  return { forms: new Map(entries) };
}

function structLayout(type: string, name: string, shapes: readonly FieldShape[]): StructLayout {
  const fields = new Map<string, FieldLayout>();
  shapes.forEach((shape, i) => {
    const kind = KINDS[shape.type] ?? 'unknown';
    const table = kind === 'table' ? tableLayout(`${type}T${i}`, `${name}.${shape.id}`, shape.columns ?? []) : null;
    const celType = kind === 'table' ? `${type}T${i}` : CEL_TYPES[kind];
    if (!fields.has(shape.id)) fields.set(shape.id, { shape, kind, celType, table });
  });
  return { type, name, Struct: structClass(type), fields };
}

function tableLayout(type: string, name: string, columns: readonly FieldShape[]): TableLayout {
  const flat = columns.map((column) => (column.type === 'table' ? { ...column, type: 'group' } : column));
  const sums = flat
    .filter((column) => column.sum === true && KINDS[column.type] === 'number')
    .map((column) => column.id);
  return { type, Struct: structClass(type), row: structLayout(`${type}R`, `${name}.rows`, flat), sums };
}

/** A form's values as a struct; a field without a value is unset in its kind. */
export function structOf(layout: StructLayout, values: Values | undefined, directory: Directory): Struct {
  const struct = new layout.Struct();
  struct[FILLED] = values !== undefined;
  for (const [id, field] of layout.fields) {
    struct[id] = toCel(field, values && Object.hasOwn(values, id) ? values[id] : undefined, directory);
  }
  return struct;
}

function toCel(field: FieldLayout, value: unknown, directory: Directory): unknown {
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' ? value : '';
    case 'number':
      return typeof value === 'number' ? value : NaN;
    case 'flag':
      return value === true;
    case 'texts':
    case 'numbers':
      return Array.isArray(value) ? value : [];
    case 'date':
      return new Date(typeof value === 'string' ? midnight(value) : NaN);
    case 'datetime':
      return new Date(typeof value === 'number' ? value : NaN);
    case 'person':
      return new PersonView(typeof value === 'number' ? value : null, directory);
    case 'people':
      return (Array.isArray(value) ? value : []).map(
        (id) => new PersonView(typeof id === 'number' ? id : null, directory),
      );
    case 'table':
      return tableOf(field.table, value, directory);
    case 'unknown':
      return value ?? '';
  }
}

function tableOf(table: TableLayout | null, value: unknown, directory: Directory): Struct | null {
  if (!table) return null;
  const rows = (Array.isArray(value) ? (value as readonly Values[]) : []).map((row) =>
    structOf(table.row, row, directory),
  );
  const struct = new table.Struct();
  struct.rows = rows;
  for (const column of table.sums) {
    struct[`sum_${column}`] = rows.reduce((sum, row) => sum + ((row[column] as number) || 0), 0);
  }
  return struct;
}
