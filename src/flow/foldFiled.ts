/** A ticket as it is filed: what its first event says, and nothing yet of all the rest. */
import type { EventOf } from './event.ts';
import type { Ticket } from './ticket.ts';

export function filed({ data, personal, at, version, seq }: EventOf<'ticket.filed'>): Ticket {
  return {
    id: data.id,
    number: data.number,
    template: data.template,
    workspace: data.workspace,
    group: data.group ?? null,
    requesterId: data.requesterId,
    filerId: data.filerId,
    assigneeId: null,
    title: personal.title,
    urgency: data.urgency,
    category: data.category,
    status: 'pending',
    outcome: null,
    filedAt: at,
    firstResponseAt: null,
    resolvedAt: null,
    closedAt: null,
    version,
    seq,
    n: 0,
    tokens: [],
    visits: {},
    regions: [],
    timers: [],
    calls: [],
    children: [],
    paused: null,
    rests: [],
    links: data.follows ? [data.follows] : [],
    reopenUntil: null,
    parent: data.parent ?? null,
    cc: [],
    content: null,
    undo: null,
    tasks: [],
    values: { form: { ...data.values, ...personal.values } },
  };
}
