/** Sign-in by WeCom's codes: silently inside its client, by its page in a browser. @source reference/wecom.md, 8 */
import { z } from 'zod';
import type { Workspace } from '../port.ts';
import type { Api } from './api.ts';
import { WecomError, type Failure } from './failure.ts';

export interface SignInParts {
  readonly api: Api;
  readonly corpId: string;
  readonly agentId: number;
  readonly oauthBase: string;
  readonly ssoBase: string;
}

/** A code that is unknown, too old, or used: the person signs in again. */
const CODE_IS_NO_GOOD = new Set([40029, 42022]);
// A code of a person outside the corp is a good one, but has no userid.
const Identity = z.object({ userid: z.string().optional(), UserId: z.string().optional() });

export function makeSignIn({ api, corpId, agentId, oauthBase, ssoBase }: SignInParts): Workspace['signIn'] {
  return {
    url(redirect, state, inside) {
      if (!/^[A-Za-z0-9]{1,128}$/.test(state)) throw new Error('state: letters and digits only, at most 128');
      const common = { appid: corpId, redirect_uri: redirect };
      if (!inside) {
        const query = new URLSearchParams({ login_type: 'CorpApp', ...common, agentid: String(agentId), state });
        return `${ssoBase}/wwlogin/sso/login?${query}`;
      }
      const scope = { response_type: 'code', scope: 'snsapi_base', state, agentid: String(agentId) };
      return `${oauthBase}/connect/oauth2/authorize?${new URLSearchParams({ ...common, ...scope })}#wechat_redirect`;
    },

    async account(code) {
      if (code === '' || Buffer.byteLength(code) > 512) return null;
      const outcome = await api.attempt({ path: 'auth/getuserinfo', query: { code } }, Identity);
      if ('failure' in outcome) return nobodyOrThrow(outcome.failure);
      const userid = outcome.answer.userid ?? outcome.answer.UserId;
      return userid ? userid.toLowerCase() : null;
    },
  };
}

function nobodyOrThrow(failure: Failure): null {
  if (failure.kind === 'refused' && CODE_IS_NO_GOOD.has(failure.errcode)) return null;
  throw new WecomError('auth/getuserinfo', failure);
}
