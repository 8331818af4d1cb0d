/** From CEL's values and from texts to the values that forms keep. */
import type { Scope, Value } from '../../form/field.ts';
import { KINDS } from '../cel/layout.ts';
import { PersonView } from '../cel/view.ts';
import { nearest } from '../nearest.ts';
import type { Path } from '../order.ts';
import type { ColumnSpec } from '../spec/field.ts';
import { localDate, midnight } from '../zone.ts';
import type { Build } from './build.ts';

/** @param raw what an expression gave; anything that does not fit the type is unset */
export function toValue(type: string, raw: unknown): Value {
  switch (KINDS[type]) {
    case 'number': {
      const value = typeof raw === 'bigint' ? Number(raw) : raw;
      return typeof value === 'number' && Number.isFinite(value) ? value : null;
    }
    case 'flag':
      return raw === true;
    case 'texts':
      return Array.isArray(raw) ? raw.filter((one): one is string => typeof one === 'string') : [];
    case 'numbers':
      return Array.isArray(raw) ? raw.filter((one): one is number => typeof one === 'number') : [];
    case 'date':
      return isTime(raw) ? localDate(raw.getTime()) : '';
    case 'datetime':
      return isTime(raw) ? raw.getTime() : null;
    case 'person':
      return raw instanceof PersonView && !Number.isNaN(raw.id) ? raw.id : null;
    case 'people':
      return peopleIn(raw);
    case 'table':
      return [];
    default:
      return typeof raw === 'string' ? raw : '';
  }
}

/** Of an expression whose type is not known here: what another form, or another system, is given. */
export function valueOfCel(raw: unknown): Value {
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw;
  if (typeof raw === 'number' || typeof raw === 'bigint') return Number.isFinite(Number(raw)) ? Number(raw) : null;
  if (isTime(raw)) return raw.getTime();
  if (raw instanceof PersonView) return Number.isNaN(raw.id) ? null : raw.id;
  if (!Array.isArray(raw)) return null;
  return raw.every((one) => typeof one === 'number')
    ? raw
    : raw.filter((one): one is string => typeof one === 'string');
}

const peopleIn = (raw: unknown): Value =>
  Array.isArray(raw) ? raw.flatMap((one) => (one instanceof PersonView && !Number.isNaN(one.id) ? [one.id] : [])) : [];

const isTime = (raw: unknown): raw is Date => raw instanceof Date && !Number.isNaN(raw.getTime());

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false, 是: true, 否: false };

/** A literal default; undefined when it does not fit the type. Choices are checked against the options by the caller. */
function literal(type: string, written: string | readonly string[]): Value | undefined {
  const kind = KINDS[type];
  if (typeof written !== 'string') return kind === 'texts' ? written : undefined;
  switch (kind) {
    case 'text':
      return written;
    case 'texts':
      return [written];
    case 'number':
      return written.trim() !== '' && Number.isFinite(Number(written)) ? Number(written) : undefined;
    case 'flag':
      return FLAGS[written];
    case 'date':
      return Number.isNaN(midnight(written)) || localDate(midnight(written)) !== written ? undefined : written;
    case 'datetime':
      return momentOf(written);
    default:
      return undefined;
  }
}

/** `2026-11-05 09:30`, local. */
function momentOf(written: string): number | undefined {
  const [, date, hour, minute] = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d)$/.exec(written) ?? [];
  const at = midnight(date ?? '') + (Number(hour) * 60 + Number(minute)) * 60_000;
  return Number.isNaN(at) || localDate(at) !== date ? undefined : at;
}

/** @param expression compiles `=…` */
export function compileDefault(
  build: Build,
  spec: ColumnSpec,
  path: Path,
  expression: (text: string) => ((scope: Scope) => Value) | null,
): ((scope: Scope) => Value) | null {
  const written = spec.default;
  if (written === undefined) return null;
  if (typeof written === 'string' && written.startsWith('=')) return expression(written);
  const value = literal(spec.type, written);
  const wrong = value === undefined ? String(written) : strangeChoice(spec, value);
  if (wrong !== null && KINDS[spec.type] !== undefined) {
    const near = nearest(wrong, choicesOf(spec) ?? []);
    build.report('bad_default', [...path, 'default'], { value: wrong, type: spec.type }, near ? { fix: near } : {});
  }
  const fixed = value ?? null;
  return () => fixed;
}

function strangeChoice(spec: ColumnSpec, value: Value): string | null {
  const choices = choicesOf(spec);
  if (!choices) return null;
  const chosen = (Array.isArray(value) ? value : [value]) as readonly Value[];
  const strange = chosen.find((one) => typeof one === 'string' && !choices.includes(one));
  return typeof strange === 'string' ? strange : null;
}

/** Values of a field's own options; null where it has none. */
export function choicesOf({ options }: ColumnSpec): readonly string[] | null {
  if (!Array.isArray(options)) return null;
  return options.map((option) => (typeof option === 'string' ? option : option.value));
}
