/** Offsets of a text as line and column, both from 1, and the text of a line. CR before LF belongs to no line. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
export interface Lines {
  position(offset: number): Position;
  /** Without its line end; '' beyond the text. */
  text(line: number): string;
  readonly count: number;
}

export function makeLines(source: string): Lines {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    count: starts.length,
    position(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
    text(line) {
      const from = starts[line - 1];
      return from === undefined ? '' : source.slice(from, starts[line] ?? source.length).replace(/\r?\n?$/, '');
    },
  };
}
