/**
 * The credentials of the sandbox's corp. They are constants on purpose: the corp is invented, nothing real is behind them,
 * and a service that was set up once against the sandbox finds it again after a restart.
 */
export interface WecomAccount {
  readonly corpId: string;
  readonly agentId: number;
  /** Of the app. */
  readonly secret: string;
  /** Of the contacts sync (通讯录同步): another kind of token, contacts only. */
  readonly contactSecret: string;
  readonly token: string;
  /** 43 characters; the last one carries spare bits, as many real keys do, so a strict base64 decoder is found out here. */
  readonly encodingAesKey: string;
  /** Calls go to `${apiBase}/cgi-bin/…`. */
  readonly apiBase: string;
  /** Sign-in is at `${oauthBase}/connect/oauth2/authorize`. */
  readonly oauthBase: string;
}

/** Another app of the same corp: it exists, and our token does not open it (301002). */
export const FOREIGN_AGENT = 1000003;

/** @param publicUrl address of the server that serves `/sandbox`, without a slash at its end */
export function makeAccount(publicUrl: string): WecomAccount {
  const base = `${publicUrl.replace(/\/+$/, '')}/sandbox/wecom`;
  return {
    corpId: 'ww5a1db0c0ffee2026',
    agentId: 1000002,
    secret: 'sandboxAppSecretOfPaidan-0123456789abcdefgh',
    contactSecret: 'sandboxContactSecretPaidan-0123456789abcdef',
    token: 'PaidanSandboxToken2026',
    encodingAesKey: 'PaidanSandboxKeyAbCdEfGhIjKlMnOpQrStUvWx01D',
    apiBase: base,
    oauthBase: base,
  };
}
