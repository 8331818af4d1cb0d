/** Calls as WeCom makes them, built with WeCom's own crypto package so that a fault of ours can't hide in both. */
import wecom from '@wecom/crypto';
import type { CallbackRequest } from '../../../src/workspace/port.ts';

export const KEYS = {
  corpId: 'ww0123456789abcdef',
  token: 'TestToken2026wecomFake01',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE',
};
/** 2026-01-01 08:00 in Shanghai. */
export const NOW = 1_767_225_600_000;

export const textXml = (content: string, msgId = '7512345678901234567') =>
  `<xml><ToUserName><![CDATA[${KEYS.corpId}]]></ToUserName><FromUserName><![CDATA[ZhangSan]]></FromUserName>` +
  `<CreateTime>1767225600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content>` +
  `<MsgId>${msgId}</MsgId><AgentID>1000002</AgentID></xml>`;

export interface Called {
  readonly timestamp?: number;
  readonly receiveId?: string;
  readonly token?: string;
}

const signed = (encrypted: string, { timestamp = NOW / 1000, token = KEYS.token }: Called) => {
  const nonce = 'n0nce';
  const msg_signature = wecom.getSignature(token, timestamp, nonce, encrypted);
  return { msg_signature, timestamp: String(timestamp), nonce };
};

export function aPost(xml: string, called: Called = {}): CallbackRequest {
  const encrypted = wecom.encrypt(KEYS.encodingAesKey, xml, called.receiveId ?? KEYS.corpId);
  return postOf(encrypted, called);
}

/** A rightly signed call around any ciphertext. */
export function postOf(encrypted: string, called: Called = {}): CallbackRequest {
  const body =
    `<xml><ToUserName><![CDATA[${KEYS.corpId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>` +
    `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
  return { method: 'POST', path: '', query: signed(encrypted, called), headers: {}, body: Buffer.from(body) };
}

export function aGet(echo: string, called: Called = {}): CallbackRequest {
  const echostr = wecom.encrypt(KEYS.encodingAesKey, echo, called.receiveId ?? KEYS.corpId);
  return {
    method: 'GET',
    path: '',
    query: { ...signed(echostr, called), echostr },
    headers: {},
    body: Buffer.alloc(0),
  };
}
