/** What somebody has filled in about a substitute, what is wrong with it, and sending it once. */
import { useState } from 'react';
import type { Substitute } from '../../../http/contract/away.ts';
import type { Value } from '../../../form/field.ts';
import { DAY_MS, instantOf, localDate } from '../../../form/localTime.ts';
import { call } from '../api.ts';
import { asTexts } from '../field/input.ts';
import { fieldProblemsOf } from '../problem.ts';
import { useReader } from '../reader.tsx';
import { useSending } from '../useSending.ts';

export type Part = 'substitute' | 'from' | 'until' | 'templates';
type Values = Readonly<Record<Part, Value>>;

export interface Wish {
  readonly values: Values;
  readonly give: (part: Part, value: Value) => void;
  /** In words; null: nothing is known to be wrong. */
  readonly problemOf: (part: Part) => string | null;
  readonly busy: boolean;
  readonly error: unknown;
  /** @returns null when something is missing or it was refused */
  readonly send: (all: boolean) => Promise<Substitute | null>;
}

export function useWish(): Wish {
  const { say, offsetMinutes } = useReader();
  const { busy, error, send, reset } = useSending();
  const [values, setValues] = useState<Values>(() => tomorrow(offsetMinutes));
  const [missing, setMissing] = useState<Readonly<Partial<Record<Part, string>>>>({});
  const give = (part: Part, value: Value) => {
    setValues((before) => ({ ...before, [part]: value }));
    setMissing(({ [part]: _, ...others }) => others);
    reset();
  };
  const problemOf = (part: Part) =>
    missing[part] ?? fieldProblemsOf(error).find(({ field }) => field === part)?.text ?? null;
  const sendIt = async (all: boolean): Promise<Substitute | null> => {
    const { substitute, from, until } = values;
    const templates = all ? null : [...asTexts(values.templates)];
    setMissing({
      ...(substitute === null ? { substitute: say('needSubstitute') } : {}),
      ...(from === null ? { from: say('needTime') } : {}),
      ...(until === null ? { until: say('needTime') } : {}),
      ...(templates?.length === 0 ? { templates: say('needTemplates') } : {}),
    });
    if (typeof substitute !== 'number' || typeof from !== 'number' || typeof until !== 'number') return null;
    if (templates?.length === 0) return null;
    const body = { substitute, from, until: dayEnd(until, offsetMinutes), templates };
    let made: Substitute | null = null;
    await send(async (onceKey) => void (made = await call('addSubstitute', { body, onceKey })));
    return made;
  };
  return { values, give, problemOf, busy, error, send: sendIt };
}

/** Tomorrow as a whole, to begin with. */
function tomorrow(offsetMinutes: number): Values {
  const from = instantOf(localDate(Date.now() + DAY_MS, offsetMinutes), 0, offsetMinutes);
  return { substitute: null, from, until: from + DAY_MS - MINUTE_MS, templates: [] };
}
const MINUTE_MS = 60_000;

/** The phone's picker ends at 23:59, which is meant as the day's end. */
const dayEnd = (at: number, offsetMinutes: number): number =>
  (at + MINUTE_MS + offsetMinutes * MINUTE_MS) % DAY_MS === 0 ? at + MINUTE_MS : at;
