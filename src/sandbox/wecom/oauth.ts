/** Sign-in: the authorize page that sends a person back with a code, and the code's exchange. Source: reference/wecom.md, 8. */
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import { LOGIN_LIFE } from './rows.ts';

/** Where to go, or a page to show. */
export type Step = { readonly redirect: string } | { readonly status: number; readonly page: string };

/**
 * @param query as the app linked to it; `_as` says who is signed in to the (simulated) client
 * @param cookie userid from the chat page's cookie, used where `_as` is missing
 */
export function authorize(corp: Corp, query: URLSearchParams, here: string, cookie: string | undefined): Step {
  const target = query.get('redirect_uri') ?? '';
  const state = query.get('state') ?? '';
  const appid = query.get('appid');
  const scope = query.get('scope') ?? 'snsapi_base';
  if (appid !== corp.account.corpId) return oops(`appid "${appid ?? ''}" 不是本企业（40013 invalid corpid）`);
  if (!isTrusted(corp, target, here))
    return oops('redirect_uri 与应用可信域名不一致（50001 redirect_url not in the trusted domains）');
  if (!/^[a-zA-Z0-9]*$/.test(state) || state.length > 128) return oops('state 只能是 128 字节以内的字母和数字');
  if (scope !== 'snsapi_base' && scope !== 'snsapi_privateinfo') return oops(`scope "${scope}" 不存在`);

  const asked = query.get('_as') || cookie;
  const person = asked === undefined ? undefined : corp.directory.find(asked);
  if (!person) return { status: 200, page: choose(corp, query) };
  const code = corp.ids.text(43);
  corp.rows.commit(['login', code, { userid: person.userid, at: corp.now(), used: false }]);
  const url = new URL(target);
  url.searchParams.set('code', code);
  url.searchParams.set('state', state);
  return { redirect: url.href };
}

export function makeGetUserInfo(corp: Corp): (query: URLSearchParams) => Record<string, unknown> {
  return (query) => {
    const code = query.get('code') ?? '';
    const login = corp.rows.get('login', code);
    if (!login || login.at + LOGIN_LIFE <= corp.now()) throw new WecomError(40029);
    if (login.used) throw new WecomError(42022);
    corp.rows.commit(['login', code, { ...login, used: true }]);
    return { userid: login.userid };
  };
}

/** The hosts that the app may send people back to: the sandbox's, the callback's, and those set. */
function isTrusted(corp: Corp, target: string, here: string): boolean {
  const hosts = [here, ...corp.settings().trustedHosts];
  const { callbackUrl } = corp.meta();
  if (callbackUrl !== null) hosts.push(new URL(callbackUrl).host);
  return URL.canParse(target) && /^https?:$/.test(new URL(target).protocol) && hosts.includes(new URL(target).host);
}

const page = (title: string, body: string) =>
  `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${title}</title><body style="font:16px/1.8 system-ui;margin:2rem auto;max-width:32rem;padding:0 1rem"><h1 style="font-size:1.25rem">${title}</h1>${body}`;

const oops = (words: string): Step => ({
  status: 400,
  page: page('无法登录 · Cannot sign in', `<p>${escape(words)}</p>`),
});

/** In the real client somebody is always signed in; in a plain browser one says who one is. */
function choose(corp: Corp, query: URLSearchParams): string {
  const links = corp.directory.employees.map((person) => {
    const again = new URLSearchParams(query);
    again.set('_as', person.userid);
    return `<li><a href="?${escape(again.toString())}">${escape(`${person.name} · ${person.position}`)}</a></li>`;
  });
  return page('以谁的身份登录？ · Sign in as', `<ul>${links.join('')}</ul>`);
}

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
