/** What the body of an act may hold, for every act and every part: from the catalogue, so that a new act is covered. */
import { describe, expect, it } from '@jest/globals';
import { type Act, ACT_NAMES, isTaskAct, type Part, PARTS, rowOf } from '../../src/flow/acts.ts';
import { ActBody } from '../../src/http/contract/ticket.ts';
import { commandOf } from '../../src/http/route/command.ts';
import { Refused } from '../../src/lib/refusal.ts';

const OTHER = { ticketId: 9, number: 'IT-202611-0009' };

/** A value of each part that its shape allows. */
const sample = (act: Act, part: Part): unknown => {
  const { how = ['before'], reasons = ['scheduled'] } = rowOf(act);
  const values: Readonly<Partial<Record<Part, unknown>>> = {
    ...{ values: { a: 1 }, comment: '好', files: [1], to: 'filing', person: 7, people: [7, 8], how: how[0] },
    ...{ reason: reasons[0], until: 1_800_000_000_000, other: OTHER.number, category: '网络', urgency: '一般' },
    ...{ then: 'resume', again: true },
  };
  return part in values ? values[part] : 'it-repair';
};
const WRONG: Readonly<Partial<Record<Part, readonly unknown[]>>> = {
  values: ['x', 1, []],
  comment: [1, 'x'.repeat(10_001)],
  files: [['a'], [0], Array.from({ length: 21 }, (_, i) => i + 1)],
  to: ['', true, 'x'.repeat(65)],
  person: ['7', 0, 1.5, -1],
  people: [[], ['a'], Array.from({ length: 51 }, (_, i) => i + 1)],
  how: [1, 'x'.repeat(33)],
  reason: [{}],
  until: ['tomorrow', -1, 0.5],
  other: [7, ''],
  category: [1],
  urgency: [[]],
  then: ['back'],
  again: ['yes', 1],
};

const taken = (act: Act): readonly Part[] => PARTS.filter((part) => rowOf(act).takes[part] !== undefined);
const whole = (act: Act): Record<string, unknown> => ({
  act,
  ...(isTaskAct(act) ? { task: 2 } : {}),
  ...Object.fromEntries(taken(act).map((part) => [part, sample(act, part)])),
});
/** The route looks up what `other` names. */
const commanded = (body: unknown) => {
  const parsed = ActBody.parse(body);
  return commandOf(parsed, 5, parsed.other === undefined ? undefined : OTHER);
};
function refusalOf(body: unknown) {
  try {
    return commanded(body);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

describe.each(ACT_NAMES)('%s over the API', (act) => {
  it('takes what its row names, and the engine gets just that', () => {
    const { act: type, task, ...parts } = whole(act);
    const other = 'other' in parts ? { other: OTHER } : {};
    expect(commanded(whole(act))).toEqual({ type, by: 5, ...(task === undefined ? {} : { task }), ...parts, ...other });
  });

  it('names any part that it does not take', () => {
    for (const part of PARTS.filter((one) => !taken(act).includes(one))) {
      const body = { ...whole(act), [part]: sample(act, part) };
      expect(refusalOf(body)).toMatchObject({ refused: 'unknown_field', facts: { field: part } });
    }
    if (!isTaskAct(act))
      expect(refusalOf({ ...whole(act), task: 2 })).toMatchObject({
        refused: 'unknown_field',
        facts: { field: 'task' },
      });
  });

  it('names a required part that is missing; a comment or a form is the engine’s to ask for', () => {
    const judged: readonly Part[] = ['comment', 'values', 'files'];
    for (const part of taken(act).filter((one) => rowOf(act).takes[one] === 'required' && !judged.includes(one))) {
      const { [part]: _, ...body } = whole(act);
      expect(refusalOf(body)).toMatchObject({ refused: 'bad_input', fields: [{ field: part }] });
    }
    if (isTaskAct(act)) {
      const { task: _, ...body } = whole(act);
      expect(refusalOf(body)).toMatchObject({ refused: 'bad_input', fields: [{ field: 'task' }] });
    }
  });

  it('takes no part in a wrong shape', () => {
    for (const part of taken(act))
      for (const wrong of WRONG[part] ?? [])
        expect([part, wrong, ActBody.safeParse({ ...whole(act), [part]: wrong }).success]).toEqual([
          part,
          wrong,
          false,
        ]);
  });

  it('knows its own ways and reasons only', () => {
    for (const part of ['how', 'reason'] as const)
      if (taken(act).includes(part))
        expect(refusalOf({ ...whole(act), [part]: 'sideways' })).toMatchObject({
          refused: 'bad_input',
          fields: [{ field: part, zh: expect.stringContaining(String(sample(act, part))) }],
        });
  });
});

it('a transfer’s `to` with a person’s id is their `person`, as it always was', () => {
  const body = { act: 'transfer', task: 2, to: 7, comment: '出差' };
  expect(commanded(body)).toEqual({ type: 'transfer', by: 5, task: 2, person: 7, comment: '出差' });
});
