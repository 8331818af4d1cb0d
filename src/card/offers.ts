/** What stands on a task's card as buttons, the likeliest first. */
import type { Act } from '../flow/acts.ts';
import type { Task, TaskKind } from '../flow/ticket.ts';
import type { Tone } from './card.ts';

/** `fill`: the step's form on its page. `open`: the whole ticket, to correct it. */
export type Offer = readonly [act: Act | 'fill' | 'open', tone: Tone];

/** Beside 更多 as many as either platform has room for. */
export const BUTTONS = 4;

const OFFERS: Readonly<Record<TaskKind, readonly Offer[]>> = {
  advise: [['advise', 'primary'], ['transfer', 'plain']], // prettier-ignore
  edit: [['open', 'primary'], ['withdraw', 'danger']], // prettier-ignore
  confirm: [['agree', 'primary'], ['refuse', 'danger']], // prettier-ignore
  approve: [['agree', 'primary'], ['refuse', 'danger'], ['fill', 'plain'], ['return', 'secondary'], ['transfer', 'plain']], // prettier-ignore
  rescue: [['retry', 'primary'], ['skip', 'danger']], // prettier-ignore
  dispatch: [['dispatch', 'primary'], ['return', 'secondary'], ['transfer', 'plain']], // prettier-ignore
  handle: [['complete', 'primary'], ['fill', 'secondary'], ['return', 'danger'], ['transfer', 'plain'], ['release', 'plain']], // prettier-ignore
};
const UNTAKEN: readonly Offer[] = [['claim', 'primary'], ['accept', 'primary'], ['transfer', 'secondary']]; // prettier-ignore

export const offersFor = ({ kind, acceptedAt }: Pick<Task, 'kind' | 'acceptedAt'>): readonly Offer[] =>
  kind === 'handle' && acceptedAt === null ? UNTAKEN : OFFERS[kind];
