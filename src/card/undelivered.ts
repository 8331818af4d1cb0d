/** What is said when something could not be taken or shown: what happened, and what to do instead. */
import type { Words } from '../lib/locale.ts';

export const undelivered = {
  tooLarge: (name: string, mostMib: number): Words => ({
    zh: `「${name}」超过 ${mostMib} MB，没有收下。请压缩或拆开后再发。`,
    en: `“${name}” is over ${mostMib} MB and was not taken. Make it smaller, or send it in parts.`,
  }),
  lost: (name: string): Words => ({
    zh: `「${name}」没有取到，没有收下。请再发一次。`,
    en: `“${name}” could not be fetched and was not taken. Send it once more.`,
  }),
  card: (title: string): Words => ({
    zh: `「${title}」的卡片发不出来，请在页面里办理。管理员已能看到原因。`,
    en: `The card of “${title}” could not be sent: use the page instead. The admin can see why.`,
  }),
  openPage: { zh: '打开页面', en: 'Open the page' } satisfies Words,
} as const;
