/** What people did, and what of it the service acknowledged: the client's log that everything is judged by. */
import type { EventType } from '../../src/flow/event.ts';

/** An act, and the one event that must come of it. */
export interface Act {
  readonly event: Extract<
    EventType,
    'ticket.filed' | 'task.accepted' | 'task.done' | 'comment.added' | 'ticket.closed'
  >;
  /** Of the ticket; no two are the same in a run. */
  readonly title: string;
  /** Any account of the person. */
  readonly by: string;
  /** The task's number, for acts on tasks. */
  readonly task?: number;
  /** Words said with it, which nobody else says. */
  readonly words?: string;
}

export interface Done extends Act {
  /** The platform got its answer, or the card said it later: from then on the act must never be lost. */
  acknowledged: boolean;
}

export interface Ledger {
  /** Before the act is sent. */
  begin(act: Act): { acknowledged(): void };
  readonly acts: readonly Done[];
  /** Callbacks that were acknowledged, how often one was sent again, and how often a person heard nothing and did it again. */
  readonly callbacks: { acknowledged: number; repeated: number; unheard: number };
}

export function makeLedger(): Ledger {
  const acts: Done[] = [];
  return {
    acts,
    callbacks: { acknowledged: 0, repeated: 0, unheard: 0 },
    begin(act) {
      const done: Done = { ...act, acknowledged: false };
      acts.push(done);
      return { acknowledged: () => void (done.acknowledged = true) };
    },
  };
}
