/** 再次提交 (`approval-semantics.md`, withdraw): who may file what again, what is offered, and that links stay one chain. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { againRefusal, offersAgain } from '../../../src/flow/again.ts';
import { aTemplate, anApproval, filed, id, NAMES, NOW, refold, type Story, then, users } from '../../support/flow.ts';
import { accepted, errands, repair } from '../../support/life.ts';
import { later } from '../../support/written.ts';

const leave = aTemplate([anApproval('boss', users('dee'))]);
const ends = {
  withdraw: (story: Story) => then(story, 'rita', { type: 'withdraw' }),
  refuse: (story: Story) => then(story, 'dee', { type: 'refuse' }),
} as const;
const DAY = 86_400_000;

describe('再次提交', () => {
  it('is for its requester, once it is over', () => {
    const story = filed(leave);
    expect(againRefusal(story.ticket, id('rita'))).toMatchObject({ refused: 'not_over' });
    for (const end of [ends.withdraw(story), ends.refuse(story)]) {
      expect(againRefusal(end.ticket, id('rita'))).toBeNull();
      expect(offersAgain(end.ticket, id('rita'), NOW)).toBe(true);
      expect(againRefusal(end.ticket, id('dee'))).toMatchObject({ refused: 'not_your_ticket' });
      expect(offersAgain(end.ticket, id('dee'), NOW)).toBe(false);
    }
  });

  it('of what was closed is offered when it can no longer be reopened', () => {
    const closed = then(then(accepted(repair), 'ann', { type: 'complete' }), 'rita', { type: 'agree' });
    const offered = (at: number) => offersAgain(closed.ticket, id('rita'), at);
    expect([offered(NOW), offered(NOW + 30 * DAY)]).toEqual([false, true]);
    expect(againRefusal(closed.ticket, id('rita'))).toBeNull();
    const approved = then(filed(leave), 'dee', { type: 'agree' });
    expect(offersAgain({ ...approved.ticket, reopenUntil: null }, id('rita'), NOW)).toBe(false);
  });

  it('shows its requester the old card anew when something was filed in its place, and for no other link', () => {
    const old = ends.withdraw(filed(leave));
    const link = { ticketId: 9, number: 'T-0009' };
    const heard = (kind: 'followed_by' | 'duplicated_by') =>
      later(old, { type: 'linked', link: { kind, ...link } }).effects.filter(({ type }) => type === 'show');
    expect(heard('followed_by')).toEqual([{ type: 'show', personId: id('rita'), task: null }]);
    expect(heard('duplicated_by')).toEqual([]);
  });

  it('again and again: one chain, of which only the last may be filed again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('withdraw' as const, 'refuse' as const), { maxLength: 8 }), (hows) => {
        const chain: Story[] = [];
        for (const how of hows) {
          const last = chain.at(-1)?.ticket;
          const story = filed(leave, {}, last && { ticketId: last.id, number: last.number });
          const [errand] = errands(story);
          if (last && errand?.kind === 'linked') {
            expect(errand.ticketId).toBe(last.id);
            chain.push(later(chain.pop()!, { type: 'linked', link: { ...errand.link, ticketId: chain.length + 1 } }));
          } else expect(chain).toEqual([]);
          chain.push(ends[how](story));
        }
        for (const [i, story] of chain.entries()) {
          const { ticket } = story;
          const kinds = [i > 0 && 'follows', i < chain.length - 1 && 'followed_by'].filter(Boolean);
          expect(ticket.links.map(({ kind }) => kind)).toEqual(kinds);
          expect(refold(story)).toEqual(ticket);
          expect(ticket.outcome).toBe(hows[i] === 'withdraw' ? 'withdrawn' : 'refused');
          const isLast = i === chain.length - 1;
          for (const name of NAMES) expect(offersAgain(ticket, id(name), NOW)).toBe(isLast && name === 'rita');
          if (!isLast) expect(againRefusal(ticket, id('rita'))).toMatchObject({ refused: 'filed_again_already' });
        }
      }),
      { numRuns: 300 },
    );
  });
});
