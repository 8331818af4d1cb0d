/** What a judge says: what was looked at, and what of it is wrong. */
export interface Verdict {
  /** As in shared/design/reliability.md: K1, K2, K3; R1 for the campaign's own promises. */
  readonly id: string;
  readonly what: string;
  readonly looked: number;
  readonly wrong: readonly string[];
}
