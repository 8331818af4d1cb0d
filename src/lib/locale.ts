/** The two languages that Paidan speaks. */
export type Locale = 'zh-CN' | 'en';

/** One text in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export const inWords = (words: Words, locale: Locale): string => (locale === 'en' ? words.en : words.zh);
