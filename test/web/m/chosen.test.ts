import { describe, expect, it } from '@jest/globals';
import type { FormState } from '../../../src/http/contract/form.ts';
import { type Act, type Part, rowOf } from '../../../src/flow/acts.ts';
import type { ActPart, PossibleAct, PossibleTask, TicketWhole } from '../../../src/http/contract/ticket.ts';
import { hasForm, isOneTap, offerFor, offersOf, openingOf } from '../../../src/web/m/act/chosen.ts';

const part = (name: Part, required: boolean): ActPart => ({
  part: name,
  label: name,
  required,
  options: null,
  requiredIf: null,
});
const act = (name: Act, required = false, form = false): PossibleAct => ({
  act: name,
  text: name,
  commentRequired: required,
  parts: [
    ...(form ? [part('values', true)] : []),
    ...('comment' in rowOf(name).takes ? [part('comment', required)] : []),
  ],
});
const aTask = (n: number, acts: PossibleTask['acts'], form: FormState | null = null): PossibleTask => ({
  ...{ n, version: 1, acts, form, returnTargets: [], candidates: [], removable: [] },
});
const aTicket = (tasks: PossibleTask[], onTicket: PossibleTask['acts'] = []) =>
  ({ possible: { tasks, ticket: onTicket } }) as unknown as TicketWhole;
const aForm = (writable: boolean) =>
  ({ fields: [{ id: 'solution', writable }], problems: [], live: false, files: [] }) as unknown as FormState;

describe('The acts on the bar', () => {
  it('come with the likeliest first, the end of everything last', () => {
    const task = aTask(1, [act('transfer'), act('refuse'), act('agree'), act('return')]);
    const offers = offersOf(aTicket([task], [act('withdraw'), act('comment')]), task);
    expect(offers.map((one) => one.act)).toEqual(['agree', 'refuse', 'return', 'comment', 'transfer', 'withdraw']);
  });

  it('never show two buttons for taking a task', () => {
    const pool = aTask(1, [act('claim'), act('accept'), act('complete')]);
    expect(offersOf(aTicket([pool]), pool).map((one) => one.act)).toEqual(['claim', 'complete']);
    const own = aTask(1, [act('accept')]);
    expect(offersOf(aTicket([own]), own).map((one) => one.act)).toEqual(['accept']);
  });

  it('take one tap only where nothing is to be said or filled in', () => {
    const offer = (task: PossibleTask, name: 'agree' | 'claim' | 'complete') => {
      const found = offerFor(aTicket([task]), { act: name, task: task.n });
      if (!found) throw new Error(`no ${name}`);
      return found;
    };
    expect(isOneTap(offer(aTask(1, [act('agree')]), 'agree'))).toBe(true);
    expect(isOneTap(offer(aTask(1, [act('agree', false, true)], aForm(true)), 'agree'))).toBe(false);
    expect(isOneTap(offer(aTask(1, [act('agree')], aForm(false)), 'agree'))).toBe(true);
    expect(isOneTap(offer(aTask(1, [act('agree', true)]), 'agree'))).toBe(false);
    expect(isOneTap(offer(aTask(1, [act('claim')], aForm(true)), 'claim'))).toBe(true);
    expect(isOneTap(offer(aTask(1, [act('complete')]), 'complete'))).toBe(false);
    expect(hasForm(offer(aTask(1, [act('complete', false, true)], aForm(true)), 'complete'))).toBe(true);
  });
});

describe('An address with an act', () => {
  const ticket = aTicket([aTask(2, [act('complete')]), aTask(3, [act('agree')])], [act('comment')]);

  it('opens the sheet of that task, or of the only one that has it', () => {
    expect(openingOf(ticket, { act: 'complete', task: 2 })).toEqual({ act: 'complete', task: 2 });
    expect(openingOf(ticket, { act: 'agree', task: null })).toEqual({ act: 'agree', task: 3 });
    expect(openingOf(ticket, { act: 'comment', task: null })).toEqual({ act: 'comment', task: null });
  });

  it('opens no act where it asks for the list of all', () => {
    expect(openingOf(ticket, { act: 'more', task: null })).toBeNull();
  });

  it('opens nothing that is not possible', () => {
    expect(openingOf(ticket, { act: 'complete', task: 3 })).toBeNull();
    expect(openingOf(ticket, { act: 'withdraw', task: null })).toBeNull();
    expect(
      openingOf(aTicket([aTask(1, [act('agree')]), aTask(2, [act('agree')])]), { act: 'agree', task: null }),
    ).toBeNull();
  });
});
