/** Who stands in for me while I am away, said in a chat: looked at, set, ended. What is missing is asked for. */
import { substituteText, type NamedSubstitute } from '../card/substituteText.ts';
import { numbered } from '../card/askText.ts';
import type { PersonId } from '../flow/directory.ts';
import { readPeriod } from '../form/readPeriod.ts';
import type { Words } from '../lib/locale.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import { OWN } from '../people/substituteRefusal.ts';
import { addSubstitute, revokeSubstitute, type StoredSubstitute, substitutesOf } from '../people/substitutes.ts';
import { maySubstituteFor } from '../ticket/permission.ts';
import { partsIn, type SaidAway } from './awayWords.ts';
import type { Awaiting } from './conversation.ts';
import { described, inTheirs, peopleNamed, say, type Said, type Talk } from './talk.ts';

/** What is known so far of a substitute to be named. */
type Wish = Extract<Awaiting, { on: 'substitute' }>;
type AwayAsked = Extract<Awaiting, { on: 'substitute' | 'substitute_end' }>;

const NOTHING: Wish = { on: 'substitute', to: null, choices: [], from: null, until: null, templates: null };
const LISTED = 10;

/** @throws Refused */
export function onAway(talk: Talk, { what, rest }: SaidAway): Promise<Said> {
  if (what === 'end') return endBy(talk, rest);
  return rest === '' ? list(talk) : heard(talk, NOTHING, rest);
}

/** Is it surely a wish, and no sentence that only begins like one, such as `代理 服务器连不上 报修`? */
export function isWish({ directory, person }: Talk, { what, rest }: SaidAway): boolean {
  if (what === 'end' || rest === '') return true;
  const said = partsIn(rest);
  return said.period !== '' || peopleNamed(directory, person.workspace, said.person).length > 0;
}

/** A text that answers a question about substitutes. @throws Refused */
export const answerAway = (talk: Talk, asked: AwayAsked, text: string): Promise<Said> =>
  asked.on === 'substitute' ? heard(talk, asked, text) : endChosen(talk, asked.ids, text);

export const isAway = (awaiting: Awaiting): awaiting is AwayAsked =>
  awaiting.on === 'substitute' || awaiting.on === 'substitute_end';

async function list(talk: Talk): Promise<Said> {
  const { person, now } = talk;
  const found = await current(talk);
  const mine = found.filter(({ personId }) => personId === person.id).map((one) => named(talk, one, one.to));
  const theirs = found.filter(({ to }) => to === person.id).map((one) => named(talk, one, one.personId));
  const said = say(talk, [substituteText.list(mine, theirs, now)]);
  return { ...said, answer: { ...said.answer, link: pageLink(talk) } };
}

const pageLink = (talk: Talk) => ({ text: inTheirs(talk, substituteText.page), url: talk.renderer.url('/m/away') });

/** The earliest first. */
async function current({ tx, person, now }: Talk): Promise<StoredSubstitute[]> {
  const found = await substitutesOf(tx, { personId: person.id, limit: LISTED, notOverAt: now });
  return found.sort((a, b) => a.from - b.from);
}

const nameOf = ({ directory }: Talk, id: PersonId): string => directory.people.get(id)?.name ?? '';

function named(talk: Talk, { from, until, templates }: StoredSubstitute, who: PersonId): NamedSubstitute {
  const all = talk.templates.current();
  return {
    name: nameOf(talk, who),
    from,
    until,
    templates: templates?.map((key) => all.get(key)?.name ?? key) ?? null,
  };
}

/** Takes what was said, and asks for the rest. */
async function heard(talk: Talk, known: Wish, text: string): Promise<Said> {
  const said = partsIn(text);
  const unknown = said.templates.find((name) => templateNamed(talk, name) === null);
  if (unknown !== undefined) return say(talk, [substituteText.templateUnclear(unknown, templateNames(talk))]);
  const templates = said.templates.flatMap((name) => templateNamed(talk, name) ?? []);
  const person = said.person === '' ? known : toWhom(talk, known, said.person);
  if ('problem' in person) return say(talk, [person.problem]);
  const { now, offsetMinutes } = talk;
  const period = said.period === '' ? known : readPeriod(said.period, { now, offsetMinutes });
  const wish: Wish = {
    ...{ ...known, to: person.to, choices: person.choices },
    ...(period === null ? {} : { from: period.from, until: period.until }),
    ...(templates.length > 0 ? { templates: [...new Set(templates)] } : {}),
  };
  if (wish.to === talk.person.id) throw new Refused(OWN);
  return goOn(talk, wish, period === null ? substituteText.timeUnclear : null);
}

type Who = Pick<Wish, 'to' | 'choices'> | { readonly problem: Words };

