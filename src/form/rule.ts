/** What one field type knows about itself; the table of them all is `rules.ts`. */
import type { Locale, Words } from '../lib/locale.ts';
import type { Field, Value } from './field.ts';

/** The neutral inputs that cards and pages render. */
export type InputKind =
  | 'text'
  | 'longtext'
  | 'number'
  | 'choice'
  | 'choices'
  | 'date'
  | 'datetime'
  | 'person'
  | 'people'
  | 'department'
  | 'files'
  | 'rows';

/** A value, or what is wrong with it and what to do instead. */
export type Parsed = { readonly value: Value } | { readonly problem: Words };

/** What plain rendering needs to know from outside. */
export interface Look {
  readonly locale: Locale;
  /** Minutes to add to UTC for local time, e.g. 480. */
  readonly offsetMinutes: number;
  readonly person: (id: number) => string;
  readonly department: (key: string) => string;
}

/** What reading a typed text needs to know from outside. */
export interface Reading {
  /** Epoch ms: what 今天 means. */
  readonly now: number;
  readonly offsetMinutes: number;
  /** The person whom a name or account surely means; null: nobody, or several. */
  readonly person: (text: string) => number | null;
  /** The key of the department of that name or path; null: none, or several. */
  readonly department: (text: string) => string | null;
}

export interface FieldRule {
  /** The value that means "not set". A switch is always set. */
  readonly empty: Value;
  readonly input: InputKind;
  /** What a person typed or chose about people: kept apart and erasable (`flow/event.ts`). */
  readonly personal: boolean;
  /** Judges an untrusted value of the shape that `field.ts` gives. Total: it never throws. */
  readonly parse: (given: unknown, field: Field) => Parsed;
  /** Plain text of a value; `''` when unset. Total for any value. */
  readonly text: (value: Value, field: Field, look: Look) => string;
  /** Reads what a person typed in a chat. */
  readonly fromText: (text: string, field: Field, reading: Reading) => Parsed;
}

export const problem = (zh: string, en: string): Parsed => ({ problem: { zh, en } });

/** Nothing was given: JSON has several ways to say so, and a cleared input sends any of them. */
export const isNothing = (given: unknown): boolean => given === undefined || given === null || given === '';
