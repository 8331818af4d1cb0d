/** A ticket's history as the API shows it. */
import { timelineText } from '../../card/timelineText.ts';
import type { TicketEvent } from '../../flow/event.ts';
import type { Field, Values } from '../../form/field.ts';
import type { SeenWhole } from '../../ticket/tickets.ts';
import type { Attachment } from '../contract/value.ts';
import type { TimelineItem } from '../contract/ticket.ts';
import { presentPerson } from './people.ts';
import type { Reader } from './reader.ts';
import { presentChanges, presentValues } from './values.ts';

export function presentTimeline(
  { ticket, template, events }: SeenWhole,
  reader: Reader,
  hidden: ReadonlySet<string>,
  files: ReadonlyMap<number, Attachment>,
): TimelineItem[] {
  const view = { ticket, template, names: reader.look.person };
  const fieldsOf = (event: TicketEvent): readonly Field[] => {
    if (event.type !== 'task.done') return [];
    const task = ticket.tasks.find(({ n }) => n === event.data.n);
    return template.nodes[task?.node ?? '']?.form ?? [];
  };
  return events.flatMap((event) => {
    const text = timelineText(event, view, reader.locale);
    if (text === null) return [];
    const values =
      event.type === 'form.changed'
        ? presentChanges(
            template.form,
            valuesOf(event),
            { ...event.data.old, ...event.personal.old },
            reader.look,
            hidden,
          )
        : presentValues(fieldsOf(event), valuesOf(event), reader.look).map((value) => ({ ...value, before: null }));
    return [
      {
        seq: event.seq,
        at: event.at,
        type: event.type,
        actor: event.actorId === null ? null : presentPerson(reader.directory, event.actorId),
        text,
        comment: commentOf(event),
        values,
        files: event.type === 'comment.added' ? event.data.files.flatMap((id) => files.get(id) ?? []) : [],
      },
    ];
  });
}

/** What was filled in when the ticket was filed stands on the ticket itself. */
function valuesOf(event: TicketEvent): Values {
  if (event.type !== 'form.changed' && event.type !== 'task.done') return {};
  return { ...event.data.values, ...event.personal.values };
}

function commentOf(event: TicketEvent): string {
  if (event.type === 'comment.added') return event.personal.text;
  const { personal } = event;
  if (event.type === 'ticket.reopened') return event.personal.reason;
  // The transfer that follows says it, and to whom.
  if (event.type === 'admin.intervened' && event.data.act === 'reassign') return '';
  return personal && 'comment' in personal ? personal.comment : '';
}
