/** The text, or its beginning with `…`, in at most `max` characters; no character is cut in two. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const chars = [...text];
  if (chars.length <= max) return text;
  return `${chars.slice(0, max - 1).join('').trimEnd()}…`; // prettier-ignore
}
