/** The acts' names, as they stand in an address. */
import { isAct as isName } from '../../../flow/acts.ts';
import type { Act } from '../../../http/contract/ticket.ts';

export type { Act };

export const isAct = (text: string | null): text is Act => text !== null && isName(text);
