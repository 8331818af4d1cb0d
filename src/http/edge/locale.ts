/** In which language to answer: what the reader's browser prefers of the two, else Chinese. */
import type { Locale } from '../../lib/locale.ts';

/** @param header `Accept-Language`; other languages are passed over */
export function localeOf(header: string | undefined): Locale {
  let best: Locale = 'zh-CN';
  let most = 0;
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...params] = part.trim().toLowerCase().split(';');
    const language = tag.split('-')[0];
    if (language !== 'zh' && language !== 'en') continue;
    const weight = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find((q) => q !== undefined);
    const q = weight === undefined ? 1 : Number(weight);
    if (q > most) [best, most] = [language === 'en' ? 'en' : 'zh-CN', q];
  }
  return best;
}
