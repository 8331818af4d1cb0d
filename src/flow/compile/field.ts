/** Form fields, compiled: expressions become functions, texts of defaults become values. */
import { FIELD_TYPES, type Field, type FieldType, type Meaning, MEANINGS, type Option } from '../../form/field.ts';
import { KINDS } from '../cel/layout.ts';
import type { Wanted } from '../expression.ts';
import type { Path } from '../order.ts';
import type { ColumnSpec, FieldSpec } from '../spec/field.ts';
import { type Build, compileRaw, compileTest, type Place } from './build.ts';
import { compileDefault, toValue } from './value.ts';

const WANTED: Readonly<Record<string, Wanted>> = {
  ...{ text: 'text', number: 'number', flag: 'bool', texts: 'texts', numbers: 'numbers' },
  ...{ date: 'time', datetime: 'time', person: 'person', people: 'any', table: 'any', unknown: 'any' },
};
const MEANING_IDS: readonly string[] = MEANINGS;
const RUNNING_TYPES: readonly string[] = FIELD_TYPES;
export const isRunningType = (type: string): type is FieldType => RUNNING_TYPES.includes(type);

/** @param name `form`, or the node's id */
export function compileForm(
  build: Build,
  name: string,
  fields: readonly FieldSpec[],
  path: Path,
  place: Place,
): Field[] {
  return fields.flatMap((field, i) => compileField(build, name, field, [...path, i], place));
}

function compileField(build: Build, name: string, spec: FieldSpec, path: Path, place: Place): Field[] {
  const columns = (spec.columns ?? []).flatMap((column, i) =>
    compileOne(build, column, [...path, 'columns', i], place, { form: name, id: spec.id }, []),
  );
  return compileOne(build, spec, path, place, undefined, columns);
}

type Table = { readonly form: string; readonly id: string } | undefined;

/** @returns nothing for a type that this version cannot run; the check says so */
function compileOne(build: Build, spec: ColumnSpec, path: Path, place: Place, table: Table, columns: Field[]): Field[] {
  const { type } = spec;
  const inner = new Part(build, path, place, table);
  const wanted = WANTED[KINDS[type] ?? 'unknown'] ?? 'any';
  const visible = inner.test('visible', spec.visible);
  const formula = inner.value('formula', spec.formula, wanted, type);
  const fallback = compileDefault(build, spec, path, (text) => inner.value('default', text, wanted, type));
  const checks = (spec.validate ?? []).map(({ check, message }, i) => ({
    holds: inner.test(['validate', i, 'check'], check) ?? (() => true),
    message,
  }));
  if (!isRunningType(type)) return [];
  const { id, label } = spec;
  const { required = false, readonly = false, encrypt = false, sum = false } = spec;
  const { help = '', placeholder = '', unit = '', currency = 'CNY' } = spec;
  const texts = { id, type, label, help, placeholder, unit, currency };
  const flags = { required, readonly, encrypt, sum };
  const [min, max] = [spec.min ?? (type === 'rating' ? 1 : null), spec.max ?? (type === 'rating' ? 5 : null)];
  const functions = { default: fallback, visible, formula, checks, offers: null };
  return [
    {
      ...texts,
      ...flags,
      means: table ? null : meansOf(spec),
      options: optionsOf(spec),
      min,
      max,
      columns,
      ...functions,
    },
  ];
}

/** The expressions of one field. */
class Part {
  readonly #build: Build;
  readonly #path: Path;
  readonly #place: Place;
  readonly #table: Table;
  constructor(build: Build, path: Path, place: Place, table: Table) {
    this.#build = build;
    this.#path = path;
    this.#place = place;
    this.#table = table;
  }
  test(key: string | Path, text: string | undefined) {
    if (text === undefined) return null;
    const path = [...this.#path, ...(typeof key === 'string' ? [key] : key)];
    if (!this.#table) return compileTest(this.#build, path, text, this.#place);
    const run = compileRaw(this.#build, path, text, 'bool', this.#place, this.#table);
    return (scope: object) => run(scope) === true;
  }
  value(key: string, text: string | undefined, wanted: Wanted, type: string) {
    if (text === undefined) return null;
    const run = compileRaw(this.#build, [...this.#path, key], text, wanted, this.#place, this.#table);
    return (scope: object) => toValue(type, run(scope));
  }
}

/** A field's part in the system: said, or its id's own. */
export function meansOf(spec: ColumnSpec): Meaning | null {
  return spec.means ?? (MEANING_IDS.includes(spec.id) ? (spec.id as Meaning) : null);
}

export function optionsOf({ options }: ColumnSpec): Option[] {
  if (!Array.isArray(options)) return [];
  return options.map((option): Option => {
    if (typeof option === 'string') return { value: option, label: option };
    const { value, label = value, color } = option;
    return color === undefined ? { value, label } : { value, label, color };
  });
}
