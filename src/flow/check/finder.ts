/**
 * Whom a selector finds for somebody who files, as far as that can be known before anything is filled in. Answered from
 * memory by what a selector depends on (a workspace, a department, who leads whom), not per person: a company has ten
 * thousand people, and few managers.
 */
import { mayFile } from '../mayFile.ts';
import type { Directory, DirectoryPerson, PersonId } from '../directory.ts';
import { resolve } from '../resolve.ts';
import { makeScope } from '../scope.ts';
import type { Selector, Template } from '../template.ts';

export interface Finder {
  /** Who may file, by the order of the directory. */
  readonly filers: readonly DirectoryPerson[];
  /** null: it depends on what is filled in or on who works on the ticket. */
  readonly find: (selector: Selector, person: DirectoryPerson) => readonly PersonId[] | null;
}

export function makeFinder(template: Template, directory: Directory): Finder {
  const known = new Map<Selector, Map<string, readonly PersonId[]>>();
  const find = (selector: Selector, person: DirectoryPerson): readonly PersonId[] | null => {
    if (selector.kind === 'requester_picks') return pickable(selector, person);
    const key = keyOf(selector, person);
    if (key === null) return null;
    let answers = known.get(selector);
    if (!answers) known.set(selector, (answers = new Map<string, readonly PersonId[]>()));
    let people = answers.get(key);
    if (!people) answers.set(key, (people = resolve(selector, around(directory, person)).people));
    return people;
  };
  const filers = [...directory.people.values()].filter((person) => person.active && mayFileHere(person));
  return { filers, find };

  /** Too few to pick from is nobody: the form could never be sent. */
  function pickable(selector: Extract<Selector, { kind: 'requester_picks' }>, person: DirectoryPerson) {
    const people = find(selector.from, person);
    return people && people.length < selector.min ? [] : people;
  }

  function mayFileHere(person: DirectoryPerson): boolean {
    const { who } = template.filing;
    if (who === null) return true;
    const of = who.kind === 'first' ? chosen(who, template, directory, person) : who;
    if (of === null) return false;
    return find(of, person)?.includes(person.id) ?? mayFile(template, person.id, { directory, now: 0 });
  }
}

/** Who may file can depend only on who files: the guards are judged as they will be. */
function chosen(
  { cases }: Extract<Selector, { kind: 'first' }>,
  template: Template,
  directory: Directory,
  person: DirectoryPerson,
): Selector | null {
  const values = { form: {} };
  const scope = makeScope({ ticket: null, template, values, requesterId: person.id, directory, now: 0 });
  return cases.find(({ when }) => when === null || when(scope))?.of ?? null;
}

const around = (directory: Directory, person: DirectoryPerson) => ({
  ...{ directory, requesterId: person.id, assigneeId: null, ticket: null, values: {}, now: 0 },
  scope: () => ({}),
});

/** People with the same key are answered the same; null: it can't be known yet. */
function keyOf(selector: Selector, person: DirectoryPerson): string | null {
  switch (selector.kind) {
    case 'requester':
      return String(person.id);
    case 'users':
    case 'department':
      return person.workspace;
    case 'role':
      return selector.in === null ? '' : null;
    case 'department_head':
      if (selector.of === 'assignee') return null;
      return selector.of === 'requester' ? `${person.workspace}/${person.departments[0] ?? ''}` : person.workspace;
    case 'manager':
      return selector.of === 'assignee' ? null : person.managers.join();
    case 'manager_chain':
      // The person themselves is never in it, which matters in a ring only.
      return selector.of === 'assignee' ? null : `${person.id}`;
    case 'together': {
      const keys = selector.all.map((one) => keyOf(one, person));
      return keys.includes(null) ? null : keys.join('|');
    }
    default:
      // Filled in, or who works on it; a rota changes by itself, and `people.ts` looks at its gaps.
      return null;
  }
}
