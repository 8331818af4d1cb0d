import type { Words } from '../lib/locale.ts';
import type { Act } from './acts.ts';
import type { TaskKind } from './ticket.ts';

/** Of one platform; texts in characters, lists in items. Flow knows no platform, so whoever asks says. */
export interface CardLimits {
  readonly platform: Words;
  /** Kinds of inputs that a card can ask for, `form/rule.ts`. */
  readonly asks: readonly string[];
  readonly options: number;
  readonly optionText: number;
  readonly facts: number;
  readonly factLabel: number;
  /** Of the template's name. */
  readonly source: number;
  /** Of the ticket's number and the node's name. */
  readonly subtitle: number;
  /** What a task's card offers among these acts and has no room for. One card goes to all platforms, so all say the same. */
  readonly movedOff: (kind: TaskKind, acts: readonly Act[], hasForm: boolean) => readonly Words[];
}
