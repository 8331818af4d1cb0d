/** Links of messages and cards: which may be opened, and as whom. */

/** The address if it is one that a chat may open (no script, no data), else null. */
export function safeUrl(url: string | undefined): string | null {
  if (!url) return null;
  const bare = unwrapped(url);
  const parsed = URL.canParse(bare, location.href) ? new URL(bare, location.href) : null;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : null;
}

/** DingTalk's own links say in which window a page opens, and carry its address. Source: reference/dingtalk.md, 5.6. */
function unwrapped(url: string): string {
  if (!/^dingtalk:\/\/dingtalkclient\//i.test(url) || !URL.canParse(url)) return url;
  const { searchParams } = new URL(url);
  return searchParams.get('url') ?? searchParams.get('redirect_url') ?? url;
}

const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * `localhost` and `127.0.0.1` are the same service, and two sites to a browser: a page in a frame of the other one gets
 * no cookies. So a link to this service keeps the name under which the chat page was opened.
 */
function underThisName(target: URL): void {
  const isHere = target.port === location.port && target.protocol === location.protocol;
  if (isHere && THIS_MACHINE.test(target.hostname) && THIS_MACHINE.test(location.hostname)) target.host = location.host;
}

/** Where the app asks who somebody is, on its way to its pages or on them. */
const SIGNS_IN = /\/connect\/oauth2\/authorize$|^\/auth\/[^/]+\/start$|^\/m(\/|$)/;

/**
 * Signs the browser in as this person before a page of the app is opened. A real client knows who it is;
 * here one browser is everybody, so the sandbox reads this cookie (or `_as`) when a page asks it to authorize.
 */
export function becomeFor(url: string, userid: string): string {
  document.cookie = `sandbox_as=${encodeURIComponent(userid)}; path=/sandbox; SameSite=Lax`;
  const target = new URL(url);
  underThisName(target);
  if (SIGNS_IN.test(target.pathname)) target.searchParams.set('_as', userid);
  return target.href;
}
