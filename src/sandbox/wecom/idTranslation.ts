/** `$userName=ID$` in texts becomes a name (`enable_id_trans`). In cards only in the fields that the platform names. Source: reference/wecom.md, 4.1. */
import type { Content } from './bodies.ts';
import type { Directory } from '../organisation.ts';

const MARK = /\$(userName|userAlias|userAliasOrName|departmentName)=([^$]+)\$/g;

export function translateIds(content: Content, directory: Directory): Content {
  const words = (text: string) =>
    text.replace(MARK, (whole, kind: string, id: string) => {
      const name = kind === 'departmentName' ? directory.department(Number(id))?.name : directory.find(id)?.name;
      return name ?? whole;
    });
  const field = <T extends object, K extends keyof T>(owner: T | undefined, ...names: K[]): T | undefined => {
    if (!owner) return owner;
    const copy = { ...owner };
    for (const name of names) if (typeof copy[name] === 'string') copy[name] = words(copy[name]) as T[K];
    return copy;
  };
  const { card, text } = content;
  const translated = card && {
    ...field(card, 'sub_title_text'),
    ...(card.source ? { source: field(card.source, 'desc') ?? {} } : {}),
    ...(card.main_title ? { main_title: field(card.main_title, 'title', 'desc') ?? {} } : {}),
    ...(card.horizontal_content_list
      ? { horizontal_content_list: card.horizontal_content_list.map((row) => field(row, 'value') ?? row) }
      : {}),
  };
  return {
    ...content,
    ...(text === undefined ? {} : { text: words(text) }),
    ...(translated ? { card: translated } : {}),
  };
}
