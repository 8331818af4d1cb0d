import { randomBytes } from 'node:crypto';

/** 16 hex digits, fresh for each packet. */
export const makeNonce = (): string => randomBytes(8).toString('hex');
