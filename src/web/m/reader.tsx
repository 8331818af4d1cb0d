/** Who reads the page, in which language and zone. */
import { createContext, use, useEffect, useMemo, type ReactNode } from 'react';
import type { Me } from '../../http/contract/other.ts';
import { inWords, type Locale, type Words } from '../../lib/locale.ts';
import { speak } from './api.ts';
import { WORDS, type WordKey } from './words.ts';

export interface Reader {
  /** null: not signed in. */
  readonly me: Me | null;
  readonly locale: Locale;
  /** Minutes east of UTC in which days and times are shown and typed. */
  readonly offsetMinutes: number;
  /** The words of this key, with `{0}`, `{1}` filled in. */
  readonly say: (key: WordKey, ...values: readonly (string | number)[]) => string;
}

const ReaderContext = createContext<Reader | null>(null);

export function useReader(): Reader {
  const reader = use(ReaderContext);
  if (!reader) throw new Error('useReader outside ReaderProvider');
  return reader;
}

const ofBrowser = (): Locale => (/^(zh|$)/i.test(navigator.language) ? 'zh-CN' : 'en');

export const filledIn = (words: Words, locale: Locale, values: readonly (string | number)[]): string =>
  inWords(words, locale).replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));

export function ReaderProvider({ me, children }: { me: Me | null; children: ReactNode }) {
  const locale = me?.locale ?? ofBrowser();
  useEffect(() => {
    document.documentElement.lang = locale;
    speak(locale);
  }, [locale]);
  const reader = useMemo<Reader>(
    () => ({
      me,
      locale,
      offsetMinutes: me?.offsetMinutes ?? -new Date().getTimezoneOffset(),
      say: (key, ...values) => filledIn(WORDS[key], locale, values),
    }),
    [me, locale],
  );
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}
