/** Links of messages and cards: which may be opened, and as whom. */

/** The address if it is one that a chat may open (no script, no data), else null. */
export function safeUrl(url: string | undefined): string | null {
  if (!url) return null;
  const parsed = URL.canParse(url, location.href) ? new URL(url, location.href) : null;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : null;
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
  if (SIGNS_IN.test(target.pathname)) target.searchParams.set('_as', userid);
  return target.href;
}
