/** What the history says of what the service did by itself, and what came of it. */
import type { EventOf, TicketEvent } from '../flow/event.ts';
import type { Words } from '../lib/locale.ts';
import { callFailed } from './callFailed.ts';

/** @param step  its name @returns null for what only the engine cares about */
export function ownSentence(event: TicketEvent, step: (place: string) => string): Words | null {
  switch (event.type) {
    case 'people.missing': {
      const node = step(event.data.node);
      return {
        zh: `「${node}」没有找到合适的人，交给流程管理员`,
        en: `Nobody was found for “${node}”: the flow admin stands in`,
      };
    }
    case 'call.answered':
      return answered(event, step(event.data.node));
    case 'child.filed':
      return { zh: `子工单 ${event.data.number} 已提交`, en: `The sub-ticket ${event.data.number} was filed` };
    case 'child.failed':
      return {
        zh: `子工单没有建成：${event.personal?.reason ?? ''}`,
        en: `The sub-ticket could not be filed: ${event.personal?.reason ?? ''}`,
      };
    default:
      return null;
  }
}

/** What came of a call is history only when it failed: what was taken stands among the values. */
function answered({ data, personal }: EventOf<'call.answered'>, node: string): Words | null {
  if (data.ok) return null;
  const why = callFailed(personal?.reason ?? '');
  // What an admin can do about it is said to admins: here everybody reads.
  return { zh: `「${node}」没有成功：${whatHappened(why.zh)}`, en: `“${node}” did not work. ${whatHappened(why.en)}` };
}

const whatHappened = (text: string): string => /^.*?(?:。|\.(?= |$))/s.exec(text)?.[0] ?? text;
