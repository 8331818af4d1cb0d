/** One event being handled, inside its transaction; and what a handler has to say. */
import type { Directory, DirectoryPerson, PersonId } from '../flow/directory.ts';
import type { Look, Reading } from '../form/rule.ts';
import { inWords, type Locale, type Words } from '../lib/locale.ts';
import type { Announcer } from '../people/revision.ts';
import type { Part, Tx } from '../store/database.ts';
import type { Commands } from '../ticket/commands.ts';
import type { Renderer } from '../ticket/render.ts';
import type { Templates } from '../ticket/templates.ts';
import type { Answer, Capabilities, InboundEvent } from '../workspace/port.ts';
import type { Awaiting, Conversation } from './conversation.ts';

export interface Talk {
  readonly tx: Tx;
  readonly event: InboundEvent;
  readonly person: DirectoryPerson;
  readonly directory: Directory;
  readonly locale: Locale;
  /** Epoch ms. */
  readonly now: number;
  readonly offsetMinutes: number;
  readonly conversation: Conversation;
  readonly capabilities: Capabilities;
  readonly commands: Commands;
  readonly templates: Templates;
  readonly renderer: Renderer;
  /** Tells every process that the directory changed. */
  readonly cache: Pick<Announcer, 'publish'>;
  /** Delivery has something to do once this is committed. */
  readonly wake: () => void;
}

/** What to answer, what to write with it, and what is asked from now on. */
export interface Said {
  readonly answer: Answer;
  readonly parts?: readonly Part[];
  readonly ticketId?: number;
  /** The clicked card is from now on the requester's view of this ticket, and shows this version. */
  readonly adopts?: { readonly ticketId: number; readonly version: number };
  /** The clicked card, answered with its new look, shows this version now. */
  readonly shows?: number;
  /** Nothing was done: the same click later is answered anew. */
  readonly looked?: boolean;
  /** Absent: what was being asked stays. null: nothing is asked any more. */
  readonly awaiting?: Awaiting | null;
}

export const inTheirs = (talk: Talk, words: Words): string => inWords(words, talk.locale);

/** Says these, one line each. */
export function say(talk: Talk, words: readonly (Words | string | null)[], more: Omit<Said, 'answer'> = {}): Said {
  const lines = words
    .filter((w) => w !== null && w !== '')
    .map((w) => (typeof w === 'string' ? w : inTheirs(talk, w as Words)));
  return { answer: { text: lines.join('\n') }, ...more };
}

/** For rendering values. */
export function lookOf({ locale, offsetMinutes, directory, person }: Talk): Look {
  return {
    locale,
    offsetMinutes,
    person: (id) => directory.people.get(id)?.name ?? '',
    department: (key) => directory.departments.get(`${person.workspace}/${key}`)?.name ?? key,
  };
}

/** For reading what was typed. */
export function readingOf({ now, offsetMinutes, directory, person }: Talk): Reading {
  return {
    now,
    offsetMinutes,
    person: (text) => personNamed(directory, person.workspace, text),
    department: (text) => departmentNamed(directory, person.workspace, text),
  };
}

/** The one active person of that account or name; null: nobody, or several. */
export function personNamed(directory: Directory, workspace: string, text: string): number | null {
  const [only, another] = peopleNamed(directory, workspace, text);
  return only !== undefined && another === undefined ? only : null;
}

/** The person of that account, else all active people of that name. */
export function peopleNamed(directory: Directory, workspace: string, text: string): number[] {
  const said = text.trim().replace(/^@/, '');
  const byAccount = directory.accounts.get(`${workspace}/${said.toLowerCase()}`);
  if (byAccount !== undefined) return [byAccount];
  return [...directory.people.values()].filter(({ active, name }) => active && name === said).map(({ id }) => id);
}

/** Tells people of one name apart. */
export function described({ directory }: Talk, id: PersonId): string {
  const person = directory.people.get(id);
  const [main] = person?.departments ?? [];
  const path = main === undefined ? '' : (directory.departments.get(`${person?.workspace}/${main}`)?.path ?? '');
  return [person?.name, path, person?.account].filter(Boolean).join(' · ');
}

function departmentNamed(directory: Directory, workspace: string, text: string): string | null {
  const said = text.trim();
  const named = [...directory.departments.values()].filter(
    (d) => d.workspace === workspace && (d.name === said || d.path === said),
  );
  return named.length === 1 ? (named[0]?.key ?? null) : null;
}
