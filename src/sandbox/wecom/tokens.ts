/** gettoken, and what a token opens. Source: reference/wecom.md, 1. */
import { WecomError } from './errors.ts';
import type { Corp } from './corp.ts';
import { HOUR, type Token } from './rows.ts';

const LIFE_SECONDS = 7200;
/** Wrong secrets per hour after which the caller is shut out for the hour. */
const WRONG_SECRETS = 2000;

/** @param query corpid, corpsecret. @throws WecomError */
export function makeGetToken(corp: Corp): (query: URLSearchParams) => Record<string, unknown> {
  let wrong: number[] = [];
  return (query) => {
    const now = corp.now();
    const { account } = corp;
    const corpid = query.get('corpid');
    const secret = query.get('corpsecret');
    if (!corpid) throw new WecomError(41002);
    if (!secret) throw new WecomError(41004);
    if (corpid !== account.corpId) throw new WecomError(40013);
    wrong = wrong.filter((at) => at > now - HOUR);
    if (wrong.length >= WRONG_SECRETS) throw new WecomError(45009);
    const kind = secret === account.secret ? 'app' : secret === account.contactSecret ? 'contacts' : null;
    if (kind === null) {
      wrong.push(now);
      // A well-formed secret that opens nothing is "wrong"; one that cannot be a secret is "invalid".
      throw /^[\w-]{43}$/.test(secret) ? new WecomError(40001) : new WecomError(40091);
    }
    return issue(corp, kind);
  };
}

function issue(corp: Corp, kind: Token['kind']): Record<string, unknown> {
  const now = corp.now();
  if (corp.settings().tokens === 'same')
    for (const [text, token] of corp.rows.all('token'))
      if (token.kind === kind && token.until > now)
        return { access_token: text, expires_in: Math.ceil((token.until - now) / 1000) };
  const text = Array.from({ length: 4 }, () => corp.ids.text(53)).join('');
  corp.rows.commit(['token', text, { kind, until: now + LIFE_SECONDS * 1000 }]);
  return { access_token: text, expires_in: LIFE_SECONDS };
}

/** @throws WecomError 41001 missing, 40014 unknown, 42001 expired */
export function checkToken(corp: Corp, text: string | null): Token {
  if (!text) throw new WecomError(41001);
  const token = corp.rows.get('token', text);
  if (!token) throw new WecomError(40014);
  if (token.until <= corp.now()) throw new WecomError(42001);
  return token;
}
