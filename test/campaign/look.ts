/** How a card would look if it were rendered now. */
import { makeLog } from '../../src/log.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import { makeCache } from '../../src/store/cache.ts';
import type { Database } from '../../src/store/database.ts';
import type { CardRow } from '../../src/store/entity/traffic.ts';
import { GROUP_ROLE } from '../../src/ticket/outboxRow.ts';
import { makeRenderer, type Rendered } from '../../src/ticket/render.ts';
import { makeTemplates } from '../../src/ticket/templates.ts';
import { DINGTALK } from './platform.ts';

export type Look = (card: CardRow) => Promise<Rendered | null>;

export async function makeLook(db: Database): Promise<Look> {
  const log = makeLog('error');
  const cache = await makeCache(null, log);
  const people = makeDirectory({ db, cache, clock: Date.now, log });
  const { accounts } = await people.refresh();
  const templates = makeTemplates({ db, cache, clock: Date.now, log, directory: people.current });
  const renderer = makeRenderer({
    ...{ db, templates, directory: people.current, clock: Date.now, offsetMinutes: 480, publicUrl: '' },
    hasForms: (workspace) => workspace === DINGTALK,
  });
  return async ({ ticket_id, draft_id, workspace_id, receiver, role }) => {
    if (ticket_id === null) return draft_id === null ? null : renderer.draftCard(draft_id);
    if (role === GROUP_ROLE) return renderer.groupCard(ticket_id);
    const personId = accounts.get(`${workspace_id}/${receiver}`.toLowerCase()) ?? -1;
    // A to-do stands and falls with its task's card.
    const task = /^(?:task|todo):(\d+)$/.exec(role)?.[1];
    return renderer.ticketCard(ticket_id, personId, task === undefined ? null : Number(task));
  };
}

export const nameOf = ({ id, role, receiver, ticket_id }: CardRow): string =>
  `card ${id} (${role} of ${receiver}, ticket ${ticket_id ?? '-'})`;
