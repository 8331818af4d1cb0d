/**
 * Regular expressions in time linear in the text, for `matches`: JavaScript's own may take for ever.
 * Knows literals, `.`, `[…]`, `\d \w \s` and their opposites, `^ $`, groups, `|`, `* + ? {n,m}`. No look-around, no back-references.
 */
export type Pattern = (text: string) => boolean;
type Accepts = (char: string) => boolean;
/** A program of states; `next` are indexes. */
type State =
  | { readonly kind: 'char'; readonly accepts: Accepts; next: number }
  | { readonly kind: 'split'; next: number[] }
  | { readonly kind: 'start' | 'end'; next: number }
  | { readonly kind: 'match' };
/** A piece with one entry, whose open ends are closed by `to`. */
interface Piece {
  readonly entry: number;
  readonly close: (to: number) => void;
}

const MAX_STATES = 2000;
const MAX_TEXT = 10_000;
class Unsupported extends Error {}

/** @returns null for a pattern that is wrong or that we cannot run */
export function makePattern(source: string): Pattern | null {
  try {
    const states: State[] = [];
    const parser = new PatternParser(source, states);
    const piece = parser.alternatives();
    if (!parser.atEnd) return null;
    states.push({ kind: 'match' });
    piece.close(states.length - 1);
    return (text) => run(states, piece.entry, text.slice(0, MAX_TEXT));
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

function run(states: readonly State[], entry: number, text: string): boolean {
  const chars = [...text];
  let current = new Set<number>();
  for (let i = 0; i <= chars.length; i += 1) {
    if (follow(states, entry, current, i === 0, i === chars.length)) return true;
    const next = new Set<number>();
    const char = chars[i];
    if (char === undefined) return false;
    for (const at of current) {
      const state = states[at];
      if (state?.kind !== 'char' || !state.accepts(char)) continue;
      if (follow(states, state.next, next, false, i + 1 === chars.length)) return true;
    }
    current = next;
  }
  return false;
}

/** Adds a state and all that it reaches without reading; true when that is a match. */
function follow(states: readonly State[], entry: number, into: Set<number>, first: boolean, last: boolean): boolean {
  const waiting = [entry];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const state = states[at];
    if (!state || into.has(at)) continue;
    into.add(at);
    if (state.kind === 'match') return true;
    if (state.kind === 'split') waiting.push(...state.next);
    else if ((state.kind === 'start' && first) || (state.kind === 'end' && last)) waiting.push(state.next);
  }
  return false;
}

const CLASSES: Readonly<Record<string, Accepts>> = {
  d: (char) => char >= '0' && char <= '9',
  w: (char) => /^\w$/.test(char),
  s: (char) => /^\s$/.test(char),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

class PatternParser {
  #at = 0;
  readonly #chars: readonly string[];
  readonly #states: State[];
  constructor(source: string, states: State[]) {
    this.#chars = [...source];
    this.#states = states;
  }
  get atEnd(): boolean {
    return this.#at >= this.#chars.length;
  }
  #peek = () => this.#chars[this.#at];
  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }
  #add(state: State): number {
    if (this.#states.length >= MAX_STATES) throw new Unsupported();
    return this.#states.push(state) - 1;
  }
  #split(): { at: number; next: number[] } {
    const next: number[] = [];
    return { at: this.#add({ kind: 'split', next }), next };
  }

  alternatives(): Piece {
    const pieces = [this.#sequence()];
    while (this.#take('|')) pieces.push(this.#sequence());
    if (pieces.length === 1 && pieces[0]) return pieces[0];
    const split = this.#split();
    split.next.push(...pieces.map((piece) => piece.entry));
    return { entry: split.at, close: (to) => pieces.forEach((piece) => piece.close(to)) };
  }

  #sequence(): Piece {
    const start = this.#split();
    let open = (to: number): void => void start.next.push(to);
    while (!this.atEnd && this.#peek() !== '|' && this.#peek() !== ')') {
      const piece = this.#repeated();
      open(piece.entry);
      open = piece.close;
    }
    return { entry: start.at, close: open };
  }

  #repeated(): Piece {
    const from = this.#at;
    const piece = this.#atom();
    const char = this.#peek();
    if (char === '*' || char === '+' || char === '?') {
      this.#at += 1;
      this.#take('?');
      return this.#loop(piece, char !== '+', char !== '?');
    }
    if (char !== '{') return piece;
    const bounds = /^\{(\d{1,3})(,(\d{0,3}))?\}/.exec(this.#chars.slice(this.#at, this.#at + 10).join(''));
    if (!bounds) throw new Unsupported();
    const until = this.#at;
    const min = Number(bounds[1]);
    const max = bounds[2] === undefined ? min : bounds[3] === '' ? Infinity : Number(bounds[3]);
    if (max < min) throw new Unsupported();
    const again = () => {
      this.#at = from;
      return this.#atom();
    };
    const copies = Array.from({ length: min }, (_, i) => (i === 0 ? piece : again()));
    if (max === Infinity) copies.push(this.#loop(min === 0 ? piece : again(), true, true));
    else for (let i = min; i < max; i += 1) copies.push(this.#loop(i === 0 ? piece : again(), true, false));
    this.#at = until + bounds[0].length;
    this.#take('?');
    return this.#chain(copies);
  }

  #chain(pieces: readonly Piece[]): Piece {
    const start = this.#split();
    let open = (to: number): void => void start.next.push(to);
    for (const piece of pieces) {
      open(piece.entry);
      open = piece.close;
    }
    return { entry: start.at, close: open };
  }

  #loop(piece: Piece, maySkip: boolean, mayRepeat: boolean): Piece {
    const split = this.#split();
    const outs: ((to: number) => void)[] = [];
    split.next.push(piece.entry);
    if (mayRepeat) {
      piece.close(split.at);
      outs.push((to) => void split.next.push(to));
    } else {
      outs.push(piece.close);
      if (maySkip) outs.push((to) => void split.next.push(to));
    }
    return { entry: maySkip ? split.at : piece.entry, close: (to) => outs.forEach((out) => out(to)) };
  }

  #atom(): Piece {
    const char = this.#peek();
    this.#at += 1;
    if (char === undefined || '*+?{})'.includes(char)) throw new Unsupported();
    if (char === '(') {
      if (this.#take('?') && !this.#take(':')) throw new Unsupported();
      const inner = this.alternatives();
      if (!this.#take(')')) throw new Unsupported();
      return inner;
    }
    if (char === '^' || char === '$') {
      const state: State = { kind: char === '^' ? 'start' : 'end', next: -1 };
      return { entry: this.#add(state), close: (to) => void (state.next = to) };
    }
    const accepts =
      char === '.'
        ? (c: string) => c !== '\n'
        : char === '['
          ? this.#charClass()
          : char === '\\'
            ? this.#escape()
            : (c: string) => c === char;
    const state: State = { kind: 'char', accepts, next: -1 };
    return { entry: this.#add(state), close: (to) => void (state.next = to) };
  }

  #escape(): Accepts {
    const char = this.#peek();
    this.#at += 1;
    if (char === undefined || /[bB1-9kpPuxc]/.test(char)) throw new Unsupported();
    const known = CLASSES[char];
    if (known) return known;
    const opposite = CLASSES[char.toLowerCase()];
    if (opposite) return (c) => !opposite(c);
    const literal = ESCAPES[char] ?? char;
    return (c) => c === literal;
  }

  #charClass(): Accepts {
    const negated = this.#take('^');
    const parts: Accepts[] = [];
    for (let first = true; ; first = false) {
      const char = this.#peek();
      if (char === undefined) throw new Unsupported();
      if (char === ']' && !first) break;
      this.#at += 1;
      if (char === '\\') parts.push(this.#escape());
      else if (this.#peek() === '-' && this.#chars[this.#at + 1] !== ']' && this.#chars[this.#at + 1] !== undefined) {
        const high = this.#chars[this.#at + 1] ?? '';
        if (high === '\\' || high < char) throw new Unsupported();
        this.#at += 2;
        parts.push((c) => c >= char && c <= high);
      } else parts.push((c) => c === char);
    }
    this.#at += 1;
    return (c) => parts.some((accepts) => accepts(c)) !== negated;
  }
}
