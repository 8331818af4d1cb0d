/** Texts with `{…}`: each part between braces is an expression. `{{` and `}}` are the braces themselves. */
import type { Scope } from '../form/field.ts';
import type { ScopeType } from './cel/environment.ts';
import { PersonView } from './cel/view.ts';
import { compileExpression, type Expression, type ExpressionProblem, isProblem } from './expression.ts';
import { STATUS_NAMES } from './statusName.ts';
import type { Text } from './template.ts';
import { localDate, localDateTime } from './zone.ts';

export interface Message {
  readonly text: Text;
  /** The expressions inside, each with its place in the text. */
  readonly parts: readonly { readonly offset: number; readonly expression: Expression }[];
}

type Piece = string | { readonly run: (scope: Scope) => string };

/** @param written how each value is written into the text */
export function compileMessage(
  source: string,
  scope: ScopeType,
  written: (value: string) => string = (value) => value,
): Message | { readonly problems: readonly ExpressionProblem[] } {
  const pieces: Piece[] = [];
  const parts: Message['parts'][number][] = [];
  const problems: ExpressionProblem[] = [];
  for (let at = 0; at < source.length;) {
    const open = source.indexOf('{', at);
    if (open === -1 || source[open + 1] === '{') {
      const end = open === -1 ? source.length : open + 2;
      pieces.push(source.slice(at, open === -1 ? end : open + 1).replaceAll('}}', '}'));
      at = end;
      continue;
    }
    pieces.push(source.slice(at, open).replaceAll('}}', '}'));
    const close = closingBrace(source, open);
    if (close === -1) {
      problems.push({ problem: 'unclosed_brace', offset: open, facts: {} });
      break;
    }
    const inner = source.slice(open + 1, close);
    const offset = open + 1 + (inner.length - inner.trimStart().length);
    const made = compileExpression(inner.trim(), scope, 'any');
    if (isProblem(made)) problems.push({ ...made, offset: made.offset + offset });
    else {
      parts.push({ offset, expression: made });
      const show = showerOf(inner.trim(), made, scope);
      pieces.push({ run: (values) => written(show(made.run(values))) });
    }
    at = close + 1;
  }
  if (problems.length > 0) return { problems };
  return {
    parts,
    text: (values) => pieces.map((piece) => (typeof piece === 'string' ? piece : piece.run(values))).join(''),
  };
}

/** The brace that closes the one at `open`, texts inside quotes left out; -1 when there is none. */
function closingBrace(source: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let i = open; i < source.length; i += 1) {
    const char = source[i] ?? '';
    if (quote !== '') {
      if (char === '\\') i += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth += 1;
    else if (char === '}' && (depth -= 1) === 0) return i;
  }
  return -1;
}

/** A date field shows its date, a status its name; everything else by its value. */
function showerOf(source: string, { reads: [read] }: Expression, scope: ScopeType): (value: unknown) => string {
  const isPath = read && read.field !== null && source === `${read.root}.${read.field}`;
  if (!isPath || read.field === null) return show;
  const kind = scope.layout.forms.get(read.root)?.fields.get(read.field)?.kind;
  if (kind === 'date') return (value) => (isTime(value) ? localDate(value.getTime()) : '');
  if (source === 'ticket.status') {
    return (value) => (typeof value === 'string' ? ((STATUS_NAMES as Record<string, string>)[value] ?? value) : '');
  }
  return show;
}

const isTime = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());

/** Unset values show as nothing. */
function show(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(Number(value.toFixed(6)));
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (isTime(value)) return localDateTime(value.getTime());
  if (value instanceof PersonView) return value.name;
  return Array.isArray(value) ? value.map(show).join('、') : '';
}
