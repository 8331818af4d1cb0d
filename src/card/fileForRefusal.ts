/** Why somebody can't file for somebody else, in words: whose right is missing, and what can be done instead. */
import type { Words } from '../lib/locale.ts';
import type { Fact } from './refusalBeside.ts';
import { tight } from './tight.ts';

/** @returns null when the refusal is about something else */
export function fileForWords(fact: Fact): Words | null {
  const who = fact('requester');
  if (fact('act') === 'file_for')
    return {
      zh: '您没有权限代别人提单。请对方自己提交；经常需要代提的话，请联系管理员开通。',
      en: 'You may not file for others. Ask them to file it themselves, or an admin to give you that right.',
    };
  if (!who) return null;
  const template = fact('template');
  if (template || fact('act') === 'file')
    return {
      zh: tight(
        `${who} 没有权限提交${template ? `「${template}」` : '这类工单'}，不能代提。需要的话，请联系管理员开通。`,
      ),
      en: `${who} may not file ${template ? `“${template}”` : 'this kind of ticket'}, and nobody may for them. Ask an admin if they need to.`,
    };
  if (fact('scope') === 'department')
    return {
      zh: tight(`您只能为自己主管的部门代提，${who} 不在其中。请 ${who} 自己提交，或联系管理员。`),
      en: `You may file for the departments that you head, and ${who} is in none of them. Ask ${who} to file it, or an admin.`,
    };
  return {
    zh: tight(`您没有权限为 ${who} 代提。请 ${who} 自己提交；经常需要代提的话，请联系管理员开通。`),
    en: `You may not file for ${who}. Ask ${who} to file it, or an admin to give you that right.`,
  };
}
