/** What fits into a text message, in bytes of UTF-8; the platform cuts the rest without a word. */
export const TEXT_BYTES = 2048;

const MORE = '…';

/** WeCom makes a link of `<a href>` in any text and knows no escape: what people wrote must not become one. */
export const withoutTags = (text: string): string => text.replace(/<(?=\/?a[\s>])/gi, '＜');

/** The text, shortened where needed, with a link on a line of its own below it. */
export function withLink(text: string, link: { readonly text: string; readonly url: string }): string {
  const line = `\n<a href="${link.url.replaceAll('"', '%22')}">${withoutTags(link.text)}</a>`;
  return cutBytes(text, TEXT_BYTES - Buffer.byteLength(line)) + line;
}

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
