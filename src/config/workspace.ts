/** The chat platforms to connect to, each with its defaults filled in. Source: shared/design/contract.md, "Configuration". */
import type { Written } from './shape.ts';

export type WorkspaceSettings = WecomSettings | DingtalkSettings;

export interface WecomSettings {
  readonly id: string;
  readonly kind: 'wecom';
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly apiBase: string;
  readonly oauthBase: string;
  readonly answerSpendsCode: boolean;
  readonly replayWindowMs: number;
}

export interface DingtalkSettings {
  readonly id: string;
  readonly kind: 'dingtalk';
  readonly corpId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  /** null: no work notifications. */
  readonly agentId: number | null;
  readonly transport: 'http' | 'stream';
  /** Of HTTP events: never null where the transport is `http`. */
  readonly token: string | null;
  readonly aesKey: string | null;
  /** null: cards without forms, whose buttons open pages. */
  readonly cardTemplateId: string | null;
  readonly apiBase: string;
  readonly oapiBase: string;
  readonly loginBase: string;
  readonly jsapiUrl: string;
  /** Of a calendar month; null: the corp's plan counts nothing. `Infinity` where it doesn't count one of them. */
  readonly quota: { readonly calls: number; readonly pushes: number } | null;
  readonly formBytes: number;
  readonly replayWindowMs: number;
  readonly eventWindowMs: number;
  readonly streamIdleMs: number;
}

type One = Written['workspaces'][number];

export const workspaceSettings = (one: One): WorkspaceSettings => (one.kind === 'wecom' ? wecom(one) : dingtalk(one));

function wecom(one: Extract<One, { kind: 'wecom' }>): WecomSettings {
  const { id, kind, secret, token } = one;
  return {
    ...{ id, kind, secret, token },
    corpId: one.corp_id,
    agentId: one.agent_id,
    encodingAesKey: one.encoding_aes_key,
    apiBase: one.api_base,
    oauthBase: one.oauth_base,
    answerSpendsCode: one.answer_spends_code,
    replayWindowMs: one.replay_window,
  };
}

function dingtalk(one: Extract<One, { kind: 'dingtalk' }>): DingtalkSettings {
  const { id, kind, transport, token } = one;
  const { calls, pushes } = one.quota;
  const counts = calls !== Infinity || pushes !== Infinity;
  return {
    ...{ id, kind, transport, token },
    corpId: one.corp_id,
    clientId: one.client_id,
    clientSecret: one.client_secret,
    // One and the same for an app of the corp's own.
    robotCode: one.robot_code ?? one.client_id,
    agentId: one.agent_id,
    aesKey: one.aes_key,
    cardTemplateId: one.card_template_id,
    apiBase: one.api_base,
    oapiBase: one.oapi_base,
    loginBase: one.login_base,
    jsapiUrl: one.jsapi_url,
    quota: counts ? { calls, pushes } : null,
    formBytes: one.form_bytes,
    replayWindowMs: one.replay_window,
    eventWindowMs: one.event_window,
    streamIdleMs: one.stream_idle,
  };
}
