/** How a chat asks for one part of an act. */
import type { Act, Part } from '../flow/acts.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Words } from '../lib/locale.ts';
import { askText } from './askText.ts';
import { partWords } from './partWords.ts';

interface About {
  readonly number: string;
  /** What may be chosen, numbered; absent: anything of its kind. */
  readonly options?: string | undefined;
  /** Of the task; null: the act is on the ticket. */
  readonly kind: TaskKind | null;
  /** A reason is needed, too, and may stand in the same message. */
  readonly reasonToo: boolean;
}

type Ask = (about: About) => Words;

/** Where a question is better put in words of its own. */
const OWN: Readonly<Partial<Record<`${Act}.${Part}`, Ask>>> = {
  'refuse.comment': ({ kind }) => (kind === 'confirm' ? askText.askReason.notSolved : askText.askReason.refuse),
  'return.to': ({ options }) => askText.askTarget(options ?? ''),
  'return.comment': () => askText.askReason.return,
  'transfer.person': ({ reasonToo }) => (reasonToo ? askText.askPerson : askText.askTransfer),
  'transfer.comment': () => askText.askReason.transfer,
  'advise.comment': () => askText.askReason.advise,
  // In words it is asked for only where the requester is to answer.
  'pause.comment': () => askText.askReason.pause,
  'dispatch.person': () => askText.askHandler,
  'comment.comment': ({ number }) => askText.askComment(number),
  'withdraw.comment': ({ number }) => askText.askReason.withdraw(number),
};

export function askPart(act: Act, part: Part, about: About): Words {
  const own = OWN[`${act}.${part}`];
  if (own) return own(about);
  const { zh, en } = partWords(act, part, about.kind);
  const { options } = about;
  if (options !== undefined) return { zh: askText.askChoice(zh, options).zh, en: askText.askChoice(en, options).en };
  const hint = about.reasonToo ? HINTS.personAndReason : HINTS[part];
  return { zh: askText.askField(zh, hint?.zh ?? '').zh, en: askText.askField(en, hint?.en ?? '').en };
}

const HINTS: Readonly<Partial<Record<Part | 'personAndReason', Words>>> = {
  person: { zh: '姓名或账号', en: 'a name or an account' },
  personAndReason: {
    zh: '姓名和原因，例如：李强 熟悉这套系统',
    en: 'a name and the reason, such as: Li Qiang knows it',
  },
  people: { zh: '姓名，多人用顿号隔开', en: 'names, with commas between them' },
  until: { zh: '例如：明天下午两点、12月3日 09:00', en: 'such as: tomorrow 14:00, 2026-12-03 09:00' },
  other: { zh: '例如：IT-202611-0042', en: 'such as IT-202611-0042' },
  again: { zh: '是或否', en: 'yes or no' },
};