/** @throws Refused `unknown_person` */
function toWhom(talk: Talk, { to, choices, from }: Wish, text: string): Who {
  const chosen = /^\d{1,2}$/.test(text) ? choices[Number(text) - 1] : undefined;
  if (chosen !== undefined) return { to: chosen, choices: [] };
  const found = peopleNamed(talk.directory, talk.person.workspace, text);
  const [only] = found;
  if (only !== undefined && found.length === 1) return { to: only, choices: [] };
  if (only !== undefined) return { to: null, choices: found.slice(0, LISTED) };
  // Only the time was asked for, so this was to be one.
  if (to !== null && from === null) return { problem: substituteText.timeUnclear };
  throw new Refused(refuse('unknown_person', { person: text.slice(0, 40) }));
}

const templateNames = ({ templates }: Talk): string[] => [...templates.current().values()].map(({ name }) => name);

/** By its name, its key, or a word that opens it. */
function templateNamed({ templates }: Talk, text: string): string | null {
  const said = text.toLowerCase();
  const all = [...templates.current()];
  const found =
    all.find(([key, { name }]) => key === said || name.toLowerCase() === said) ??
    all.find(([, { keywords }]) => keywords.some((word) => word.toLowerCase() === said));
  return found?.[0] ?? null;
}

/** @param problem said before the question that it concerns */
function goOn(talk: Talk, wish: Wish, problem: Words | null): Promise<Said> | Said {
  const { to, choices, from, until } = wish;
  const ask = (words: Words) => say(talk, [problem ?? words], { awaiting: wish });
  const [first] = choices;
  if (first !== undefined)
    return say(
      talk,
      [substituteText.askWhich(nameOf(talk, first), numbered(choices.map((id) => described(talk, id))))],
      {
        awaiting: wish,
      },
    );
  if (to === null) return say(talk, [problem, substituteText.askWho], { awaiting: wish });
  if (from === null || until === null) return ask(substituteText.askWhen(nameOf(talk, to)));
  return problem ? ask(problem) : set(talk, { to, from, until, templates: wish.templates });
}

async function set(
  talk: Talk,
  wanted: { to: PersonId; from: number; until: number; templates: readonly string[] | null },
): Promise<Said> {
  const { tx, person, directory, now, cache: announcer } = talk;
  throwIf(maySubstituteFor(directory, person.id, person.id));
  const making = { ...wanted, personId: person.id, by: person.id, now, directory, announcer };
  const made = await addSubstitute(tx, making);
  return say(talk, [substituteText.made(named(talk, made, made.to), now)], { awaiting: null });
}

async function mineNow(talk: Talk): Promise<StoredSubstitute[]> {
  return (await current(talk)).filter(({ personId }) => personId === talk.person.id);
}

/** @param name of whoever stands in; `''`: of anybody */
async function endBy(talk: Talk, name: string): Promise<Said> {
  const people = name === '' ? null : peopleNamed(talk.directory, talk.person.workspace, name);
  const found = (await mineNow(talk)).filter(({ to }) => people === null || people.includes(to));
  if (found.length === 0) return say(talk, [substituteText.nothingToEnd(name)]);
  return found.length === 1 ? end(talk, found) : askEnd(talk, found);
}

const askEnd = (talk: Talk, found: readonly StoredSubstitute[]): Said =>
  say(
    talk,
    [
      substituteText.askEnd(
        found.map((one) => named(talk, one, one.to)),
        talk.now,
      ),
    ],
    {
      awaiting: { on: 'substitute_end', ids: found.map(({ id }) => id) },
    },
  );

/** Those that were listed, as far as they still count. */
async function endChosen(talk: Talk, ids: readonly number[], text: string): Promise<Said> {
  const said = text.normalize('NFKC').trim();
  const open = await mineNow(talk);
  const listed = ids.map((id) => open.find((one) => one.id === id));
  const people = peopleNamed(talk.directory, talk.person.workspace, said);
  const numbers = said.split(/[\s,、;]+/).map((one) => (/^\d{1,2}$/.test(one) ? Number(one) : 0));
  const chosen = listed.filter(
    (one, i) => one && (/^(全部|都|所有|all)$/i.test(said) || numbers.includes(i + 1) || people.includes(one.to)),
  );
  const found = chosen.flatMap((one) => one ?? []);
  return found.length > 0
    ? end(talk, found)
    : askEnd(
        talk,
        listed.flatMap((one) => one ?? []),
      );
}

async function end(talk: Talk, found: readonly StoredSubstitute[]): Promise<Said> {
  const { tx, person, directory, now, cache: announcer } = talk;
  throwIf(maySubstituteFor(directory, person.id, person.id));
  for (const { id } of found) await revokeSubstitute(tx, { id, now, announcer });
  const shown = found.map((one) => named(talk, one, one.to));
  return say(talk, [substituteText.ended(shown, now)], { awaiting: null });
}
