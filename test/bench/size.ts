/** How much is done: in full, and in short for every commit (all rows together in about a minute). */
export interface Size {
  readonly rounds: number;
  /** Requests a side and round, with 8 connections. */
  readonly requests: number;
  /** The same with one connection. */
  readonly alone: number;
  /** Before anything is measured. */
  readonly warmUp: number;
}

export const FULL: Size = { rounds: 5, requests: 2_000, alone: 300, warmUp: 2_000 };
export const QUICK: Size = { rounds: 3, requests: 300, alone: 80, warmUp: 400 };
