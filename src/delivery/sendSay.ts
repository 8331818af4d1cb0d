/** Words that answer what somebody said or clicked, where they said it. */
import { groupOf } from '../lib/chat.ts';
import { SayPayload } from '../ticket/outboxRow.ts';
import { sayOnce } from './sayOnce.ts';
import { NOWHERE, type Sender, type SenderParts } from './sender.ts';

/** After that nobody remembers what it answers. */
const USEFUL_MS = 2 * 3_600_000;

export function makeSaySender(parts: SenderParts): Sender {
  return async (row) => {
    const { chat, text, link, reply, mention } = SayPayload.parse(JSON.parse(row.payload ?? '{}'));
    const workspace = parts.workspaces.get(row.workspace_id ?? '');
    if (!workspace) return parts.queue.bury(row, NOWHERE, []);
    if (parts.clock() - row.made_at > USEFUL_MS) return void (await parts.queue.settle(row, 'dropped', []));
    const again = workspace.capabilities.again[groupOf(chat) === null ? 'text' : 'group_text'];
    const more = { ...(link && { link }), ...(reply && { reply }), ...(mention !== undefined && { mention }) };
    await sayOnce(parts, row, { workspace, to: chat }, again, { text, ...more });
  };
}
