import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';

const THINK_MS = 900;

/** Before a person does the next thing. */
export const think = (chance: Chance) => sleep(chance.between(0, THINK_MS));
