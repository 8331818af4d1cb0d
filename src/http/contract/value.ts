/** Field values as they travel: the shapes that `form/field.ts` gives, and people, departments and files beside them. */
import { z } from 'zod';
import type { Value } from '../../form/field.ts';

export const FieldValue: z.ZodType<Value> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.string()),
    z.array(z.number()),
    z.array(z.record(z.string(), FieldValue)),
  ]),
);

/** Sent by a person: any JSON by field id; the form's own rules judge it, so that the problem names the field. */
export const GivenValues = z.record(z.string(), z.unknown());

/** The id of a row, as it stands in addresses. */
export const Id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Epoch milliseconds. */
export const Time = z.number().int();

export const Person = z.object({
  id: z.number().int(),
  name: z.string(),
  /** Names from the root down, joined by `/`; `''` when unknown. */
  department: z.string(),
  /** False once the person left. */
  active: z.boolean(),
});

export const Department = z.object({
  /** What a department field holds. */
  key: z.string(),
  name: z.string(),
  /** Names from the root down, joined by `/`. */
  path: z.string(),
});

export const Attachment = z.object({
  id: z.number().int(),
  name: z.string(),
  mime: z.string(),
  /** Bytes; null until it is stored. */
  size: z.number().int().nullable(),
  /** `pending`: being fetched from the chat. `failed`: the chat no longer has it. */
  state: z.enum(['pending', 'stored', 'failed', 'refused']),
  /** Where its bytes are. A picture may be shown, anything else is downloaded. */
  url: z.string(),
  picture: z.boolean(),
});

export type Person = z.output<typeof Person>;
export type Department = z.output<typeof Department>;
export type Attachment = z.output<typeof Attachment>;
