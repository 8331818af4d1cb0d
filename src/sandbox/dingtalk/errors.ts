/** What the two APIs say when they refuse. Source: reference/dingtalk.md, 0.2. */

/** Of the new API: an HTTP status and a word. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requiredScopes: readonly string[] | null;
  constructor(status: number, code: string, message = code, requiredScopes: readonly string[] | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.requiredScopes = requiredScopes;
  }
}

/** Of the old API: a number, inside HTTP 200. */
export class OapiError extends Error {
  readonly errcode: number;
  readonly sub: { readonly code: string; readonly text: string } | null;
  constructor(errcode: number, sub: { code: string; text: string } | null = null) {
    super(sub ? `ding talk error[subcode=${sub.code},submsg=${sub.text}]` : (TEXTS[errcode] ?? 'error'));
    this.errcode = errcode;
    this.sub = sub;
  }
}

/** A request that is wrong in itself. */
export const refuse = (code: string, message?: string): ApiError => new ApiError(400, code, message);

const TEXTS: Readonly<Record<number, string>> = {
  [-1]: '系统繁忙',
  22: 'Invalid method',
  33012: '无效的USERID',
  34015: '消息内容不合法',
  40001: '获取access_token时Secret错误',
  40004: '不合法的媒体文件类型',
  40006: '不合法的文件大小',
  40014: '不合法的access_token',
  40035: '不合法的参数',
  40078: '不存在的临时授权码',
  40089: '不合法的corpid或corpsecret',
  40104: '无效手机号',
  41001: '缺少access_token参数',
  41005: '缺少media数据',
  41029: '接收者过多',
  42001: 'access_token超时',
  43007: '需要授权',
  60003: '部门不存在',
  60011: '没有调用该接口的权限',
  60121: '找不到该用户',
  90018: '您的服务器调用钉钉开放平台该接口的请求过多',
  90020: '企业接口调用量已用完',
  300001: 'session 不存在',
  400002: '参数错误',
  400013: '群已被解散',
  460101: '消息内容过长',
};

export const newBody = (error: ApiError, requestId: string): object => ({
  code: error.code,
  requestid: requestId,
  message: error.message,
  ...(error.requiredScopes ? { accessdenieddetail: { requiredScopes: error.requiredScopes } } : {}),
});

export const oldBody = (error: OapiError, requestId: string): Record<string, unknown> => ({
  errcode: error.errcode,
  ...(error.sub ? { sub_code: error.sub.code, sub_msg: error.sub.text } : {}),
  errmsg: error.message,
  request_id: requestId,
});
