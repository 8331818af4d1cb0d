/** Pages of the login host: the browser's sign-in, and the script that gives pages inside the client their codes. Source: reference/dingtalk.md, 1.2 and 1.3. */
import type { DingtalkCorp } from './corp.ts';
import { newCode } from './signIn.ts';

/** Where to go, or a page to show. */
export type Step = { readonly redirect: string } | { readonly status: number; readonly page: string };

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * `login/oauth2/auth`
 * @param query as the app linked to it; `_as` says who is signed in to the (simulated) browser
 * @param here host of the sandbox
 * @param cookie userid from the chat page's cookie, used where `_as` is missing
 */
export function authorize(corp: DingtalkCorp, query: URLSearchParams, here: string, cookie: string | undefined): Step {
  const target = query.get('redirect_uri') ?? '';
  const scopes = (query.get('scope') ?? '').split(' ');
  if (query.get('client_id') !== corp.account.clientId) return oops('client_id 不是本企业的应用');
  if (query.get('response_type') !== 'code') return oops('response_type 必须是 code');
  if (!scopes.includes('openid')) return oops('scope 必须包含 openid');
  if (query.get('prompt') !== 'consent') return oops('prompt 必须是 consent');
  if (!isTrusted(corp, target, here)) return oops('redirect_uri 没有在“钉钉登录与分享”中登记');

  const asked = query.get('_as') || cookie;
  const person = asked === undefined ? undefined : corp.directory.find(asked);
  if (!person) return { status: 200, page: choose(corp, query) };
  const code = newCode(corp, 'browser', person.userid);
  const url = new URL(target);
  // Both names carry the same.
  url.searchParams.set('code', code);
  url.searchParams.set('authCode', code);
  const state = query.get('state');
  if (state !== null) url.searchParams.set('state', state);
  if (scopes.includes('corpid')) url.searchParams.set('corpId', corp.account.corpId);
  return { redirect: url.href };
}

/** The sandbox's host, this machine's, those that the app is called at, and those set. */
function isTrusted(corp: DingtalkCorp, target: string, here: string): boolean {
  if (!URL.canParse(target)) return false;
  const { protocol, host, hostname } = new URL(target);
  const { push } = corp.meta();
  const called = [push?.robotUrl, push?.eventUrl, ...[...corp.rows.all('route')].map(([, { url }]) => url)];
  const hosts = called.flatMap((url) => (url && URL.canParse(url) ? new URL(url).host : []));
  const known = [here, ...corp.settings().trustedHosts, ...hosts];
  return /^https?:$/.test(protocol) && (THIS_MACHINE.test(hostname) || known.includes(host));
}

const page = (title: string, body: string) =>
  `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${title}</title><body style="font:16px/1.8 system-ui;margin:2rem auto;max-width:32rem;padding:0 1rem"><h1 style="font-size:1.25rem">${title}</h1>${body}`;

const oops = (words: string): Step => ({
  status: 400,
  page: page('无法登录 · Cannot sign in', `<p>${escape(words)}</p>`),
});

/** In the real client somebody is always signed in; in a plain browser one says who one is. */
function choose(corp: DingtalkCorp, query: URLSearchParams): string {
  const links = corp.directory.employees.map((person) => {
    const again = new URLSearchParams(query);
    again.set('_as', person.userid);
    return `<li><a href="?${escape(again.toString())}">${escape(`${person.name} · ${person.position}`)}</a></li>`;
  });
  return page('以谁的身份登录钉钉？ · Sign in to DingTalk as', `<ul>${links.join('')}</ul>`);
}

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/**
 * `jsapi.js`: as much of `dd` as a page needs to learn who reads it. The codes are in the script itself, for whoever's client
 * the chat page plays; so a page's policy has to allow the script's address and nothing else.
 * @param userid null: opened outside the client, where there is no code
 */
export function jsapi(corp: DingtalkCorp, userid: string | null): string {
  const person = userid === null ? undefined : corp.directory.find(userid);
  const codes = person ? [newCode(corp, 'inside', person.userid), newCode(corp, 'inside', person.userid)] : [];
  const { corpId, clientId } = corp.account;
  return `(function () {
  var codes = ${JSON.stringify(codes)};
  var corpId = ${JSON.stringify(corpId)};
  var clientId = ${JSON.stringify(clientId)};
  function ask(options) {
    options = options || {};
    var good = options.success || options.onSuccess;
    var bad = options.fail || options.onFail;
    return new Promise(function (resolve, reject) {
      var problem = null;
      if (codes.length === 0) problem = { errorCode: '3', errorMessage: 'not in DingTalk' };
      else if (options.corpId !== corpId) problem = { errorCode: '52010', errorMessage: 'corpId is not this organisation' };
      else if (options.clientId !== undefined && options.clientId !== clientId)
        problem = { errorCode: '52010', errorMessage: 'clientId is not an app of this organisation' };
      var complete = options.complete || function () {};
      if (problem) {
        if (bad) { bad(problem); resolve(undefined); } else reject(problem);
        complete(problem);
        return;
      }
      var answer = { code: codes.shift() };
      if (good) good(answer);
      resolve(answer);
      complete(answer);
    });
  }
  window.dd = {
    env: { platform: ${person ? "'pc'" : "'notInDingTalk'"} },
    version: 'sandbox',
    ready: function (then) { setTimeout(then, 0); },
    error: function () {},
    config: function () {},
    requestAuthCode: ask,
    getAuthCode: ask,
    runtime: { permission: { requestAuthCode: ask } },
    closePage: function () { return Promise.resolve(); },
    setNavigationTitle: function () { return Promise.resolve(); }
  };
})();
`;
}
