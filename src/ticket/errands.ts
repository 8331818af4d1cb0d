/** What one ticket sends to another: a command of its own, with the same key for each attempt. Architecture, invariant 8. */
import { refusalText } from '../card/refusalText.ts';
import type { Errand, SystemCommand } from '../flow/command.ts';
import type { Directory } from '../flow/directory.ts';
import { inWords } from '../lib/locale.ts';
import { Refused } from '../lib/refusal.ts';
import { fitGiven } from './fitGiven.ts';
import type { Templates } from './templates.ts';
import type { Tickets } from './tickets.ts';

interface Parts {
  readonly tickets: Tickets;
  readonly templates: Templates;
  readonly directory: () => Directory;
}

/** @throws Refused when there is nothing to do any more */
export type Errands = (origin: Origin, ticketId: number, errand: Errand) => Promise<void>;

/** Tickets filed by tickets filed by tickets: deeper than that is a ring of templates. */
const DEEPEST = 5;
const TOO_DEEP = {
  zh: `子工单最多 ${DEEPEST} 层，请检查流程模板是否互相引用`,
  en: `Sub-tickets go ${DEEPEST} levels deep at most: look whether the templates name each other`,
};

export function makeErrands(parts: Parts): Errands {
  return async (origin, ticketId, errand) => {
    switch (errand.kind) {
      case 'file_child':
        return fileChild(parts, origin, ticketId, errand);
      case 'child_over': {
        const { parent, status, outcome, values } = errand;
        const over = { type: 'child_over', by: null, key: parent.key, status, outcome, values } as const;
        return act(parts, origin, parent.ticketId, over);
      }
      case 'linked':
        return act(parts, origin, errand.ticketId, { type: 'linked', by: null, link: errand.link });
      case 'parent_left':
        return act(parts, origin, errand.childId, { type: 'parent_left', by: null, policy: errand.policy });
    }
  };
}

interface Origin {
  readonly source: string;
  readonly key: string;
}

async function act({ tickets }: Parts, origin: Origin, ticketId: number, command: SystemCommand): Promise<void> {
  await tickets.act({ ...origin, part: 'act' }, ticketId, command);
}

/** Two commands: the new ticket, and the old one hears of it. What can't be filed, the old one hears, too. */
async function fileChild(
  parts: Parts,
  origin: Origin,
  parentId: number,
  errand: Extract<Errand, { kind: 'file_child' }>,
) {
  const { tickets, templates, directory } = parts;
  const { child: key, template: templateKey, requesterId, by = requesterId, byHand, values, depth } = errand;
  const parent = { ticketId: parentId, key, depth };
  const failed = (reason: string) => act(parts, origin, parentId, { type: 'child_failed', by: null, key, reason });
  const [admin] = directory().admins;
  const locale = directory().people.get(admin ?? -1)?.locale ?? 'zh-CN';
  if (depth > DEEPEST) return failed(inWords(TOO_DEEP, locale));
  const template = templates.current().get(templateKey);
  try {
    const fitting = template ? fitGiven(template, values) : values;
    const input = { by, requesterId, templateKey, values: fitting, parent, ...(byHand ? { byHand } : {}) };
    const { ticketId, number } = await tickets.file({ ...origin, part: 'file' }, input);
    return await act(parts, origin, parentId, { type: 'child_filed', by: null, key, ticketId, number });
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.refused === 'not_now') throw error;
    return failed(refusalText(error.refusal, locale));
  }
}
