/** A form as a page draws it. Expressions don't travel: what depends on others is asked for again as the values change. */
import { z } from 'zod';
import { FIELD_TYPES, MEANINGS } from '../../form/field.ts';
import { Attachment, FieldValue, GivenValues } from './value.ts';

const FieldBasics = z.object({
  /** The key under which its value is sent. At a node a field of the ticket's own form is `form.<field>`. */
  id: z.string(),
  type: z.enum(FIELD_TYPES),
  label: z.string(),
  help: z.string(),
  placeholder: z.string(),
  unit: z.string(),
  /** What it stands for: the title, the urgency… */
  means: z.enum(MEANINGS).nullable(),
  options: z.array(z.object({ value: z.string(), label: z.string(), color: z.string().optional() })),
  /** number, money: range. text, textarea: length. rating: 1…max. attachment: number of files. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** money: ISO 4217. */
  currency: z.string(),
  required: z.boolean(),
  /** May be written here; else it is only shown. */
  writable: z.boolean(),
});

/** table: a column; a column of a table has none of its own. */
export const FormColumn = FieldBasics;

export const FormField = FieldBasics.extend({
  columns: z.array(FormColumn),
  /** False: not shown for these values; its value is not sent. */
  visible: z.boolean(),
  value: FieldValue,
  /** The value in words, for showing it. */
  text: z.string(),
});

export const FieldProblem = z.object({
  /** The field's `id` in the form. */
  field: z.string(),
  label: z.string(),
  /** What is wrong and what to do, in the reader's language. */
  text: z.string(),
});

/** A form with these values: what shows, what is required, what is wrong so far. */
export const FormState = z.object({
  fields: z.array(FormField),
  /** Of the values that were sent; what is only missing yet is no problem until it is submitted. */
  problems: z.array(FieldProblem),
  /** Some field depends on others: ask for the state again when a value changes. */
  live: z.boolean(),
  /** The files that the values name. */
  files: z.array(Attachment),
});

export const FormQuestion = z.strictObject({ values: GivenValues });

export type FormField = z.output<typeof FormField>;
export type FormColumn = z.output<typeof FormColumn>;
export type FieldProblem = z.output<typeof FieldProblem>;
export type FormState = z.output<typeof FormState>;
