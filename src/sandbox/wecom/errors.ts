/** The platform's errors: HTTP 200, a code, and a message whose wording nobody may rely on. Source: reference/wecom.md, 11.3, 11.4. */
import type { Ids } from '../ids.ts';

export class WecomError extends Error {
  readonly code: number;
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(code: number, detail?: string, extra: Readonly<Record<string, unknown>> = {}) {
    super([TEXTS[code] ?? 'error', detail].filter(Boolean).join(' '));
    this.code = code;
    this.extra = extra;
  }
}

export interface Failure {
  readonly errcode: number;
  readonly errmsg: string;
}

/** @param now epoch milliseconds */
export function errorBody(code: number, text: string, ids: Ids, now: number): Failure {
  const hint = `${Math.floor(now / 1000)}${ids.digits(14)}`;
  return {
    errcode: code,
    errmsg: `${text}, hint: [${hint}], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${code}`,
  };
}

export const textOfCode = (code: number): string => TEXTS[code] ?? 'error';

const TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system busy',
  6000: 'data version conflict',
  40001: 'invalid credential',
  40003: 'invalid UserID',
  40004: 'invalid media type',
  40005: 'invalid type',
  40006: 'invalid file size',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40011: 'invalid video size',
  40013: 'invalid corpid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40031: 'invalid UserID list',
  40032: 'invalid UserID list size',
  40033: 'invalid characters',
  40035: 'invalid parameter',
  40056: 'invalid agentid',
  40058: 'invalid Request Parameter',
  40091: 'invalid secret',
  40206: 'request body too large',
  41001: 'access_token missing',
  41002: 'corpid missing',
  41004: 'corpsecret missing',
  41006: 'media_id missing',
  41009: 'userid missing',
  41010: 'url missing',
  41011: 'agentid missing',
  41016: 'title missing',
  42001: 'access_token expired',
  42014: 'template_card: task_id empty, too long, malformed or used before',
  42015: 'template_card: belongs to another app',
  42016: 'template_card: task_id unknown',
  42018: 'template_card: button key invalid',
  42022: 'code been used',
  42027: 'template_card: keyname missing',
  42028: 'template_card: url missing',
  42029: 'template_card: media_id missing',
  42030: 'template_card: appid missing',
  42031: 'template_card: card_type invalid',
  42033: 'template_card: title missing',
  42035: 'template_card: horizontal_content_list size',
  42036: 'template_card: vertical_content_list size',
  42037: 'template_card: option_list size',
  42038: 'template_card: button text invalid',
  42039: 'template_card: button key invalid',
  42040: 'template_card: option id invalid',
  42041: 'template_card: option text invalid',
  42042: 'template_card: jump_list size',
  42043: 'template_card: question_key invalid',
  42044: 'template_card: card_image invalid',
  42045: 'template_card: card_action missing or invalid',
  42046: 'template_card: submit_button key invalid',
  42047: 'template_card: select_list size',
  42049: 'template_card: submit_button text invalid',
  42050: 'template_card: userid invalid',
  42051: 'template_card: action_menu invalid',
  42052: 'msgid expired',
  43012: 'callback url not set',
  44001: 'empty media data',
  44004: 'empty content',
  45001: 'media size out of limit',
  45002: 'content size out of limit',
  45008: 'article count out of limit',
  45009: 'api freq out of limit',
  45033: 'concurrent calls out of limit',
  45034: 'url must have a scheme',
  46004: 'userid not exist',
  48002: 'api forbidden',
  48009: 'api forbidden for this ip',
  50001: 'redirect_url not in the trusted domains',
  60003: 'department not found',
  60011: 'no privilege to access',
  60020: 'not allow to access from your ip',
  60111: 'userid not found',
  60140: 'response_code invalid or expired',
  81013: 'user & party & tag all invalid',
  82001: 'all receivers empty',
  82002: 'too many parties',
  82003: 'too many tags',
  301002: 'not allow operate another agent',
};
