import { describe, expect, it } from '@jest/globals';
import type { CardBody } from '../../../src/sandbox/client.ts';
import { answersOf } from '../../../src/sandbox/page/answers.ts';

const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
const dropdown = (part: Partial<NonNullable<CardBody['button_selection']>> = {}): CardBody => ({
  button_selection: { question_key: 'q', option_list: options, ...part },
});
const vote = (mode: number, ...checked: string[]): CardBody => ({
  checkbox: {
    question_key: 'v',
    mode,
    option_list: options.map((option) => ({ ...option, is_checked: checked.includes(option.id) })),
  },
});

describe('a dropdown says', () => {
  it.each([
    ['the first option by itself', dropdown(), {}, ['a']],
    ['what the card chose', dropdown({ selected_id: 'b' }), {}, ['b']],
    ['the first when the card chose one that is not there', dropdown({ selected_id: 'x' }), {}, ['a']],
    ['what the person chose', dropdown({ selected_id: 'b' }), { q: ['c'] }, ['c']],
    ['the card again when an update took the choice away', dropdown({ selected_id: 'b' }), { q: ['x'] }, ['b']],
    ['the card when it may not be changed', dropdown({ selected_id: 'b', disable: true }), { q: ['c'] }, ['b']],
  ])('%s', (_, card, chosen, answer) => {
    expect(answersOf(card, chosen)).toEqual({ q: answer });
  });
});

describe('a vote says', () => {
  it.each([
    ['nothing when nothing is checked', vote(0), {}, []],
    ['one of what the card checked', vote(0, 'b', 'c'), {}, ['b']],
    ['all of them when several may be', vote(1, 'b', 'c'), {}, ['b', 'c']],
    ['what the person chose', vote(1, 'b'), { v: ['a', 'c'] }, ['a', 'c']],
    ['nothing when the person unchecked it', vote(1, 'b'), { v: [] }, []],
  ])('%s', (_, card, chosen, answer) => {
    expect(answersOf(card, chosen)).toEqual({ v: answer });
  });
});

it('every dropdown of a card is answered', () => {
  const select_list = ['x', 'y'].map((question_key) => ({ question_key, option_list: options }));
  expect(answersOf({ select_list }, { y: ['c'] })).toEqual({ x: ['a'], y: ['c'] });
});
