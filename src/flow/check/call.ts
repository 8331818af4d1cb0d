/** Calls: to one place that is known beforehand, by https, in the world outside. */
import type { Path } from '../order.ts';
import type { Check, CheckContext } from './context.ts';

export const checkCalls: Check = (context) => {
  for (const { spec, path } of context.placed) {
    if (!('call' in spec)) continue;
    checkTarget(context, spec, path, 'call');
    checkRetries(context, spec, path);
  }
  context.spec.rules?.forEach((rule, i) =>
    rule.do.forEach(({ call }, j) => {
      if (call) checkTarget(context, call, ['rules', i, 'do', j, 'call'], null);
    }),
  );
};

type Target = { readonly url?: string | undefined; readonly connector?: string | undefined };

/** @param key that a finding about the whole points at; null: the whole itself */
function checkTarget({ report }: CheckContext, { url, connector }: Target, path: Path, key: string | null): void {
  if ((url === undefined) === (connector === undefined))
    report('call_one_target', key === null ? path : [...path, key], {}, { atKey: true });
  if (url === undefined) return;
  const at = [...path, 'url'];
  const plain = url.replace(/\{[^{}]*\}/g, 'x');
  const address = URL.canParse(plain) ? new URL(plain) : null;
  if (!address || !/^https?:$/.test(address.protocol)) report('bad_url', at, { url });
  else if (/^[^/]*\/\/[^/?#]*\{/.test(url)) report('url_open_host', at);
  else if (isPrivate(address.hostname)) report('url_private', at, { host: address.hostname });
  else if (address.protocol === 'http:')
    report('url_not_https', at, { url }, { fix: url.replace(/^http:/i, 'https:') });
}

/** As long as any message is tried: `delivery/retry.ts` has the times. */
export const MOST_RETRIES = 9;

function checkRetries(
  { report }: CheckContext,
  { retries = 0 }: { readonly retries?: number | undefined },
  path: Path,
) {
  if (retries > MOST_RETRIES)
    report('too_many_retries', [...path, 'retries'], { max: MOST_RETRIES }, { fix: String(MOST_RETRIES) });
}

const PRIVATE = [
  /^localhost$|\.(?:localhost|local|internal|lan)$/,
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe80:.*|::ffff:.*)\]$/,
];
const isPrivate = (host: string): boolean => PRIVATE.some((pattern) => pattern.test(host));
