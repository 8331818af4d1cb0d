/** What fits into a text message, in bytes of UTF-8; the platform cuts the rest without a word. */
export const TEXT_BYTES = 2048;

const MORE = '…';

/** The text, or its beginning with "…", in at most `max` bytes; no character is cut in two. */
export function cutBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let left = max - Buffer.byteLength(MORE);
  let kept = '';
  for (const char of text) {
    left -= Buffer.byteLength(char);
    if (left < 0) break;
    kept += char;
  }
  return kept + MORE;
}
