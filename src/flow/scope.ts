/**
 * What expressions see when they run: `form.*`, `<node>.*`, `ticket.*`, people, `now`, and `row.*` in a table.
 * Every part is made when it is first read, so a scope costs little in the hot path. Unset values: `cel/layout.ts`.
 */
import type { Scope, Values } from '../form/field.ts';
import type { Calendar } from '../worktime/calendar.ts';
import { CALENDAR } from './cel/calendar.ts';
import {
  type FieldShape,
  type FormShape,
  type Layout,
  layoutOf,
  type Struct,
  structOf,
  type StructLayout,
  takenShapes,
} from './cel/layout.ts';
import { PersonView, TaskView, TicketView } from './cel/view.ts';
import type { Directory, PersonId } from './directory.ts';
import type { Around } from './resolve.ts';
import type { Template } from './template.ts';
import type { Task, Ticket } from './ticket.ts';

export interface ScopeInput {
  /** null while it is being filed. */
  readonly ticket: Ticket | null;
  readonly template: Template;
  /** `form`, and one entry per node that has a form and ran. */
  readonly values: Readonly<Record<string, Values>>;
  readonly requesterId: PersonId;
  readonly directory: Directory;
  /** Epoch ms. */
  readonly now: number;
  readonly actorId?: PersonId | null;
  readonly task?: Task | null;
  /** What the ticket that a sub-flow filed ended with: `form`, and one entry per node that ran. */
  readonly child?: Readonly<Record<string, Values>>;
  /** While a table's row is computed. */
  readonly row?: Values;
}

export function makeScope(input: ScopeInput): Scope {
  return new (scopeClass(input.template))(input);
}

/** The root that expressions read their variables from. */
export class TicketScope {
  readonly #input: ScopeInput;
  readonly #structs = new Map<string, Struct>();
  row: Struct | undefined;
  constructor(input: ScopeInput) {
    this.#input = input;
  }
  get [CALENDAR](): Calendar {
    const { directory, template } = this.#input;
    return directory.calendars.calendarNamed(template.calendar);
  }
  get requester(): PersonView {
    return new PersonView(this.#input.requesterId, this.#input.directory);
  }
  get assignee(): PersonView {
    const { task, ticket, directory } = this.#input;
    return new PersonView(task?.assigneeId ?? ticket?.assigneeId ?? null, directory);
  }
  get actor(): PersonView {
    return new PersonView(this.#input.actorId ?? null, this.#input.directory);
  }
  get ticket(): TicketView {
    return new TicketView(this.#input.ticket);
  }
  get task(): TaskView {
    return new TaskView(this.#input.task ?? null);
  }
  get child(): Readonly<Record<string, Values>> {
    return this.#input.child ?? {};
  }
  get now(): Date {
    return new Date(this.#input.now);
  }
  /** For selectors whose people are offered while a form is filled in. */
  around(): Around {
    const { directory, requesterId, ticket, values, now } = this.#input;
    return { directory, requesterId, assigneeId: ticket?.assigneeId ?? null, ticket, values, now, scope: () => this };
  }
  /** A form's struct, made once. */
  structNamed(layout: StructLayout): Struct {
    let struct = this.#structs.get(layout.name);
    if (!struct) {
      const { values, directory } = this.#input;
      const own = Object.hasOwn(values, layout.name) ? values[layout.name] : undefined;
      this.#structs.set(layout.name, (struct = structOf(layout, own, directory)));
    }
    return struct;
  }
  /** The same scope with `row` of this table; its columns' expressions ask for it. */
  withRow(layout: StructLayout): this {
    this.row ??= structOf(layout, this.#input.row, this.#input.directory);
    return this;
  }
}

/** One class per template, with a getter per form: a template lives as long as its tickets, a scope for one act. */
const scopeClasses = new WeakMap<Template, typeof TicketScope>();

function scopeClass(template: Template): typeof TicketScope {
  let made = scopeClasses.get(template);
  if (!made) scopeClasses.set(template, (made = makeScopeClass(layoutOf(formsOf(template)))));
  return made;
}

function makeScopeClass(layout: Layout): typeof TicketScope {
  class TemplateScope extends TicketScope {}
  for (const struct of layout.forms.values()) {
    Object.defineProperty(TemplateScope.prototype, struct.name, {
      get(this: TicketScope) {
        return this.structNamed(struct);
      },
    });
  }
  return TemplateScope;
}

/** `form` first, then each node that has a form, in the order of the text. */
function formsOf(template: Template): FormShape[] {
  const nodes = template.order.flatMap((id) => {
    const node = template.nodes[id];
    const taken = node && 'take' in node ? takenShapes(Object.keys(node.take)) : [];
    const fields: readonly FieldShape[] = [...(node?.form ?? []), ...taken];
    return fields.length > 0 ? [{ name: id, fields }] : [];
  });
  return [{ name: 'form', fields: template.form }, ...nodes];
}
