/** An act and what came with it, as a command: the same from every door. */
import { ACTS, type Act, type Part, PARTS, type Parts } from './acts.ts';
import type { PersonCommand } from './command.ts';
import type { PersonId } from './directory.ts';

export type Given = { readonly [P in Part]?: Parts[P] | undefined };

interface Doing {
  readonly by: PersonId;
  /** Of an act on a task. */
  readonly task?: number;
  readonly taskVersion?: number;
  readonly ticketVersion?: number;
}

const EMPTY: Given = { values: {}, comment: '', files: [], people: [] };

export const takes = (act: Act, part: Part): boolean => part in ACTS[act].takes;

/** @param given  what the act does not take is left out; what it needs must be there: `missingIn` */
export function makeCommand(act: Act, doing: Doing, given: Given): PersonCommand {
  const parts = PARTS.filter((part) => takes(act, part)).flatMap((part) => {
    const value = given[part] ?? EMPTY[part];
    return value === undefined ? [] : [[part, value] as const];
  });
  // The compiler can't see that these are just the parts that this act's row names.
  return { type: act, ...doing, ...Object.fromEntries(parts) } as unknown as PersonCommand;
}

/** The first part without which there is no such command. A comment or a form that is needed the engine asks for itself. */
export function missingIn(act: Act, given: Given): Part | null {
  const required: Readonly<Partial<Record<Part, string>>> = ACTS[act].takes;
  const isMissing = (part: Part) =>
    part === 'people' ? !given.people?.length : (given[part] ?? EMPTY[part]) === undefined;
  return PARTS.find((part) => required[part] === 'required' && isMissing(part)) ?? null;
}
