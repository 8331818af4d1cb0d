/** What a place is called to which a task can be returned. */
import type { ReturnTarget, Template } from '../flow/template.ts';
import { inWords, type Locale } from '../lib/locale.ts';

export function returnName(template: Template, target: ReturnTarget, locale: Locale): string {
  return target === 'filing'
    ? inWords({ zh: '提报人修改', en: 'The requester corrects it' }, locale)
    : (template.nodes[target]?.name ?? target);
}
