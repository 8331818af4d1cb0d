/** An expression's source before CEL sees it: `not x` becomes `!x` in the same width, so that offsets stay true. */
export function plainCel(source: string): string {
  if (!source.includes('not')) return source;
  return source.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?<![\w.])not(?=[\s(])/g, (part) =>
    part === 'not' ? '!  ' : part,
  );
}
