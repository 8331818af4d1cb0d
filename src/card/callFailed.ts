/** Why a call to another system failed, for people: what happened, and what an admin can do before it is tried again. */
import type { Words } from '../lib/locale.ts';

/** @param code  as in `delivery/webhook/calls.ts`: `HTTP 404`, `timeout`, `private`, …, or `take:<path>` */
export function callFailed(code: string): Words {
  const [, path] = /^take:(.*)$/s.exec(code) ?? [];
  return path === undefined ? (WORDS.find(([codes]) => codes.test(code))?.[1] ?? OTHER) : lacking(path);
}

const lacking = (path: string): Words => ({
  zh: `对方的回答里没有 ${path}。请按对方的接口说明核对流程模板里的 take，再重试。`,
  en: `The answer lacks ${path}. Compare the template's \`take\` with what the receiver answers, then try again.`,
});

const OTHER: Words = {
  zh: '没有连上，或没有收到完整的回答。请确认对方的服务开着、从本机连得上，再重试。',
  en: 'Not reached, or no whole answer came. See that the receiver runs and can be reached from here, then try again.',
};
const WORDS: readonly (readonly [RegExp, Words])[] = [
  [
    /^private$/,
    {
      zh: '这个地址通向内网，没有连接。确实要用的话，把主机（和端口）写进配置 outgoing_hosts，重启后重试。',
      en: 'The address leads into a private network, so no connection was made. If it is meant, add the host (with its port) to outgoing_hosts, restart, and try again.',
    },
  ],
  [
    /^(bad_address|not_http)$/,
    {
      zh: 'url 不是 http 或 https 地址。请改正流程模板里的 url。',
      en: 'The url is no http or https address. Correct it in the flow template.',
    },
  ],
  [
    /^credentials$/,
    {
      zh: 'url 里不能带用户名和密码。对方请用签名来确认是本服务，并去掉 url 里的这一段。',
      en: 'A url may not carry a user and password. Let the receiver check the signature instead, and take them out of the url.',
    },
  ],
  [
    /^HTTP 3/,
    {
      zh: '对方要求转到别的地址，本服务不跟随。请把最终地址写进流程模板的 url。',
      en: 'The receiver redirects, which is not followed. Write the final address into the url of the flow template.',
    },
  ],
  [
    /^HTTP 40[13]$/,
    {
      zh: '对方不认这个签名。请核对 npx paidan webhook secret 给出的密钥和对方的时钟，再重试。',
      en: 'The receiver does not accept the signature. Compare its secret with that of `npx paidan webhook secret`, and its clock, then try again.',
    },
  ],
  [
    /^HTTP (404|410)$/,
    {
      zh: '对方没有这个地址。请核对流程模板里的 url。',
      en: 'The receiver has no such address. Check the url in the flow template.',
    },
  ],
  [
    /^HTTP (408|429|5)/,
    {
      zh: '对方一直没有恢复。请联系对方，恢复后重试。',
      en: 'The receiver did not recover in time. Ask who runs it, and try again once it works.',
    },
  ],
  [
    /^HTTP 4/,
    {
      zh: '对方不接受这个请求。请按对方的接口说明核对流程模板里的 send。',
      en: "The receiver refuses this request. Compare the template's `send` with what the receiver expects.",
    },
  ],
  [
    /^(ENOTFOUND|EAI_)/,
    {
      zh: '查不到这个主机名。请核对 url 里的主机名和本机的 DNS，再重试。',
      en: 'The host name was not found. Check it in the url, and the DNS of this machine, then try again.',
    },
  ],
  [
    /CERT|TLS|SSL|SELF_SIGNED|UNABLE_|EPROTO/,
    {
      zh: '对方的 HTTPS 证书不可信。请换上有效证书；内部 CA 请用环境变量 NODE_EXTRA_CA_CERTS。然后重试。',
      en: "The receiver's HTTPS certificate is not trusted. Install a valid one, or name your own CA in NODE_EXTRA_CA_CERTS, then try again.",
    },
  ],
];
