/** Who files in the bench, and who handles for each of them: their own manager. */
const COUNT = 200;

const named = (letter: string) => Array.from({ length: COUNT }, (_, i) => `${letter}${String(i).padStart(3, '0')}`);

export const REQUESTERS: readonly string[] = named('r');
/** The manager of the requester at the same place. */
export const HANDLERS: readonly string[] = named('h');
