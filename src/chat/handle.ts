/** What was said or clicked → what is done about it. */
import { parseActionKey } from '../card/actionKey.ts';
import { askText } from '../card/askText.ts';
import { groupHelpText, helpText } from '../card/helpText.ts';
import { refusalText } from '../card/refusalText.ts';
import { matchTemplate } from '../flow/keywords.ts';
import { mayFile } from '../flow/mayFile.ts';
import { groupOf } from '../lib/chat.ts';
import type { Locale } from '../lib/locale.ts';
import { Refused, refuse, type RefusalCode } from '../lib/refusal.ts';
import { saveLocale } from '../people/locale.ts';
import { mayFileForOthers } from '../ticket/permission.ts';
import { answerAct, answers, namesOption, onAction, seen } from './acting.ts';
import { actIn, type SaidAct } from './actWords.ts';
import { answerAway, isAway, isWish, onAway } from './away.ts';
import { awayIn, type SaidAway } from './awayWords.ts';
import { againByWord, againIn } from './againByWord.ts';
import { actByWord, nothingMeant } from './byWord.ts';
import {
  answerField,
  answerForm,
  cancelDraft,
  openDraft,
  startFiling,
  submitDraft,
  take,
  templateOf,
} from './filing.ts';
import { answerForOther, fileForOther, isForOther } from './forOther.ts';
import { forOtherIn, type SaidFor } from './forOtherWords.ts';
import { takeMedia, withPictures } from './media.ts';
import { myTickets, myTodo, ticketNamed } from './asking.ts';
import { actsText } from './sayable.ts';
import { say, type Said, type Talk } from './talk.ts';
import { wordIn, type Word } from './words.ts';

export async function handle(talk: Talk): Promise<Said> {
  const { what } = talk.event;
  switch (what.type) {
    case 'text':
      return withPictures(
        talk,
        await (groupOf(talk.event.chat) === null ? onText : onGroupText)(talk, what.text),
        what.media,
      );
    case 'click':
      return onClick(talk, what);
    case 'media':
      return takeMedia(talk, what.media);
    case 'enter':
      return { answer: {} };
    case 'directory':
    case 'other':
      throw new Error(`Nothing is talked about ${what.type}`);
  }
}

/** A group hears requests and help: what is somebody's own business is said between the two of us. */
async function onGroupText(talk: Talk, text: string): Promise<Said> {
  if (wordIn(text) === 'help') return say(talk, [groupHelpText(fileable(talk), talk.locale), askText.inPrivate]);
  const other = forOtherIn(text);
  if (other && isForOther(talk, other)) return inGroup(talk, await fileForOther(talk, other.rest));
  if (other?.isPlain) return say(talk, [askText.inPrivate]);
  return (await onRequest(talk, text)) ?? say(talk, [askText.inPrivate]);
}

/** What is still to be asked is asked between the two of us. */
const inGroup = (talk: Talk, said: Said): Said =>
  said.awaiting?.on === 'for_other' ? say(talk, [askText.inPrivate]) : said;

async function onText(talk: Talk, text: string): Promise<Said> {
  const word = wordIn(text);
  if (word && !isReason(talk, text)) return onWord(talk, word);
  const beside = await onBeside(talk, text);
  if (beside) return beside;
  const act = actIn(text);
  if (act && (await isOrder(talk, act, text))) {
    const said = await actByWord(talk, act);
    if (said) return said;
  }
  // A bare number is asked about, even where a keyword is part of it: `IT-202611-0001`.
  const bare = /^\S+$/.test(text.trim());
  return (
    (await onAnswer(talk, text)) ??
    (bare ? await ticketNamed(talk, text) : null) ??
    (await onRequest(talk, text)) ??
    (await onOpenDraft(talk, text)) ??
    (await ticketNamed(talk, text)) ??
    (looksLikeNumber(text) ? unknownTicket() : null) ??
    (await answerForm(talk, text)) ??
    (act ? nothingMeant(talk, act) : lost(talk))
  );
}

