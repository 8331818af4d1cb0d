/** The page's language: Chinese unless the browser asks for another, and the person's own choice after that. */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { inWords, type Locale, type Words } from '../../lib/locale.ts';
import { recall, remember } from './memory.ts';
import { WORDS, type WordKey } from './words.ts';

interface Language {
  readonly locale: Locale;
  /** The words of this key, with `{0}`, `{1}` filled in. */
  say: (key: WordKey, ...values: (string | number)[]) => string;
  words: (words: Words) => string;
  toggle: () => void;
}

const LanguageContext = createContext<Language | null>(null);

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('useLanguage outside LanguageProvider');
  return language;
}

const ofBrowser = (): Locale => (/^(zh|$)/i.test(navigator.language) ? 'zh-CN' : 'en');

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(() => (recall('locale') as Locale | null) ?? ofBrowser());
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const language = useMemo<Language>(
    () => ({
      locale,
      say: (key, ...values) =>
        inWords(WORDS[key], locale).replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? '')),
      words: (words) => inWords(words, locale),
      toggle: () => {
        const other: Locale = locale === 'en' ? 'zh-CN' : 'en';
        remember('locale', other);
        setLocale(other);
      },
    }),
    [locale],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}
