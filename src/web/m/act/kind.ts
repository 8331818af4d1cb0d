/** What each act asks of a person before it is done. */
import { isAct as isName, rowOf } from '../../../flow/acts.ts';
import type { Act } from '../../../http/contract/ticket.ts';

export type { Act };

export const isAct = (text: string | null): text is Act => text !== null && isName(text);

/** Is the step's form filled in with it? To refuse, nothing has to be filled in. */
export const takesForm = (act: Act): boolean => rowOf(act).takes.values !== undefined && act !== 'refuse';

/** The lower, the nearer to the thumb. */
export const weightOf = (act: Act): number => rowOf(act).weight;
