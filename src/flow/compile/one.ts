/** One node on its way from text to what the engine runs. */
import type { PlacedNode } from '../order.ts';
import type { Build, Place } from './build.ts';

export interface One {
  readonly build: Build;
  readonly placed: PlacedNode;
  readonly entering: Place;
}
