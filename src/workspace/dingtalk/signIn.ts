/** Sign-in by DingTalk's codes: of its login page in a browser, of a script inside the client. Source: reference/dingtalk.md, 1.2 and 1.3. */
import { z } from 'zod';
import type { Workspace } from '../port.ts';
import type { Api } from './api.ts';
import { classOf } from './codes.ts';
import { DingtalkError, type Failure } from './failure.ts';
import { signInPage } from './signInPage.ts';

export interface SignInParts {
  readonly api: Api;
  readonly corpId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly loginBase: string;
  readonly jsapiUrl: string;
}

/** Tells the codes of the client from those of a browser: they are changed by different calls. */
const INSIDE = 'in:';

const Inside = z.object({ result: z.object({ userid: z.string().min(1) }) });
const UserToken = z.object({ accessToken: z.string().min(1) });
const Me = z.object({ unionId: z.string().min(1) });
const ByUnionId = z.object({
  result: z.object({ userid: z.string().min(1), contact_type: z.coerce.number().nullish() }),
});
const EXTERNAL = 1;

export function makeSignIn(parts: SignInParts): Workspace['signIn'] {
  const { api, corpId, clientId, loginBase, jsapiUrl } = parts;
  return {
    url(redirect, state) {
      const query = new URLSearchParams({ redirect_uri: redirect, response_type: 'code', client_id: clientId });
      for (const [name, value] of Object.entries({ scope: 'openid', state, prompt: 'consent' })) query.set(name, value);
      return `${loginBase}/oauth2/auth?${query}`;
    },
    page(redirect, state) {
      const back = new URL(redirect);
      back.searchParams.set('state', state);
      return signInPage({
        corpId,
        clientId,
        jsapiUrl,
        back: back.href,
        prefix: INSIDE,
        other: this.url(redirect, state, false),
      });
    },
    async account(code) {
      if (code === '' || Buffer.byteLength(code) > 512) return null;
      return code.startsWith(INSIDE) ? insideClient(api, code.slice(INSIDE.length)) : inBrowser(parts, code);
    },
  };
}

async function insideClient(api: Api, code: string): Promise<string | null> {
  const path = 'topapi/v2/user/getuserinfo';
  const outcome = await api.attempt({ host: 'oapi', path, body: { code }, free: true }, Inside);
  return 'failure' in outcome ? nobodyOrThrow(path, outcome.failure) : outcome.answer.result.userid.toLowerCase();
}

/** Three calls: the code for the person's token, that for their unionId, and that for the userid here. */
async function inBrowser({ api, clientId, clientSecret }: SignInParts, code: string): Promise<string | null> {
  const body = { clientId, clientSecret, code, grantType: 'authorization_code' };
  const path = 'v1.0/oauth2/userAccessToken';
  const token = await api.bare({ host: 'api', path, body, free: true }, UserToken);
  if ('failure' in token) return nobodyOrThrow(path, token.failure);
  const mine = 'v1.0/contact/users/me';
  const me = await api.bare({ host: 'api', method: 'GET', path: mine, free: true }, Me, token.answer.accessToken);
  if ('failure' in me) return nobodyOrThrow(mine, me.failure);
  const find = 'topapi/user/getbyunionid';
  const call = { host: 'oapi', path: find, body: { unionid: me.answer.unionId }, free: true } as const;
  const found = await api.attempt(call, ByUnionId);
  if ('failure' in found) return nobodyOrThrow(find, found.failure);
  const { userid, contact_type } = found.answer.result;
  return contact_type === EXTERNAL ? null : userid.toLowerCase();
}

/** 40078: unknown, used or too old. 60121: nobody here. */
const NOBODY = new Set(['40078', '60121', 'invalidParameter.user.notFound']);

function nobodyOrThrow(call: string, failure: Failure): null {
  const isNobody =
    failure.kind === 'refused' &&
    (NOBODY.has(failure.code) ||
      // What the new API calls a bad code is in no list; it is none of the troubles that are.
      (call.endsWith('/userAccessToken') && failure.status === 400 && classOf(failure.code) === 'never'));
  if (isNobody) return null;
  throw new DingtalkError(call, failure);
}
