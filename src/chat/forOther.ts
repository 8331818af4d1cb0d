/** 代提 in a chat: a form that is opened for somebody else. For whom, and what, is asked where it was not said. */
import { numbered } from '../card/askText.ts';
import { forOtherText } from '../card/forOtherText.ts';
import type { PersonId } from '../flow/directory.ts';
import { type Matched, matchTemplate } from '../flow/keywords.ts';
import { mayFile } from '../flow/mayFile.ts';
import type { Template } from '../flow/template.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import { mayFileFor, mayFileForOthers } from '../ticket/permission.ts';
import type { Awaiting } from './conversation.ts';
import { startFiling } from './filing.ts';
import { namesIn, type SaidFor } from './forOtherWords.ts';
import { described, peopleNamed, say, type Said, type Talk } from './talk.ts';

/** What is known so far of a filing for somebody else. */
type Wish = Extract<Awaiting, { on: 'for_other' }>;
interface Heard {
  /** All who are called so. */
  readonly people: readonly PersonId[];
  readonly rest: string;
}

const LISTED = 10;

/** Somebody is named, and what to file for them follows: it can mean nothing else. */
export function isForOther(talk: Talk, { rest }: SaidFor): boolean {
  const heard = heardIn(talk, rest);
  return heard !== null && (formIn(talk, heard.rest)?.leads ?? false);
}

/** @throws Refused */
export async function fileForOther(talk: Talk, rest: string): Promise<Said> {
  throwIf(mayFileForOthers(talk.directory, talk.person.id));
  const heard = heardIn(talk, rest);
  if (heard) return whichOf(talk, heard);
  if (rest === '' || formIn(talk, rest)?.leads)
    return say(talk, [forOtherText.askWho], { awaiting: { ...NOBODY, rest } });
  throw new Refused(refuse('unknown_person', { person: rest.slice(0, 40) }));
}

const NOBODY: Wish = { on: 'for_other', to: null, choices: [], rest: '' };

/** A text that answers for whom, or what. @returns null when it answers neither @throws Refused */
export async function answerForOther(talk: Talk, wish: Wish, text: string): Promise<Said | null> {
  const said = text.normalize('NFKC').trim();
  if (wish.to !== null) return formIn(talk, text) ? open(talk, wish.to, text) : null;
  const chosen = /^\d{1,2}$/.test(said) ? wish.choices[Number(said) - 1] : undefined;
  const heard = chosen === undefined ? heardIn(talk, text.trim()) : { people: [chosen], rest: '' };
  if (heard) return whichOf(talk, { ...heard, rest: heard.rest || wish.rest });
  // What to file was said, and for whom is still asked.
  if (formIn(talk, text)?.leads) return say(talk, [forOtherText.askWho], { awaiting: { ...wish, rest: text } });
  throw new Refused(refuse('unknown_person', { person: said.slice(0, 40) }));
}

function whichOf(talk: Talk, { people, rest }: Heard): Promise<Said> | Said {
  const { directory, person } = talk;
  const may = people.filter((id) => mayFileFor(directory, person.id, id) === null);
  const [first, another] = may.length > 0 ? may : people;
  if (first === undefined) throw new Error('Nobody was heard');
  // Of several by that name, those count for whom one may file at all.
  if (may.length === 0 || another === undefined) return open(talk, first, rest);
  const choices = may.slice(0, LISTED);
  const name = directory.people.get(first)?.name ?? '';
  return say(talk, [forOtherText.askWhich(name, numbered(choices.map((id) => described(talk, id))))], {
    awaiting: { ...NOBODY, choices, rest },
  });
}

/** @throws Refused */
function open(talk: Talk, to: PersonId, rest: string): Promise<Said> | Said {
  const { directory, person } = talk;
  throwIf(mayFileFor(directory, person.id, to));
  const match = formIn(talk, rest, to);
  if (match) return startFiling(talk, match.template, match.rest, to);
  const name = directory.people.get(to)?.name ?? '';
  const theirs = all(talk).filter((template) => mayFile(template, to, talk));
  return say(talk, [forOtherText.askWhat(name, theirs.slice(0, LISTED).map(({ keywords: [word], name: form }) => word ?? form))], {
    awaiting: { ...NOBODY, to },
  }); // prettier-ignore
}

const all = ({ templates }: Talk): Template[] => [...templates.current().values()];

/**
 * What is to be filed. A form that the words begin with is meant, though the requester may not file it: that is refused
 * by its name. Of words inside a sentence only theirs count.
 */
function formIn(talk: Talk, text: string, requesterId?: PersonId): Matched | null {
  const any = matchTemplate(text, all(talk));
  if (any?.leads || requesterId === undefined) return any;
  return matchTemplate(text, all(talk).filter((template) => mayFile(template, requesterId, talk))) ?? any; // prettier-ignore
}

/** The first words as somebody's name or account; without a gap after it, where a form's word follows at once. */
function heardIn(talk: Talk, text: string): Heard | null {
  const { directory, person } = talk;
  for (const { name, rest } of namesIn(text)) {
    const people = peopleNamed(directory, person.workspace, name).filter((id) => directory.people.get(id)?.active);
    if (people.length > 0) return { people, rest };
  }
  const begun = [...directory.people.values()].filter(({ active, name }) => active && name && text.startsWith(name));
  const longest = Math.max(0, ...begun.map(({ name }) => name.length));
  const rest = text.slice(longest);
  if (longest === 0 || !matchTemplate(rest, all(talk))?.leads) return null;
  return { people: begun.filter(({ name }) => name.length === longest).map(({ id }) => id), rest };
}
