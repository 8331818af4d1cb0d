/**
 * A form field, compiled: plain data from the template plus functions that `flow/` compiled from its expressions.
 * This room knows nothing of the expression language; it only calls those functions with a scope it passes through.
 */

/** The field types that exist so far; `template-language.md` lists all 39. */
export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'money',
  'radio',
  'select',
  'checkbox',
  'multiselect',
  'switch',
  'rating',
  'date',
  'datetime',
  'person',
  'people',
  'department',
  'attachment',
  'table',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What a field stands for in the rest of the system, whatever its id and label. */
export const MEANINGS = [
  'title',
  'detail',
  'urgency',
  'category',
  'occurred_at',
  'asset',
  'customer',
  'effort',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/**
 * A field's value as it is kept and travels:
 * text, textarea, radio, select, department (its key): string, `''` unset ·
 * number, money, rating: number, null unset · switch: boolean · checkbox, multiselect: strings ·
 * date: `YYYY-MM-DD` or `''` · datetime: epoch ms or null · person: person id or null · people: person ids ·
 * attachment: attachment ids · table: rows of column values.
 */
export type Value = string | number | boolean | null | readonly string[] | readonly number[] | readonly Values[];
export interface Values {
  readonly [field: string]: Value;
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly color?: string;
}

/** What expressions see; made by `flow/`, opaque here. */
export type Scope = object;

export interface Check {
  readonly holds: (scope: Scope) => boolean;
  readonly message: string;
}

export interface Field {
  readonly id: string;
  readonly type: FieldType;
  readonly label: string;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly help: string;
  readonly placeholder: string;
  readonly unit: string;
  /** Kept encrypted, never put in a card. */
  readonly encrypt: boolean;
  readonly means: Meaning | null;
  readonly options: readonly Option[];
  /** number, money: value range. text, textarea: length in characters. rating: 1…max. attachment: number of files. people: of people. */
  readonly min: number | null;
  readonly max: number | null;
  /** money: ISO 4217, CNY unless said. */
  readonly currency: string;
  /** table: its columns; others: none. */
  readonly columns: readonly Field[];
  /** In a table's column: `form.<table>.sum_<column>` exists. */
  readonly sum: boolean;
  readonly default: ((scope: Scope) => Value) | null;
  readonly visible: ((scope: Scope) => boolean) | null;
  readonly formula: ((scope: Scope) => Value) | null;
  readonly checks: readonly Check[];
  /** people: who may be chosen for these values, by id; null: anybody. */
  readonly offers: ((scope: Scope) => readonly Option[]) | null;
}

/** How a person may meet a field at a node. */
export type Access = 'hidden' | 'readonly' | 'editable' | 'required';
