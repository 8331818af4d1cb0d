/** Doing an act: sent once, the ticket renewed after it, whoever was first told in words. */
import { useCallback, useState } from 'react';
import type { ActBody, TicketWhole } from '../../../http/contract/ticket.ts';
import { call } from '../api.ts';
import { isStale } from '../problem.ts';
import { useReader } from '../reader.tsx';
import { useSending } from '../useSending.ts';
import { type Chosen, offerFor } from './chosen.ts';

export type ActDetails = Omit<ActBody, 'act' | 'task' | 'version' | 'ticketVersion'>;

export interface Acting {
  readonly busy: boolean;
  readonly error: unknown;
  /** What was done last, in words; `''`: nothing yet. */
  readonly told: string;
  /** @returns true when it was accepted @throws what it was refused for */
  readonly act: (ticket: TicketWhole, chosen: Chosen, details: ActDetails, onRefused?: (error: unknown) => void) => Promise<boolean>; // prettier-ignore
  readonly reset: () => void;
}

const TOLD_MS = 4_000;

export function useActing(id: number, reload: () => Promise<void>): Acting {
  const { say } = useReader();
  const { busy, error, send, reset } = useSending();
  const [told, setTold] = useState('');
  const act = useCallback<Acting['act']>(
    async (ticket, chosen, details, onRefused) => {
      const offer = offerFor(ticket, chosen);
      const version = offer?.possible ? { task: offer.possible.n, version: offer.possible.version } : {};
      const body: ActBody = { act: chosen.act, ...version, ...details };
      const accepted = await send(async (onceKey) => {
        try {
          await call('act', { params: { id }, body, onceKey });
        } catch (failure) {
          onRefused?.(failure);
          if (isStale(failure)) await reload();
          throw failure;
        }
      });
      if (!accepted) return false;
      setTold(say('done', offer?.text ?? ''));
      setTimeout(() => setTold(''), TOLD_MS);
      await reload();
      return true;
    },
    [id, reload, say, send],
  );
  return { busy, error, told, act, reset };
}
