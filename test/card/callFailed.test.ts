/** Why a call failed, in words: every code that delivery gives has its own, and no way to end is without one. */
import { expect, it } from '@jest/globals';
import { callFailed } from '../../src/card/callFailed.ts';

it.each([
  ['private', /outgoing_hosts/],
  ['bad_address', /http/],
  ['not_http', /http/],
  ['credentials', /password/],
  ['HTTP 302', /redirects/],
  ['HTTP 401', /webhook secret/],
  ['HTTP 403', /webhook secret/],
  ['HTTP 404', /url/],
  ['HTTP 410', /url/],
  ['HTTP 422', /send/],
  ['HTTP 408', /did not recover/],
  ['HTTP 429', /did not recover/],
  ['HTTP 503', /did not recover/],
  ['ENOTFOUND', /DNS/],
  ['EAI_AGAIN', /DNS/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /certificate/],
  ['CERT_HAS_EXPIRED', /certificate/],
  ['take:data.no', /lacks data\.no/],
  ['timeout', /Not reached/],
  ['ECONNREFUSED', /Not reached/],
  ['HTTP 600', /Not reached/],
])('%s', (code, says) => {
  const { zh, en } = callFailed(code);
  expect(en).toMatch(says);
  expect(zh).toMatch(/^\p{Script=Han}|^url|^这/u);
  expect(zh).toMatch(/。$/);
});
