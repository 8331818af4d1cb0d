/** The machine-readable parts of the platforms' references. */
import { readFileSync } from 'node:fs';

/** @param path below test/reference */
export const reference = <T>(path: string): T =>
  JSON.parse(readFileSync(new URL(`../../reference/${path}`, import.meta.url), 'utf8')) as T;
