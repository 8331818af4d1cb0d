/** Random tokens that are only kept as their hash: who reads the database can't sign in with what is there. */
import { createHash, randomBytes } from 'node:crypto';

/** @returns 256 random bits, 43 characters of base64url after the prefix */
export const makeSecretToken = (prefix = ''): string => prefix + randomBytes(32).toString('base64url');

/** sha256 in hex. Enough without salt or stretching: the token has 256 bits of chance. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Anything else can't be one of ours, and is not worth a query. */
export const looksLikeToken = (text: string, prefix = ''): boolean =>
  text.length === prefix.length + 43 && text.startsWith(prefix);