/** A form that begins with such a word is a form; so is one whose word stands further on, unless a wish is meant. */
const opensForm = (talk: Talk, away: SaidAway, text: string): boolean =>
  leading(talk, text) || (!isWish(talk, away) && matchTemplate(text, fileable(talk)) !== null);

/** An order that is no act on a ticket. */
async function onBeside(talk: Talk, text: string): Promise<Said | null> {
  const away = awayIn(text);
  if (away && !opensForm(talk, away, text) && (await isOrder(talk, away, text))) return onAway(talk, away);
  if (leading(talk, text)) return null;
  const again = againIn(text);
  if (again && (await isOrder(talk, { rest: '' }, text))) return againByWord(talk, again.number);
  const other = forOtherIn(text);
  return other && (await isFiling(talk, other, text)) ? fileForOther(talk, other.rest) : null;
}

/**
 * While something is asked, an act's word is an order only where it stands alone and is none of the answers, or where it
 * names a ticket and the question can't take it: whoever is asked for a reason may well begin it with such a word.
 */
async function isOrder(
  talk: Talk,
  { rest, number = null }: Pick<SaidAct, 'rest'> & Partial<Pick<SaidAct, 'number'>>,
  text: string,
): Promise<boolean> {
  const { awaiting } = talk.conversation;
  if (!awaiting) return true;
  if (isAway(awaiting) || awaiting.on === 'for_other') return true;
  if (rest !== '')
    return number !== null && awaiting.on !== 'draft' && !(await answers(talk, awaiting, text).catch(() => false));
  if (awaiting.on !== 'draft') return !(await namesOption(talk, awaiting, text).catch(() => false));
  const draft = await openDraft(talk);
  const template = draft && (await templateOf(talk, draft));
  return !template || optionNamed(template, text.trim()) === null;
}

/** Said in full it begins something new at any time, as the form's own word would. */
const isFiling = async (talk: Talk, said: SaidFor, text: string): Promise<boolean> =>
  isForOther(talk, said) || (said.isPlain && (await isOrder(talk, said, text)));

/** `IT-202611-0042`: whoever sends this asks about a ticket. */
const looksLikeNumber = (text: string): boolean => /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*-\d+$/.test(text.trim());

function unknownTicket(): never {
  throw new Refused(refuse('ticket_not_found'));
}

function onWord(talk: Talk, word: Word): Promise<Said> | Said {
  switch (word) {
    case 'help':
      return help(talk);
    case 'mine':
      return myTickets(talk);
    case 'todo':
      return myTodo(talk);
    case 'cancel':
      return cancelByWord(talk);
    case 'submit':
      return submitByWord(talk);
    case 'chinese':
      return speak(talk, 'zh-CN');
    case 'english':
      return speak(talk, 'en');
  }
}

/** What can be filed, the words that always work, and what can be said now of the ticket last talked of. */
async function help(talk: Talk): Promise<Said> {
  const forOthers = mayFileForOthers(talk.directory, talk.person.id) === null;
  const last = talk.conversation.lastTicketId;
  const on = last === null ? null : await seen(talk, last).catch(() => null);
  return say(talk, [helpText(fileable(talk), talk.locale, forOthers), on && actsText(talk, on)]);
}

/** A text while something is asked: an answer, unless it plainly begins something new. */
async function onAnswer(talk: Talk, text: string): Promise<Said | null> {
  const { awaiting } = talk.conversation;
  if (!awaiting) return null;
  if (awaiting.on === 'draft') return leading(talk, text) ? null : answerField(talk, awaiting, text);
  if (isAway(awaiting)) return leading(talk, text) ? null : answerAway(talk, awaiting, text);
  if (awaiting.on === 'for_other') return answerForOther(talk, awaiting, text);
  return unlessPast(talk, () => answerAct(talk, awaiting, text));
}

