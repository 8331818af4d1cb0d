/** What both are told when somebody begins to act for somebody else, and when that is over. */
import type { PersonId } from '../flow/directory.ts';
import { localEnd } from '../flow/zone.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import { tight } from './tight.ts';

interface Away {
  readonly what: 'began' | 'over';
  readonly ownerId: PersonId;
  readonly substituteId: PersonId;
  /** Epoch ms. */
  readonly until: number;
  /** For some templates only. */
  readonly partly: boolean;
}
interface Reading {
  readonly personId: PersonId;
  readonly names: (id: PersonId) => string;
}

export function awayText(away: Away, { personId, names }: Reading, locale: Locale): string {
  const isOwner = personId === away.ownerId;
  return inWords(isOwner ? toOwner(away, names(away.substituteId)) : toSubstitute(away, names(away.ownerId)), locale);
}

function toOwner({ what, until, partly }: Away, name: string): Words {
  if (what === 'over')
    return {
      zh: tight(`${name} 对您的代理已结束，新的待办只发给您本人。`),
      en: `${name} no longer stands in for you: new tasks come to you alone.`,
    };
  const some = partly ? { zh: '部分流程的', en: 'of some templates ' } : { zh: '', en: '' };
  return {
    zh: `${tight(`即日起由 ${name} 代理您，`)}到 ${localEnd(until)} 为止。${some.zh}新待办会同时发给两位，谁先处理都算；要提前结束，发「取消代理」。`,
    en: `${name} stands in for you until ${localEnd(until)}. New tasks ${some.en}go to both of you and either may act; send “end substitute” to end it early.`,
  };
}

function toSubstitute({ what, until, partly }: Away, name: string): Words {
  if (what === 'over')
    return {
      zh: tight(`您对 ${name} 的代理已结束，不会再收到对方的新待办。`),
      en: `You no longer stand in for ${name}: their new tasks don’t come to you any more.`,
    };
  const some = partly ? { zh: '部分流程的', en: 'of some templates ' } : { zh: '', en: '' };
  return {
    zh: `${tight(`即日起由您代理 ${name}，`)}到 ${localEnd(until)} 为止。对方${some.zh}新待办也会发给您，谁先处理都算。`,
    en: `You stand in for ${name} until ${localEnd(until)}. Their new tasks ${some.en}come to you as well, and either may act.`,
  };
}
