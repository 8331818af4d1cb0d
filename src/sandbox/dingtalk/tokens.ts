/** App tokens: three calls that give the same one, and what it opens. Source: reference/dingtalk.md, 1.1. */
import type { DingtalkCorp } from './corp.ts';
import { ApiError, OapiError, refuse } from './errors.ts';
import type { Token } from './rows.ts';

type Answer = Record<string, unknown>;

export const LIFE_SECONDS = 7200;

/** Asking again while it is valid gives the same one and makes it last longer. */
function issue(corp: DingtalkCorp): { token: string; seconds: number } {
  const now = corp.now();
  const until = now + LIFE_SECONDS * 1000;
  for (const [text, token] of corp.rows.all('token')) {
    if (token.kind !== 'app' || token.until <= now) continue;
    corp.rows.commit(['token', text, { ...token, until }]);
    return { token: text, seconds: LIFE_SECONDS };
  }
  return { token: newToken(corp, { kind: 'app', until, since: now }), seconds: LIFE_SECONDS };
}

/** 32 hex digits, as real ones. */
export function newToken(corp: DingtalkCorp, token: Token): string {
  const text = corp.ids.bytes(16).toString('hex');
  corp.rows.commit(['token', text, token]);
  return text;
}

export function makeTokens(corp: DingtalkCorp) {
  const { clientId, clientSecret, corpId } = corp.account;
  return {
    /** `/v1.0/oauth2/accessToken` */
    fresh(body: Answer): Answer {
      if (body['appKey'] !== clientId || body['appSecret'] !== clientSecret)
        throw refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
      const { token, seconds } = issue(corp);
      return { accessToken: token, expireIn: seconds };
    },
    /** `/v1.0/oauth2/{corpId}/token` */
    unified(body: Answer, ofCorp: string): Answer {
      if (body['grant_type'] !== 'client_credentials') throw refuse('unsupported.grant.type');
      if (body['client_id'] !== clientId || body['client_secret'] !== clientSecret) throw refuse('invalid.client');
      if (ofCorp !== corpId) throw new ApiError(401, 'unauthorized.client');
      const { token, seconds } = issue(corp);
      return { access_token: token, expires_in: seconds };
    },
    /** `/gettoken` */
    old(query: URLSearchParams): Answer {
      if (query.get('appkey') !== clientId) throw new OapiError(40089);
      if (query.get('appsecret') !== clientSecret) throw new OapiError(40001);
      const { token, seconds } = issue(corp);
      return { access_token: token, expires_in: seconds };
    },
  };
}

/** The app's or a person's token, from the header and from nowhere else. @throws ApiError */
export function checkHeader(corp: DingtalkCorp, header: string, kind: 'app' | 'user'): Token {
  const token = corp.rows.get('token', header);
  if (!token || (token.kind !== 'app' && token.kind !== 'user'))
    throw refuse('InvalidAuthentication', '不合法的access_token');
  if (token.until <= corp.now())
    throw kind === 'user' ? refuse('accesstoken.expired') : refuse('InvalidAuthentication', '不合法的access_token');
  if (token.kind !== kind)
    throw refuse('InvalidAuthentication', `needs the token of ${kind === 'app' ? 'an app' : 'a person'}`);
  return token;
}

/** From the query and from nowhere else. @throws OapiError 41001 missing, 40014 unknown, 42001 expired */
export function checkQuery(corp: DingtalkCorp, text: string | null): void {
  if (!text) throw new OapiError(41001);
  const token = corp.rows.get('token', text);
  if (token?.kind !== 'app') throw new OapiError(40014);
  if (token.until <= corp.now()) throw new OapiError(42001);
}
