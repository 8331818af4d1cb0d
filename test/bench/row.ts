/** One line of the table: a ratio of medians, measured in one run. */
export interface Row {
  /** As in shared/design/performance.md; `P4 mix` and the like are variants. */
  readonly id: string;
  readonly what: string;
  /** null: told beside the others, no goal of its own. */
  readonly goal: Goal | null;
  /** Ours ÷ the limit's; or ours alone where the goal is absolute. */
  readonly ratio: number;
  /** Both sides as measured, with unit, for the reader. */
  readonly ours: string;
  readonly limit: string;
  readonly more?: string;
}

export interface Goal {
  readonly sense: 'at least' | 'at most';
  readonly value: number;
  readonly aim: number;
}

export const atLeast = (value: number, aim: number): Goal => ({ sense: 'at least', value, aim });
export const atMost = (value: number, aim: number): Goal => ({ sense: 'at most', value, aim });

export type Verdict = 'aim' | 'goal' | 'missed' | 'told';

export function verdict({ goal, ratio }: Row): Verdict {
  if (!goal) return 'told';
  const meets = (value: number) => (goal.sense === 'at least' ? ratio >= value : ratio <= value);
  return meets(goal.aim) ? 'aim' : meets(goal.value) ? 'goal' : 'missed';
}

/** A machine may be busy; only a row five times worse than its goal says that something broke. */
const FAR = 5;

export const isFar = ({ goal, ratio }: Row): boolean =>
  goal !== null && (goal.sense === 'at least' ? ratio < goal.value / FAR : ratio > goal.value * FAR);
