/** The rest: who I am, drafts, people, what could not be delivered. */
import { z } from 'zod';
import { FormState } from './form.ts';
import { TemplateLine } from './template.ts';
import { Department, Id, Person, Time } from './value.ts';

export const Me = z.object({
  person: Person,
  workspace: z.string(),
  locale: z.enum(['zh-CN', 'en']),
  /** The service's zone, in minutes east of UTC: every day and time that people see is in it. */
  offsetMinutes: z.number().int(),
  rights: z.object({
    viewAll: z.boolean(),
    fileForOthers: z.boolean(),
    publishTemplates: z.boolean(),
    resend: z.boolean(),
  }),
  sandbox: z.boolean(),
});

/** A filing that was begun in a chat. */
export const Draft = z.object({
  id: z.number().int(),
  template: TemplateLine,
  form: FormState,
  /** For whom it will be filed. */
  requester: Person,
  updatedAt: Time,
  /** False once it was filed, cancelled or replaced. */
  open: z.boolean(),
  /** The ticket in whose place it will be filed. */
  follows: z.object({ id: z.number().int(), number: z.string() }).nullable(),
  /** The ticket that it became. */
  filedAs: z.object({ id: z.number().int(), number: z.string() }).nullable(),
});

export const PeopleQuery = z.strictObject({
  /** Part of a name or an account, or a department's name. */
  q: z.string().max(50).default(''),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
/** `requesters`: myself and those for whom I may file. */
export const PersonQuery = PeopleQuery.extend({ of: z.enum(['all', 'requesters']).default('all') });
/** An account on a platform, as `workspace/account`; any case. */
const Account = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,31}\/[^/\s]{1,191}$/);
/** Somebody with their accounts, `workspace/account`, the home one first. */
export const LinkedPerson = Person.extend({ accounts: z.array(z.string()) });
/** `accounts` only for who may link them. */
export const PeopleList = z.object({ people: z.array(LinkedPerson.partial({ accounts: true })) });
export const TwoAccounts = z.strictObject({ from: Account, into: Account });
export const DepartmentList = z.object({ departments: z.array(Department) });

export const DeadLetterQuery = z.strictObject({
  before: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const DeadLetterList = z.object({
  letters: z.array(
    z.object({
      id: z.number().int(),
      kind: z.string(),
      ticketId: z.number().int().nullable(),
      ticketNumber: z.string().nullable(),
      /** For whom it was; null: for a group, or for nobody. */
      person: Person.nullable(),
      /** The chat, where it is known. */
      chat: z.string().nullable(),
      /** The name of the file that could not be fetched; `person` sent it. */
      file: z.string().nullable(),
      workspace: z.string().nullable(),
      madeAt: Time,
      deadAt: Time,
      attempts: z.number().int(),
      error: z.string(),
    }),
  ),
  next: z.number().int().nullable(),
});
export const ResentCount = z.object({
  /** Dead letters that were put back. */
  count: z.number().int(),
  /** What waited for its next try, for instance for a larger quota, and goes now. */
  hurried: z.number().int(),
});

export type LinkedPerson = z.output<typeof LinkedPerson>;
export type Me = z.output<typeof Me>;
export type Draft = z.output<typeof Draft>;
