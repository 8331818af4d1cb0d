/**
 * Ticket numbers: `IT-{yyyy}{MM}-{seq:4}`. `seq` counts within all other parts, so it restarts when one of them changes.
 */
import type { Words } from '../lib/locale.ts';
import { localTime, twoDigits } from './zone.ts';

type Part = { readonly text: string } | { readonly date: 'yyyy' | 'yy' | 'MM' | 'dd' } | { readonly seq: number };
export type NumberPattern = readonly Part[];
export interface NumberProblem extends Words {
  /** In the pattern, UTF-16 units. */
  readonly offset: number;
}

/** Of the pattern; numbers are at most 64 characters in the database, and a default pattern holds the template's key. */
const MAX_LENGTH = 60;
const PARTS = /\{([^{}]*)\}|([^{}]+)|([{}])/g;

export function parseNumber(pattern: string): { readonly parts: NumberPattern } | { readonly problem: NumberProblem } {
  const parts: Part[] = [];
  const wrong = (zh: string, en: string, offset = 0) => ({ problem: { zh, en, offset } });
  for (const match of pattern.matchAll(PARTS)) {
    const [, name, text, brace] = match;
    if (brace !== undefined) return wrong('花括号不成对', 'the braces do not match', match.index);
    if (text !== undefined) {
      if (!/^[A-Za-z0-9._/-]+$/.test(text)) {
        return wrong('只能用字母、数字和 - _ . /', 'use letters, digits and - _ . / only', match.index);
      }
      parts.push({ text });
      continue;
    }
    const part = partOf(name ?? '');
    if (!part)
      return wrong(
        `没有 {${name}}，可用 {yyyy} {yy} {MM} {dd} {seq:4}`,
        `there is no {${name}}: use {yyyy} {yy} {MM} {dd} {seq:4}`,
        match.index,
      );
    parts.push(part);
  }
  const counters = parts.filter((part) => 'seq' in part).length;
  if (counters !== 1) return wrong('需要且只能有一个 {seq:4}', 'exactly one {seq:4} is needed');
  if (pattern.length > MAX_LENGTH) return wrong(`最多 ${MAX_LENGTH} 个字符`, `at most ${MAX_LENGTH} characters`);
  return { parts };
}

function partOf(name: string): Part | null {
  if (name === 'yyyy' || name === 'yy' || name === 'MM' || name === 'dd') return { date: name };
  const [, digits] = /^seq(?::([1-9]))?$/.exec(name) ?? [null, undefined];
  return name === 'seq' ? { seq: 1 } : digits === undefined ? null : { seq: Number(digits) };
}

/**
 * The scope in which `seq` counts: all other parts, with `*` in its place: `IT-202611-*`.
 * @param now epoch ms @throws Error for a pattern that the check refuses
 */
export function numberPrefix(pattern: string, now: number, offsetMinutes: number): string {
  return fill(pattern, now, offsetMinutes, () => '*');
}

/** @param seq from 1; longer than its width it just grows */
export function numberText(pattern: string, now: number, offsetMinutes: number, seq: number): string {
  return fill(pattern, now, offsetMinutes, (width) => String(seq).padStart(width, '0'));
}

function fill(pattern: string, now: number, offsetMinutes: number, seq: (width: number) => string): string {
  const parsed = parseNumber(pattern);
  if ('problem' in parsed) throw new Error(`Number pattern "${pattern}": ${parsed.problem.en}`);
  const { year, month, day } = localTime(now, offsetMinutes);
  const dates = { yyyy: String(year), yy: twoDigits(year % 100), MM: twoDigits(month), dd: twoDigits(day) };
  return parsed.parts
    .map((part) => ('text' in part ? part.text : 'date' in part ? dates[part.date] : seq(part.seq)))
    .join('');
}
