/** What the readers of callbacks have in common: the robot's messages, the cards' actions and the events. */
import type { InboundEvent } from '../port.ts';

export interface Arrived {
  readonly workspace: string;
  readonly corpId: string;
  readonly robotCode: string;
  readonly transport: 'http' | 'stream';
  readonly stale: boolean;
  /** When it was sent by the platform's clock, epoch ms. */
  readonly at: number;
}

/** `foreign`: another app's or corp's. `unreadable`: nothing of the platform. */
export type Read = { readonly event: InboundEvent } | { readonly problem: 'foreign' | 'unreadable' };

/** Fits the inbox row, whatever was sent. */
export const MOST_KEY = 128;
