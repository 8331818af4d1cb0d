/** Sign-in: the browser's page, the code inside the client, and what they are changed for. Source: reference/dingtalk.md, 1.2–1.4. */
import type { DingtalkCorp } from './corp.ts';
import { ApiError, OapiError, refuse } from './errors.ts';
import { DAY, LOGIN_LIFE, type Login } from './rows.ts';
import { LIFE_SECONDS, newToken } from './tokens.ts';

type Body = Record<string, unknown>;

const REFRESH_LIFE = 30 * DAY;

/** Single use, five minutes. */
export function newCode(corp: DingtalkCorp, kind: Login['kind'], userid: string): string {
  const code = corp.ids.bytes(16).toString('hex');
  corp.rows.commit(['login', code, { kind, userid, at: corp.now(), used: false }]);
  return code;
}

/** @returns whose it was; null when it is unknown, too old or used */
function redeem(corp: DingtalkCorp, kind: Login['kind'], code: unknown): string | null {
  const login = typeof code === 'string' ? corp.rows.get('login', code) : undefined;
  if (typeof code !== 'string' || login?.kind !== kind) return null;
  if (login.used || login.at + LOGIN_LIFE <= corp.now()) return null;
  corp.rows.commit(['login', code, { ...login, used: true }]);
  return login.userid;
}

export function makeSignIn(corp: DingtalkCorp) {
  const { clientId, clientSecret, corpId } = corp.account;
  const grant = (userid: string): object => {
    const now = corp.now();
    const until = now + LIFE_SECONDS * 1000;
    return {
      accessToken: newToken(corp, { kind: 'user', userid, until, since: now }),
      refreshToken: newToken(corp, { kind: 'refresh', userid, until: now + REFRESH_LIFE, since: now }),
      expireIn: LIFE_SECONDS,
      corpId,
    };
  };
  return {
    /** `userAccessToken` */
    userToken(body: Body): object {
      if (body['clientId'] !== clientId || body['clientSecret'] !== clientSecret)
        throw refuse('invalidClientIdOrSecret', '无效的clientId或者clientSecret');
      if (body['grantType'] === 'refresh_token') {
        const token = corp.rows.get('token', String(body['refreshToken']));
        if (token?.kind !== 'refresh' || token.until <= corp.now() || token.userid === undefined)
          throw refuse('invalidParameter.refreshToken');
        return grant(token.userid);
      }
      if (body['grantType'] !== 'authorization_code') throw refuse('invalidParameter.grantType');
      const userid = redeem(corp, 'browser', body['code']);
      if (userid === null) throw refuse('invalidParameter.authCode.notFound', '不合法的临时授权码');
      return grant(userid);
    },
    /** `contact/users/me`: no userid in it. */
    me(userid: string | null): object {
      const person = userid === null ? undefined : corp.directory.find(userid);
      if (!person) throw new ApiError(404, 'invalidParameter.user.notFound');
      const mobile = corp.settings().missingScopes.includes('Contact.User.mobile') ? undefined : person.mobile;
      return {
        nick: person.name,
        avatarUrl: '',
        openId: `o${corp.unionIdOf(person.userid)}`,
        unionId: corp.unionIdOf(person.userid),
        ...(person.mail === undefined ? {} : { email: person.mail }),
        ...(mobile === undefined ? {} : { mobile, stateCode: '86' }),
      };
    },
    inside: (body: Body): object => inside(corp, body),
    ticket: (): object => ticket(corp),
  };
}

/** `jsapiTickets`: the same one again, longer, but never beyond a day. */
function ticket(corp: DingtalkCorp): object {
  const now = corp.now();
  for (const [jsapiTicket, token] of corp.rows.all('token')) {
    if (token.kind !== 'jsapi' || token.until <= now) continue;
    const until = Math.min(now + LIFE_SECONDS * 1000, token.since + DAY);
    corp.rows.commit(['token', jsapiTicket, { ...token, until }]);
    return { jsapiTicket, expireIn: Math.ceil((until - now) / 1000) };
  }
  const token = { kind: 'jsapi', until: now + LIFE_SECONDS * 1000, since: now } as const;
  return { jsapiTicket: newToken(corp, token), expireIn: LIFE_SECONDS };
}

/** `v2/user/getuserinfo`: a code from inside the client. */
function inside(corp: DingtalkCorp, body: Body): object {
  const userid = redeem(corp, 'inside', body['code']);
  if (userid === null) throw new OapiError(40078);
  const person = corp.directory.find(userid);
  const unionid = corp.unionIdOf(userid);
  return {
    result: {
      userid,
      unionid,
      associated_unionid: unionid,
      name: person?.name ?? '',
      device_id: 'sandbox',
      sys: false,
      sys_level: 0,
    },
  };
}
