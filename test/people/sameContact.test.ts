/** Who is one person on two platforms (issue 3, Build 6; decision 15): only what one person on either side has says so. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Contact, mailKey, mobileKey, samePeople } from '../../src/people/sameContact.ts';

const one = (id: number, mobile: string | null, mail: string | null = null): Contact => ({ id, mobile, mail });

describe('samePeople', () => {
  it.each<{ here: Contact[]; elsewhere: Contact[]; same: [number, number, string][]; because: string }>([
    {
      here: [one(1, 'm')],
      elsewhere: [one(9, 'm')],
      same: [[1, 9, 'mobile']],
      because: 'one mobile, one on each side',
    },
    { here: [one(1, null, 'a@x')], elsewhere: [one(9, null, 'a@x')], same: [[1, 9, 'mail']], because: 'or one mail' },
    {
      here: [one(1, 'm', 'a@x')],
      elsewhere: [one(9, 'm', 'b@y')],
      same: [[1, 9, 'mobile']],
      because: 'each company gives its own mail address',
    },
    {
      here: [one(1, 'm', 'a@x')],
      elsewhere: [one(9, null, 'a@x')],
      same: [[1, 9, 'mail']],
      because: 'one tells no mobile',
    },
    { here: [one(1, 'm')], elsewhere: [one(9, 'n')], same: [], because: 'nothing in common' },
    { here: [one(1, null)], elsewhere: [one(9, null)], same: [], because: 'nothing is not the same as nothing' },
    { here: [one(1, 'm'), one(2, 'm')], elsewhere: [one(9, 'm')], same: [], because: 'two share it here' },
    { here: [one(1, 'm')], elsewhere: [one(8, 'm'), one(9, 'm')], same: [], because: 'two share it there' },
    {
      here: [one(1, 'm', 'a@x')],
      elsewhere: [one(8, 'm'), one(9, 'n', 'a@x')],
      same: [],
      because: 'mobile and mail name two people',
    },
    {
      here: [one(1, 'm', 'it@x')],
      elsewhere: [one(9, 'n', 'it@x')],
      same: [],
      because: 'two mobiles: the mailbox may be a shared one',
    },
    {
      here: [one(1, 'm', 'a@x'), one(2, 'm', 'b@x')],
      elsewhere: [one(9, 'm', 'a@x')],
      same: [[1, 9, 'mail']],
      because: 'a phone that two share does not stand against a mail of one’s own',
    },
    {
      here: [one(1, 'm'), one(2, null, 'a@x')],
      elsewhere: [one(9, 'm', 'a@x')],
      same: [],
      because: 'two claim the same person',
    },
    { here: [one(1, 'm')], elsewhere: [one(1, 'm')], same: [], because: 'they are one already' },
    {
      here: [one(1, 'm')],
      elsewhere: [one(1, 'm'), one(9, 'm')],
      same: [],
      because: 'whoever is one already has it, too',
    },
  ])('$because', ({ here, elsewhere, same }) => {
    const found = samePeople(here, elsewhere);
    expect(found.map((link) => [link.here, link.elsewhere, link.by])).toEqual(same);
    // Seen from the other side it is the same.
    const back = samePeople(elsewhere, here);
    expect(back.map((link) => [link.elsewhere, link.here, link.by])).toEqual(same);
  });

  const side = (from: number) =>
    fc
      .array(fc.tuple(fc.constantFrom(null, 'm1', 'm2', 'm3'), fc.constantFrom(null, 'a', 'b', 'c')), { maxLength: 5 })
      .map((all) => all.map(([mobile, mail], i) => one(from + i, mobile, mail)));

  it('whatever is told: a pair shares a value that nobody else has, nobody is in two pairs, and order does not matter', () => {
    fc.assert(
      fc.property(side(1), side(11), (here, elsewhere) => {
        const found = samePeople(here, elsewhere);
        expect(new Set(found.map((link) => link.here)).size).toBe(found.length);
        expect(new Set(found.map((link) => link.elsewhere)).size).toBe(found.length);
        for (const link of found) {
          const value = here.find(({ id }) => id === link.here)?.[link.by];
          for (const all of [here, elsewhere]) expect(all.filter((other) => other[link.by] === value)).toHaveLength(1);
        }
        expect(
          samePeople(elsewhere, here)
            .map((link) => `${link.elsewhere}=${link.here}`)
            .sort(),
        ).toEqual(found.map((link) => `${link.here}=${link.elsewhere}`).sort());
        const text = (links: typeof found) => links.map((link) => `${link.here}=${link.elsewhere}`).sort();
        expect(text(samePeople(here.toReversed(), elsewhere.toReversed()))).toEqual(text(found));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('one number, written in many ways', () => {
  it.each<[string | null, string | null]>([
    ['13800000001', '13800000001'],
    ['+86-138 0000 0001', '13800000001'],
    ['0086 13800000001', '13800000001'],
    ['(+86) 138-0000-0001', '13800000001'],
    ['+852 5123 4567', '85251234567'],
    ['138****0001', null],
    ['8012', null],
    ['00000000000', null],
    ['无', null],
    ['', null],
    [null, null],
  ])('%j is %j', (given, key) => {
    expect(mobileKey(given)).toBe(key);
  });

  it.each<[string | null, string | null]>([
    [' Xiao.Fang@Example.COM ', 'xiao.fang@example.com'],
    ['none', null],
    ['a@b@c', null],
    ['', null],
    [null, null],
  ])('mail %j is %j', (given, key) => {
    expect(mailKey(given)).toBe(key);
  });
});
