/** People, tickets and tasks as expressions see them: computed only when read, and empty rather than missing. */
import type { Directory, DirectoryDepartment, PersonId } from '../directory.ts';
import type { Task, Ticket } from '../ticket.ts';

export class PersonView {
  readonly #id: PersonId | null;
  readonly #directory: Directory;
  constructor(id: PersonId | null, directory: Directory) {
    this.#id = id;
    this.#directory = directory;
  }
  get #person() {
    return this.#id === null ? undefined : this.#directory.people.get(this.#id);
  }
  get #departments(): DirectoryDepartment[] {
    const person = this.#person;
    if (!person) return [];
    return person.departments.flatMap((key) => this.#directory.departments.get(`${person.workspace}/${key}`) ?? []);
  }
  /** `person.id`; NaN when nobody is meant. */
  get id(): number {
    return this.#id ?? NaN;
  }
  get name(): string {
    return this.#person?.name ?? '';
  }
  get account(): string {
    return this.#person?.account ?? '';
  }
  get workspace(): string {
    return this.#person?.workspace ?? '';
  }
  get department(): string {
    return this.#departments[0]?.name ?? '';
  }
  get departments(): readonly string[] {
    return this.#departments.map((department) => department.name);
  }
  get manager(): PersonView {
    return new PersonView(this.#person?.managers[0] ?? null, this.#directory);
  }
  get roles(): readonly string[] {
    const id = this.#id;
    if (id === null) return [];
    return [...this.#directory.roles.values()].filter((role) => role.members.includes(id)).map((role) => role.name);
  }
  hasRole(name: string): boolean {
    return this.#id !== null && this.#directory.roles.get(name)?.members.includes(this.#id) === true;
  }
  /** In the department of this name or path, or in one below it. */
  isIn(department: string): boolean {
    const { departments } = this.#directory;
    for (let own of this.#departments) {
      for (let up = 0; up < 50; up += 1) {
        if (own.name === department || own.path === department) return true;
        const parent = own.parent === null ? undefined : departments.get(`${own.workspace}/${own.parent}`);
        if (!parent) break;
        own = parent;
      }
    }
    return false;
  }
}
export const PERSON_FIELDS = {
  ...{ id: 'double', name: 'string', account: 'string', workspace: 'string', department: 'string' },
  ...{ departments: 'list<string>', roles: 'list<string>', manager: 'Person' },
};

export class TicketView {
  readonly #ticket: Ticket | null;
  constructor(ticket: Ticket | null) {
    this.#ticket = ticket;
  }
  get number(): string {
    return this.#ticket?.number ?? '';
  }
  get title(): string {
    return this.#ticket?.title ?? '';
  }
  get status(): string {
    return this.#ticket?.status ?? '';
  }
  get outcome(): string {
    return this.#ticket?.outcome ?? '';
  }
  get urgency(): string {
    return this.#ticket?.urgency ?? '';
  }
  get category(): string {
    return this.#ticket?.category ?? '';
  }
  get filed_at(): Date {
    return new Date(this.#ticket?.filedAt ?? NaN);
  }
}
export const TICKET_FIELDS = {
  ...{ number: 'string', title: 'string', status: 'string', outcome: 'string', urgency: 'string', category: 'string' },
  filed_at: 'google.protobuf.Timestamp',
};

export class TaskView {
  readonly #task: Task | null;
  constructor(task: Task | null) {
    this.#task = task;
  }
  get node(): string {
    return this.#task?.node ?? '';
  }
  get kind(): string {
    return this.#task?.kind ?? '';
  }
  get state(): string {
    return this.#task?.state ?? '';
  }
  get opened_at(): Date {
    return new Date(this.#task?.openedAt ?? NaN);
  }
}
export const TASK_FIELDS = {
  ...{ node: 'string', kind: 'string', state: 'string' },
  opened_at: 'google.protobuf.Timestamp',
};
