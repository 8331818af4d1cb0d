/** The only place where a refusal or an error becomes an HTTP answer. Handlers throw; they never write error bodies. */
import { STATUS_CODES } from 'node:http';
import type { Context } from 'koa';
import { refusalText, refusalTitle } from '../../card/refusalText.ts';
import { inWords, type Locale, type Words } from '../../lib/locale.ts';
import { type Refusal, Refused, type RefusalCode, refuse } from '../../lib/refusal.ts';
import type { Problem, ProblemCode } from '../contract/problem.ts';
import { type EdgeCode, EdgeError, FaultyTemplate } from './apiError.ts';

export const STATUS: Readonly<Record<ProblemCode, number>> = {
  bad_input: 400,
  too_large: 413,
  unknown_field: 400,
  not_signed_in: 401,
  not_allowed: 403,
  not_your_task: 403,
  not_your_ticket: 403,
  unknown_person: 422,
  ticket_not_found: 404,
  task_not_found: 404,
  template_not_found: 404,
  template_faulty: 422,
  not_found: 404,
  ticket_closed: 409,
  task_over: 409,
  changed_meanwhile: 409,
  already_claimed: 409,
  not_now: 409,
  comment_required: 422,
  too_late_to_withdraw: 409,
  too_late_to_reopen: 409,
  file_again: 409,
  merged_elsewhere: 409,
  not_over: 409,
  filed_again_already: 409,
  already_paused: 409,
  too_late_to_take_back: 409,
  urged_lately: 429,
  already_copied: 409,
  cc_limit: 422,
  not_in_bulk: 422,
  cannot_transfer_to_self: 422,
  cannot_transfer_to_requester: 422,
  bad_return_target: 422,
  filing_limit: 429,
  draft_gone: 409,
  rate_limited: 429,
  replayed: 403,
  bad_json: 400,
  csrf: 403,
  no_route: 404,
  method_not_allowed: 405,
  unavailable: 503,
  internal: 500,
};

const EDGE: Readonly<Record<EdgeCode, { readonly title: Words; readonly text: Words }>> = {
  bad_json: {
    title: { zh: '读不懂请求', en: 'Unreadable request' },
    text: {
      zh: '请求内容不是有效的 JSON。请以 application/json 发送一个 UTF-8 编码的 JSON 对象。',
      en: 'The body is not valid JSON. Send a JSON object in UTF-8 as application/json.',
    },
  },
  csrf: {
    title: { zh: '缺少请求头', en: 'Header missing' },
    text: {
      zh: '用浏览器会话修改数据时，请带上请求头 X-Paidan: 1。',
      en: 'To change something with a browser session, send the header X-Paidan: 1.',
    },
  },
  no_route: {
    title: { zh: '没有这个地址', en: 'No such address' },
    text: {
      zh: '没有这个接口。所有接口见 /api/v1/openapi.json。',
      en: 'There is no such address. All of them are in /api/v1/openapi.json.',
    },
  },
  method_not_allowed: {
    title: { zh: '不支持这个方法', en: 'Method not allowed' },
    text: {
      zh: '这个地址不支持该方法，可用的方法见响应头 Allow。',
      en: 'This address does not take that method; the header Allow names those it takes.',
    },
  },
  unavailable: {
    title: { zh: '暂时不可用', en: 'Not available now' },
    text: {
      zh: '服务暂时不可用，您的操作没有生效。请稍等片刻再试。',
      en: 'The service is not available for a moment, and nothing was done. Try again shortly.',
    },
  },
  internal: {
    title: { zh: '服务出错', en: 'Something broke' },
    text: {
      zh: '服务出了错，已经记录下来，这次没有生效。请稍后再试；仍然不行，请把编号发给管理员。',
      en: 'Something broke on our side and was logged; nothing was done. Try again later, or send the number to an admin.',
    },
  },
};

interface Told {
  readonly status: number;
  readonly problem: Problem;
  /** Neither a person's mistake nor an outage: to be logged. */
  readonly unexpected: boolean;
}

export function problemOf(error: unknown, locale: Locale, instance: string): Told {
  if (error instanceof Refused) return told(error.refusal, locale, instance);
  if (error instanceof FaultyTemplate) {
    const errors = error.findings.filter(({ severity }) => severity === 'error').length;
    const { status, problem } = told(refuse('template_faulty', { errors }), locale, instance);
    return { status, problem: { ...problem, findings: [...error.findings] }, unexpected: false };
  }
  if (error instanceof EdgeError) return edge(error.code, locale, instance, error.words);
  return isOutage(error) ? edge('unavailable', locale, instance) : edge('internal', locale, instance);
}

function told(refusal: Refusal, locale: Locale, instance: string): Told {
  const code: RefusalCode = refusal.refused;
  const fields = refusal.fields?.map((one) => ({ field: one.field, label: one.label, text: inWords(one, locale) }));
  const problem: Problem = {
    ...base(code, refusalTitle(refusal, locale), refusalText(refusal, locale), instance),
    ...(fields ? { fields } : {}),
  };
  return { status: STATUS[code], problem, unexpected: false };
}

function edge(code: EdgeCode, locale: Locale, instance: string, words: Words = EDGE[code].text): Told {
  const problem = base(code, inWords(EDGE[code].title, locale), inWords(words, locale), instance);
  return { status: STATUS[code], problem, unexpected: code === 'internal' || code === 'unavailable' };
}

const base = (code: ProblemCode, title: string, detail: string, instance: string): Problem => ({
  type: `/problems/${code}`,
  title: title || (STATUS_CODES[STATUS[code]] ?? ''),
  status: STATUS[code],
  detail,
  code,
  instance,
});

/** The database is away for a moment; it is known by the driver's code. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  if ('isLost' in error && error.isLost === true) return true;
  const away = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|PROTOCOL_CONNECTION_LOST|POOL_CLOSED|SQLITE_BUSY.*)$/;
  return typeof error.code === 'string' && away.test(error.code);
}

export function sendProblem(ctx: Context, { status, problem }: Pick<Told, 'status' | 'problem'>): void {
  ctx.status = status;
  ctx.body = JSON.stringify(problem);
  ctx.set('content-type', 'application/problem+json; charset=utf-8');
  ctx.set('cache-control', 'no-store');
}
