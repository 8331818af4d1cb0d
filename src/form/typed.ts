/** Texts as people type them: full-width digits, stray spaces, invisible characters. */

/** Half-width digits and letters, one kind of space, trimmed. For reading numbers, dates and option names. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim();

// Control characters say nothing to a reader and break platforms' XML; a lone surrogate is not text at all.
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u2028\u2029\ufeff]|\p{Surrogate}/gu;

// Marks and joiners draw something only beside other characters; a text of nothing else is an empty one.
const VISIBLE = /[^\p{Cc}\p{Cf}\p{M}\s\u115f\u1160\u3164\uffa0\u2800]/u;
export const isBlank = (text: string): boolean => !VISIBLE.test(text);
const orNothing = (text: string): string => (isBlank(text) ? '' : text);

/** What may be kept of a long text: lines stay lines. */
export const cleanLines = (text: string): string =>
  orNothing(
    text
      .replace(/\r\n?/g, '\n')
      .replace(UNPRINTABLE, '')
      .split('\n')
      // Not `/\s+$/`: that tries again at each of a million spaces.
      .map((line) => line.trimEnd())
      .join('\n')
      .trim(),
  );

/** What may be kept of a text of one line. */
export const cleanLine = (text: string): string => orNothing(text.replace(UNPRINTABLE, '').replace(/\s+/g, ' ').trim());

/** Length as people count it: an emoji or a rare character is one. */
export const lengthOf = (text: string): number => [...text].length;
