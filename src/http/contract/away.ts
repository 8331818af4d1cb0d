/** Who acts for whom: substitutes for a time, successors, and who is on duty. */
import { z } from 'zod';
import { Id, Person, Time } from './value.ts';

/** A person's id, in a body. */
const PersonId = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Epoch ms within what a date can be. */
const Moment = z.number().int().min(0).max(8.64e15);

export const Substitute = z.object({
  id: z.number().int(),
  /** Who is away. */
  person: Person,
  substitute: Person,
  from: Time,
  /** The first moment that no longer counts. */
  until: Time,
  /** Keys of templates; null: all. */
  templates: z.array(z.string()).nullable(),
  madeBy: Person,
  madeAt: Time,
  revokedAt: Time.nullable(),
  /** It counts at this moment. */
  inForce: z.boolean(),
});
export const SubstituteList = z.object({ substitutes: z.array(Substitute) });
export const SubstituteQuery = z.strictObject({
  /** Whose, and for whom they stand in; absent: mine. Others' and `all` are for admins. */
  person: z.union([Id, z.literal('all')]).optional(),
  /** `current`: only those that count now or will. */
  state: z.enum(['all', 'current']).default('all'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const NewSubstitute = z.strictObject({
  /** Who is away; absent: I am. */
  person: PersonId.optional(),
  substitute: PersonId,
  from: Moment,
  until: Moment,
  templates: z.array(z.string().min(1).max(64)).min(1).max(200).nullable().default(null),
});
/** null: nobody any more. */
export const NewSuccessor = z.strictObject({ successor: PersonId.nullable() });

const Day = z.iso.date();
const Minute = z.number().int().min(0).max(1439);
const Members = z.array(PersonId).max(200);
const Rotation = z.strictObject({
  kind: z.literal('rotation'),
  members: Members.min(1),
  /** Of one turn. */
  days: z.number().int().min(1).max(366),
  /** The first day of the first one's turn. */
  from: Day,
  /** Minutes of the day: when one hands over to the next. */
  handover: Minute,
});
const Weekly = z.strictObject({
  kind: z.literal('weekly'),
  turns: z
    .array(
      z.strictObject({
        /** 0 is Monday. */
        weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7),
        /** Minutes of the day; `to` at or before `from` is on the next day. */
        from: Minute,
        to: Minute,
        members: Members.min(1),
      }),
    )
    .min(1)
    .max(100),
});
const RotaChange = z.strictObject({
  from: Day,
  /** Included. */
  to: Day,
  /** Who stands in; empty: nobody is on duty. */
  members: Members,
  /** Only this one is replaced; absent: all are. */
  instead: PersonId.optional(),
});
export const NewRota = z.strictObject({
  name: z.string().trim().min(1).max(128),
  pattern: z.discriminatedUnion('kind', [Rotation, Weekly]),
  changes: z.array(RotaChange).max(500).default([]),
});
export const RotaOnDuty = z.object({ name: z.string(), onDuty: z.array(Person) });
export const RotaList = z.object({ rotas: z.array(RotaOnDuty) });

export type Substitute = z.output<typeof Substitute>;