/** Why it is withdrawn: 不用了. Whoever has been asked just that does not mean to leave the ticket as it is. */
const isReason = ({ conversation: { awaiting } }: Talk, text: string): boolean =>
  awaiting !== null && 'act' in awaiting && awaiting.act === 'withdraw' && NEEDED_NO_MORE.test(text.trim());
const NEEDED_NO_MORE = /^不用了$/;

/** It begins with a word that opens a form. */
const leading = (talk: Talk, text: string): boolean => matchTemplate(text, fileable(talk))?.leads ?? false;

/** Refusals, before anything is written, after which no answer to the question will ever do. */
const PAST: readonly RefusalCode[] = [
  'task_over',
  'already_claimed',
  'ticket_closed',
  'changed_meanwhile',
  'not_your_task',
  'not_now',
  'not_allowed',
  'too_late_to_withdraw',
  'ticket_not_found',
  'task_not_found',
];

/** The question goes away with its reason, or each further text would be refused as an answer to it. */
async function unlessPast(talk: Talk, answer: () => Promise<Said>): Promise<Said> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof Refused) || !PAST.includes(error.refusal.refused)) throw error;
    return say(talk, [refusalText(error.refusal, talk.locale)], { awaiting: null });
  }
}

async function onRequest(talk: Talk, text: string): Promise<Said | null> {
  const match = matchTemplate(text, fileable(talk));
  return match && startFiling(talk, match.template, match.rest);
}

/** A draft is open and nothing else fits: the words may name an option of its card. */
async function onOpenDraft(talk: Talk, text: string): Promise<Said | null> {
  const draft = await openDraft(talk);
  if (!draft) return null;
  const template = await templateOf(talk, draft);
  const picked = optionNamed(template, text.trim());
  return picked && take(talk, draft, template, picked, false, []);
}

function optionNamed(
  template: { form: readonly { id: string; type: string; options: readonly { value: string; label: string }[] }[] },
  text: string,
) {
  for (const field of template.form) {
    if (field.type !== 'radio' && field.type !== 'select') continue;
    const option = field.options.find(({ label, value }) => label === text || value === text);
    if (option) return { [field.id]: option.value };
  }
  return null;
}

async function speak(talk: Talk, locale: Locale): Promise<Said> {
  const { tx, person, cache: announcer } = talk;
  await saveLocale(tx, { personId: person.id, locale, announcer });
  return say({ ...talk, locale }, [askText.spoken]);
}

async function cancelByWord(talk: Talk): Promise<Said> {
  const draft = await openDraft(talk);
  if (draft) return cancelDraft(talk, draft.id);
  if (talk.conversation.awaiting) return say(talk, [askText.askingDropped], { awaiting: null });
  return say(talk, [askText.nothingToCancel]);
}

async function submitByWord(talk: Talk): Promise<Said> {
  const draft = await openDraft(talk);
  return draft ? submitDraft(talk, draft.id, {}) : say(talk, [askText.nothingToSubmit]);
}

async function onClick(talk: Talk, click: Extract<Talk['event']['what'], { type: 'click' }>): Promise<Said> {
  const action = parseActionKey(click.key);
  if (!action) throw new Refused(refuse('not_found'));
  if (action.on === 'draft')
    return action.act === 'submit'
      ? submitDraft(talk, action.draftId, click.picked, action.version)
      : cancelDraft(talk, action.draftId);
  return onAction(talk, action);
}

function lost(talk: Talk): Said {
  const examples = fileable(talk)
    .slice(0, 3)
    .map(({ keywords: [word], name }) => `· ${word ?? name} … → ${name}`);
  return say(talk, [askText.notUnderstood(examples.join('\n'))]);
}

function fileable({ templates, person, directory, now }: Talk) {
  return [...templates.current().values()].filter((template) => mayFile(template, person.id, { directory, now }));
}
