/** One ticket with everything that its reader may see and do. */
import { LINKED } from '../../card/lifeSentence.ts';
import { taskStateText } from '../../card/taskStateText.ts';
import { nodeName } from '../../card/timelineText.ts';
import { OUTCOME_WORDS, STATUS_WORDS, TASK_WORDS } from '../../card/words.ts';
import { whereItStands } from '../../card/whereItStands.ts';
import { offersAgain } from '../../flow/again.ts';
import { candidatesOf } from '../../flow/dispatcher.ts';
import { possibleActs, type PossibleActs, whoWaits } from '../../flow/query.ts';
import type { Ticket } from '../../flow/ticket.ts';
import { inWords, type Locale } from '../../lib/locale.ts';
import type { AttachmentRow } from '../../store/entity/ticket.ts';
import type { SeenWhole } from '../../ticket/tickets.ts';
import type { FormState } from '../contract/form.ts';
import type { PossibleTask, TicketTask, TicketWhole } from '../contract/ticket.ts';
import { presentAttachment } from './attachment.ts';
import { formView } from './form.ts';
import { presentPerson } from './people.ts';
import { presentAct, taskForm } from './possible.ts';
import type { Reader } from './reader.ts';
import { presentTimeline } from './timeline.ts';
import { hiddenFrom, presentValues } from './values.ts';

export function presentWhole(seen: SeenWhole, reader: Reader): TicketWhole {
  const { ticket, template } = seen;
  const { directory, locale, look, personId } = reader;
  const person = (id: number) => presentPerson(directory, id);
  const hidden = hiddenFrom(personId, ticket, template);
  const acts = possibleActs(template, ticket, personId, directory, reader.now);
  const attachments = seen.attachments.map(presentAttachment);
  const files = new Map(attachments.map((one) => [one.id, one]));
  const around = {
    names: look.person,
    url: (path: string) => path,
    now: reader.now,
    offsetMinutes: reader.offsetMinutes,
  };
  return {
    ...keyFacts(ticket),
    template: { key: template.key, name: template.name },
    statusText: inWords(STATUS_WORDS[ticket.status], locale),
    outcomeText: ticket.outcome ? inWords(OUTCOME_WORDS[ticket.outcome], locale) : '',
    stands: whereItStands({ ...around, ticket, template, receiverId: personId, acts }, locale),
    requester: person(ticket.requesterId),
    filer: person(ticket.filerId),
    assignee: ticket.assigneeId === null ? null : person(ticket.assigneeId),
    waitingFor: whoWaits(ticket).map(person),
    related: presentRelated(ticket, locale),
    copied: [...new Set(ticket.cc.map((one) => one.personId))].map(person),
    fields: presentValues(template.form, ticket.values['form'] ?? {}, look, hidden),
    results: template.order.flatMap((id) => {
      const fields = presentValues(template.nodes[id]?.form ?? [], ticket.values[id] ?? {}, look);
      return fields.length > 0 ? [{ node: template.nodes[id]?.name ?? id, fields }] : [];
    }),
    tasks: ticket.tasks.map((task) => presentTask(task, seen, reader)),
    timeline: presentTimeline(seen, reader, hidden, files),
    attachments: hidden.size === 0 ? attachments : attachments.filter(({ id }) => !isHidden(id, seen, hidden)),
    possible: presentPossible(acts, seen, reader),
  };
}

function presentRelated({ parent, children, links }: Ticket, locale: Locale): TicketWhole['related'] {
  const up = { zh: '由上级工单发起', en: 'Filed by another ticket' };
  return [
    ...(parent ? [{ id: parent.ticketId, text: inWords(up, locale) }] : []),
    ...children.flatMap(({ ticketId, number, outcome }) => {
      if (ticketId === null) return [];
      const state = outcome ? OUTCOME_WORDS[outcome] : { zh: '进行中', en: 'under way' };
      const text = { zh: `子工单 ${number ?? ''}（${state.zh}）`, en: `Sub-ticket ${number ?? ''} (${state.en})` };
      return [{ id: ticketId, text: inWords(text, locale) }];
    }),
    ...links.map(({ kind, ticketId, number }) => ({ id: ticketId, text: inWords(LINKED[kind](number), locale) })),
  ];
}

function keyFacts(ticket: Ticket) {
  const { id, number, title, status, urgency, category, outcome, version } = ticket;
  const { filedAt, firstResponseAt, resolvedAt, closedAt } = ticket;
  return {
    id,
    number,
    title,
    status,
    urgency,
    category,
    outcome,
    version,
    filedAt,
    firstResponseAt,
    resolvedAt,
    closedAt,
  };
}

/** A file of a field that is hidden from the reader. */
function isHidden(fileId: number, { ticket, template }: SeenWhole, hidden: ReadonlySet<string>): boolean {
  return template.form.some(
    ({ id, type }) =>
      type === 'attachment' &&
      hidden.has(id) &&
      ((ticket.values['form']?.[id] ?? []) as readonly number[]).includes(fileId),
  );
}

function presentTask(
  task: Ticket['tasks'][number],
  { template }: SeenWhole,
  { directory, locale }: Reader,
): TicketTask {
  const { n, kind, state, rule, via, parent, openedAt, acceptedAt, doneAt, version } = task;
  return {
    ...{ n, kind, state, rule, via, parent, openedAt, acceptedAt, doneAt, version },
    urged: task.urged?.count ?? 0,
    kindText: inWords(TASK_WORDS[kind], locale),
    stateText: taskStateText(kind, state, locale),
    node: nodeName(task.node, { template }, locale),
    assignee: task.assigneeId === null ? null : presentPerson(directory, task.assigneeId),
    people: task.people.map(({ personId }) => presentPerson(directory, personId)),
  };
}

function presentPossible(acts: PossibleActs, seen: SeenWhole, reader: Reader): TicketWhole['possible'] {
  const { ticket, template } = seen;
  const tasks = acts.tasks.flatMap(({ n, acts: possible, returnTargets, removable }): PossibleTask[] => {
    const task = ticket.tasks.find((one) => one.n === n);
    if (!task) return [];
    const form = taskForm(template, ticket, task, reader);
    return [
      {
        n,
        version: task.version,
        acts: possible.map((act) => presentAct({ template, ticket, task }, act, reader)),
        form: form.length > 0 ? presentForm(form, seen.attachments, reader) : null,
        candidates: candidatesOf({ template, ticket, directory: reader.directory, now: reader.now }, task).map((id) =>
          presentPerson(reader.directory, id),
        ),
        removable: removable.map((id) => presentPerson(reader.directory, id)),
        returnTargets: returnTargets.map((id) => ({ id, name: nodeName(id, { template }, reader.locale) })),
      },
    ];
  });
  return {
    ticket: acts.ticket.map((act) => presentAct({ template, ticket, task: null }, act, reader)),
    tasks,
    again: offersAgain(ticket, reader.personId, reader.now),
  };
}

function presentForm(parts: ReturnType<typeof taskForm>, rows: readonly AttachmentRow[], reader: Reader): FormState {
  const { fileIds, ...form } = formView(parts, {}, reader.look);
  return { ...form, files: rows.filter(({ id }) => fileIds.includes(id)).map(presentAttachment) };
}
