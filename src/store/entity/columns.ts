/** A small vocabulary of columns, so that a table reads as a list and each engine gets its own types. */
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { Dialect } from '../port.ts';

export interface Column<T> {
  readonly of: (dialect: Dialect) => EntitySchemaColumnOptions;
  /** Only for the type of a row; never set. */
  readonly type?: T;
}
export type Columns = Readonly<Record<string, Column<unknown>>>;

/** A row of the table as it is read: every column, numbers as numbers, JSON as its text. */
export type RowOf<C extends Columns> = {
  -readonly [K in keyof C]: C[K] extends Column<infer T> ? T : never;
};

const number = (type: 'bigint' | 'int'): Column<number> => ({ of: () => ({ type }) });

/** Counts by itself. */
export const autoId: Column<number> = {
  of: (dialect) => ({ type: dialect === 'sqlite' ? 'integer' : 'bigint', primary: true, generated: 'increment' }),
};
/** The `id` of another row. */
export const ref = number('bigint');
/** Epoch milliseconds. */
export const time = number('bigint');
export const int = number('int');
/** 0 or 1. */
export const flag = number('int');
/** Compared byte by byte: `Zhang` is not `zhang`. */
export const word = (length: number): Column<string> => ({ of: () => ({ type: 'varchar', length }) });
/** Up to 16 MiB, also for JSON: MySQL's own json type would reorder the keys of what was hashed. */
export const long: Column<string> = { of: (dialect) => ({ type: dialect === 'sqlite' ? 'text' : 'mediumtext' }) };

export const orNull = <T>(column: Column<T>): Column<T | null> => ({
  of: (dialect) => ({ ...column.of(dialect), nullable: true }),
});
export const key = <T>(column: Column<T>): Column<T> => ({
  of: (dialect) => ({ ...column.of(dialect), primary: true }),
});

export interface TableShape {
  readonly name: string;
  readonly columns: Columns;
}

export function entityOf({ name, columns }: TableShape, dialect: Dialect): EntitySchema {
  const described = Object.entries(columns).map(([column, { of }]) => [column, of(dialect)] as const);
  return new EntitySchema({ name, tableName: name, columns: Object.fromEntries(described) });
}
