/** The credentials of the sandbox's DingTalk corp and app: constants, like those of its WeCom corp (`../account.ts`). */
export interface DingtalkAccount {
  readonly corpId: string;
  /** Client ID, AppKey and robotCode are one and the same for an internal app. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly agentId: number;
  /** Of the event subscription over HTTP. */
  readonly token: string;
  /** 43 characters; the last one carries spare bits. */
  readonly aesKey: string;
  readonly cardTemplateId: string;
  /** `${apiBase}/v1.0/…` */
  readonly apiBase: string;
  /** `${oapiBase}/gettoken`, `${oapiBase}/topapi/…` */
  readonly oapiBase: string;
  /** `${loginBase}/oauth2/auth` */
  readonly loginBase: string;
  /** The script that gives pages inside the client `dd.requestAuthCode`. */
  readonly jsapiUrl: string;
}

/**
 * @param publicUrl  where browsers reach the server that serves `/sandbox`
 * @param insideUrl  where the app does
 */
export function makeDingtalkAccount(publicUrl: string, insideUrl = publicUrl): DingtalkAccount {
  const below = (url: string) => `${url.replace(/\/+$/, '')}/sandbox/dingtalk`;
  const [base, inside] = [below(publicUrl), below(insideUrl)];
  return {
    corpId: 'ding5a1db0c0ffee2026',
    clientId: 'dingsandboxpaidan26',
    clientSecret: 'sandboxDingtalkSecretOfPaidan-0123456789abcdefghijklmnopqrstuv',
    robotCode: 'dingsandboxpaidan26',
    agentId: 2026000001,
    token: 'PaidanDingtalkToken26',
    aesKey: 'PaidanDingtalkKeyAbCdEfGhIjKlMnOpQrStUvWx1D',
    cardTemplateId: '5a1db0c0-ffee-4026-8000-0123456789ab.schema',
    apiBase: `${inside}/api`,
    oapiBase: `${inside}/oapi`,
    loginBase: `${base}/login`,
    jsapiUrl: `${base}/jsapi.js`,
  };
}
