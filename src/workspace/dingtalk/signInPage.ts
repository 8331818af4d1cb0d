/**
 * The page that asks DingTalk's client for a code: the client gives codes to scripts only. Whoever it fails for reads why, and
 * goes on by the way of a browser. The inline script is the same for everybody, so that its digest can stand in the policy;
 * what differs stands in attributes. Source: reference/dingtalk.md, 1.3.
 */
import { createHash } from 'node:crypto';

export interface SignInPageParts {
  readonly corpId: string;
  readonly clientId: string;
  readonly jsapiUrl: string;
  /** Where the code goes, as the parameter `code`. */
  readonly back: string;
  /** Stands before the code. */
  readonly prefix: string;
  /** The way of a browser. */
  readonly other: string;
}

/** `_as`: the local DingTalk plays several people, and the address says whom this page is for. */
const SCRIPT = `(function () {
  var at = document.body.dataset;
  var over = false;
  function fail(problem) {
    if (over) return;
    over = true;
    var said = problem && (problem.errorMessage || problem.message);
    document.getElementById('why').textContent = said ? String(said).slice(0, 200) : '';
    document.getElementById('wait').hidden = true;
    document.getElementById('failed').hidden = false;
  }
  function done(answer) {
    if (over) return;
    var code = answer && (answer.code || answer.authCode);
    if (!code) return fail(null);
    over = true;
    var back = new URL(at.back);
    back.searchParams.set('code', at.prefix + code);
    location.replace(back.href);
  }
  function ask() {
    var dd = window.dd;
    if (!dd) return fail(null);
    var wanted = { corpId: at.corp, clientId: at.client, onSuccess: done, onFail: fail, success: done, fail: fail };
    var call = dd.requestAuthCode || (dd.runtime && dd.runtime.permission && dd.runtime.permission.requestAuthCode);
    if (!call) return fail(null);
    var run = function () {
      try {
        var asked = call(wanted);
        if (asked && asked.then) asked.then(function (answer) { if (answer) done(answer); }, fail);
      } catch (error) { fail(error); }
    };
    if (dd.ready) dd.ready(run); else run();
    if (dd.error) dd.error(fail);
  }
  var script = document.createElement('script');
  var as = new URLSearchParams(location.search).get('_as');
  script.src = at.jsapi + (as ? '?_as=' + encodeURIComponent(as) : '');
  script.onload = ask;
  script.onerror = function () { fail(null); };
  document.head.appendChild(script);
  setTimeout(function () { fail(null); }, 15000);
})();`;

const STYLE = `body{margin:0;min-height:100vh;display:flex;flex-direction:column;justify-content:center;align-items:center;
font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei",sans-serif;color:#171a1d;background:#fff;padding:0 24px;box-sizing:border-box;text-align:center}
a{display:inline-block;margin-top:12px;padding:10px 20px;border-radius:8px;background:#0b5fff;color:#fff;text-decoration:none}
#why{color:#5c6370;font-size:14px;word-break:break-word}`;

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** @returns the page, and the policy that it needs */
export function signInPage(parts: SignInPageParts): { html: string; csp: string } {
  const { corpId, clientId, jsapiUrl, back, prefix, other } = parts;
  const data = { corp: corpId, client: clientId, jsapi: jsapiUrl, back, prefix };
  const attributes = Object.entries(data)
    .map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`)
    .join('');
  const html = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · Sign in</title><style>${STYLE}</style></head>
<body${attributes}>
<p id="wait" role="status">正在登录…<br><span lang="en">Signing you in…</span></p>
<div id="failed" role="alert" hidden><p>钉钉没有给出登录凭证。<br><span lang="en">DingTalk gave no sign-in code.</span></p>
<p id="why"></p><a href="${escapeHtml(other)}">用网页方式登录 · <span lang="en">Sign in by the web page</span></a></div>
<noscript><p>请打开 JavaScript，或<a href="${escapeHtml(other)}">用网页方式登录</a>。<br><span lang="en">Turn on JavaScript, or sign in by the web page.</span></p></noscript>
<script>${SCRIPT}</script></body></html>`;
  // DingTalk's script calls home to its own hosts; nothing else is loaded.
  const origin = new URL(jsapiUrl).origin;
  const policy = [
    "default-src 'none'",
    `script-src ${digest(SCRIPT)} ${origin}`,
    `style-src ${digest(STYLE)}`,
    `connect-src ${origin} https://*.dingtalk.com`,
    `img-src ${origin} https://*.dingtalk.com data:`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return { html, csp: policy.join('; ') };
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
