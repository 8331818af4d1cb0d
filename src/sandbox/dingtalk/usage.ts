/** What the month has used, and how fast. Source: reference/dingtalk.md, 10. */
import type { DingtalkCorp } from './corp.ts';
import { ApiError, OapiError } from './errors.ts';
import { HOUR, type Month } from './rows.ts';

const BEIJING = 8 * HOUR;
const NOTHING: Month = { calls: 0, pushes: 0 };

export interface Usage {
  /** Counts a call that the platform bills. @throws Error of that API when the month is used up */
  call(host: 'api' | 'oapi'): void;
  /** Counts pushes. @returns false when the month holds no more: they go out without content */
  push(n: number): boolean;
  /** @throws Error of that API, when this one is called more often than allowed */
  pace(host: 'api' | 'oapi', name: string): void;
  report(): Month & { readonly month: string };
  reset(): void;
}

export function makeUsage(corp: DingtalkCorp): Usage {
  const month = () => new Date(corp.now() + BEIJING).toISOString().slice(0, 7);
  const used = () => corp.rows.get('month', month()) ?? NOTHING;
  const paces = new Map<string, number[]>();
  return {
    call(host) {
      const { calls, pushes } = used();
      const { enforceQuota, monthlyCalls } = corp.settings();
      if (enforceQuota && calls >= monthlyCalls)
        throw host === 'api'
          ? new ApiError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', '企业接口调用量已用完')
          : new OapiError(90020);
      corp.rows.commit(['month', month(), { calls: calls + 1, pushes }]);
    },
    push(n) {
      const { calls, pushes } = used();
      const { enforceQuota, monthlyPushes } = corp.settings();
      corp.rows.commit(['month', month(), { calls, pushes: pushes + n }]);
      return !enforceQuota || pushes + n <= monthlyPushes;
    },
    pace(host, name) {
      const { callsPerSecond } = corp.settings();
      if (callsPerSecond === 0) return;
      const now = performance.now();
      const second = (paces.get(name) ?? []).filter((at) => at > now - 1000);
      paces.set(name, second);
      if (second.length >= callsPerSecond)
        throw host === 'api'
          ? new ApiError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', '应用调用该接口的QPS超限')
          : new OapiError(90018);
      second.push(now);
    },
    report: () => ({ month: month(), ...used() }),
    reset: () => corp.rows.commit(['month', month(), NOTHING]),
  };
}
