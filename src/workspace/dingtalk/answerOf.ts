/** What an answer of DingTalk's says: a result, or why not. Keys are read without case, as the vendor's own gateway does. */
import { z } from 'zod';
import type { Failure } from './failure.ts';

export type Answered = { readonly answer: unknown } | { readonly failure: Failure };

const anyText = z
  .union([z.string(), z.number()])
  .transform(String)
  // Kept whole in the log, within reason: its wording is the platform's only hint at what to fix.
  .transform((text) => text.slice(0, 500));

const Scopes = z.object({ requiredscopes: z.array(z.string()).default([]) });
const NewError = z.object({
  code: anyText,
  message: anyText.default(''),
  accessdenieddetail: z.preprocess(lowered, Scopes).optional().catch(undefined),
});
const OldHead = z.object({
  errcode: z.coerce.number(),
  errmsg: anyText.default(''),
  sub_code: anyText.optional(),
  sub_msg: anyText.optional(),
});
/** Whoever calls too much is sent away by the firewall before the API. */
const Punished = z.object({ punish: z.literal('deny') });

/** Five minutes, as the platform says. */
const BAN = 5 * 60_000;
/** Turned away before anything was done; the other 5xx may come after it. */
const TURNED_AWAY = new Set([408, 429, 503]);

/** @param text the body as it came */
export function readNew(status: number, text: unknown): Answered {
  const body = jsonOf(text);
  if (body === undefined) return withoutJson(status);
  if (Punished.safeParse(body).success) return BANNED;
  if (status >= 200 && status < 300) return { answer: body };
  const told = NewError.safeParse(lowered(body));
  if (!told.success) return withoutJson(status);
  const { code, message, accessdenieddetail } = told.data;
  return { failure: { kind: 'refused', code, message, status, scopes: accessdenieddetail?.requiredscopes ?? [] } };
}

export function readOld(status: number, text: unknown): Answered {
  const body = jsonOf(text);
  if (body === undefined) return withoutJson(status);
  if (Punished.safeParse(body).success) return BANNED;
  const told = OldHead.safeParse(body);
  if (!told.success) return withoutJson(status);
  const { errcode, errmsg, sub_code, sub_msg } = told.data;
  if (errcode === 0) return { answer: body };
  // 88 is a class of its own; the real reason stands beside it.
  const code = errcode === 88 && sub_code ? sub_code : String(errcode);
  return { failure: { kind: 'refused', code, message: sub_msg ?? errmsg, status, scopes: [] } };
}

const BANNED: Answered = {
  failure: { kind: 'unreached', code: 'punish', reason: 'our address is banned for calling too much', waitMs: BAN },
};

function withoutJson(status: number): Answered {
  const code = `HTTP ${status}`;
  if (TURNED_AWAY.has(status)) return { failure: { kind: 'unreached', code } };
  if (status === 401) return { failure: { kind: 'refused', code, message: 'not signed in', status, scopes: [] } };
  return { failure: { kind: 'unanswered', code } };
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

/** With its own keys in small letters. */
export function lowered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner]));
}
