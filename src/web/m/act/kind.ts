/** What each act asks of a person before it is done. */
import type { Act } from '../../../http/contract/ticket.ts';

export type { Act };

const NEEDS: Readonly<Record<Act, { readonly form: boolean; readonly weight: number }>> = {
  claim: { form: false, weight: 0 },
  accept: { form: false, weight: 0 },
  complete: { form: true, weight: 0 },
  agree: { form: true, weight: 0 },
  submit: { form: true, weight: 0 },
  refuse: { form: false, weight: 1 },
  return: { form: false, weight: 2 },
  transfer: { form: false, weight: 3 },
  comment: { form: false, weight: 4 },
  withdraw: { form: false, weight: 5 },
  retry: { form: false, weight: 0 },
  skip: { form: false, weight: 1 },
};

export const isAct = (text: string | null): text is Act => text !== null && Object.hasOwn(NEEDS, text);

/** Is the step's form filled in with it? */
export const takesForm = (act: Act): boolean => NEEDS[act].form;

/** The lower, the nearer to the thumb. */
export const weightOf = (act: Act): number => NEEDS[act].weight;
