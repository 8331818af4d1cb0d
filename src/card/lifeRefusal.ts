/** Refusals about a ticket's pauses and its second life, in words. */
import type { Status } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { STATUS_WORDS } from './words.ts';

type Fact = (name: string) => string;

const spaced = (fact: Fact): string => (fact('number') ? ` ${fact('number')} ` : '');
const ticket = (fact: Fact): string => (fact('number') ? `Ticket ${fact('number')}` : 'The ticket');

const AGAIN = {
  zh: '请再次提交一张，会和它关联。',
  en: 'File it again: the new one is linked to it.',
};

export const LIFE_REFUSALS = {
  too_late_to_reopen: {
    title: { zh: '已过重开期限', en: 'Too late to reopen' },
    text: (fact: Fact): Words => ({
      zh: `工单${spaced(fact)}关闭已久，不能重开了。${AGAIN.zh}`,
      en: `${ticket(fact)} was closed too long ago to be reopened. ${AGAIN.en}`,
    }),
  },
  file_again: {
    title: { zh: '请再次提交', en: 'File it again' },
    text: (fact: Fact): Words => {
      const { zh, en } = STATUS_WORDS[fact('status') as Status] ?? { zh: '已结束', en: 'Over' };
      return {
        zh: `工单${spaced(fact)}${zh}，不能重开。${AGAIN.zh}`,
        en: `${ticket(fact)} is ${en.toLowerCase()} and can’t be reopened. ${AGAIN.en}`,
      };
    },
  },
  merged_elsewhere: {
    title: { zh: '已转到另一张工单', en: 'Goes on elsewhere' },
    text: (fact: Fact): Words => ({
      zh: `工单${spaced(fact)}已转到${fact('other') ? ` ${fact('other')}` : '另一张工单'}，请在那里继续。`,
      en: `${ticket(fact)} goes on as ${fact('other') || 'another ticket'}: act there.`,
    }),
  },
  not_your_ticket: {
    title: { zh: '不是您提的单', en: 'Not your ticket' },
    text: (fact: Fact): Words => ({
      zh: `只有提报人或代提的人可以再次提交工单${fact('number') ? ` ${fact('number')}` : ''}。您需要的话，请另提一张。`,
      en: `Only its requester, or who filed it for them, can file ${fact('number') || 'it'} again. File one of your own if you need it.`,
    }),
  },
  not_over: {
    title: { zh: '工单还没有结束', en: 'Not over yet' },
    text: (fact: Fact): Words => ({
      zh: `工单${spaced(fact)}还没有结束，不能再次提交。要改内容可以补充说明，或先撤回；想再次提交别的工单，请带上它的编号。`,
      en: `${ticket(fact)} is not over, so it can’t be filed again. Add a comment or withdraw it first; for another ticket, say its number.`,
    }),
  },
  filed_again_already: {
    title: { zh: '已经再次提交过', en: 'Filed again already' },
    text: (fact: Fact): Words => ({
      zh: `工单${spaced(fact)}已经再次提交${fact('other') ? `为 ${fact('other')}` : ''}，请看那一张；它结束后，可以从它再次提交。`,
      en: `${ticket(fact)} was filed again already${fact('other') ? ` as ${fact('other')}` : ''}: look at that one. Once it is over, it can be filed again in turn.`,
    }),
  },
  already_paused: {
    title: { zh: '已经挂起', en: 'Suspended already' },
    text: (): Words => ({
      zh: '工单已经挂起。请先恢复处理，再用别的原因挂起。',
      en: 'It is suspended already: resume it before you suspend it for another reason.',
    }),
  },
} as const;
