/** The call before each connection: credentials and topics for an address with a ticket. Source: reference/dingtalk.md, 4.1. */
import axios, { isAxiosError } from 'axios';
import { z } from 'zod';

export interface OpenRequest {
  /** Without a slash at its end. */
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Of callbacks; all events come in any case. */
  readonly topics: readonly string[];
}

/** Where to connect, with the ticket in it: never to be logged. Or why not, in words that may be. */
export type Opening = { readonly address: string } | { readonly problem: string; readonly unauthorized: boolean };

/** As the platform's statistics see us; the version of package.json, which a test compares. */
export const UA = 'paidan/0.1.0';

const MAX_ANSWER = 64 * 1024; // bytes
const Answer = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) });
const Refused = z.object({ code: z.string().regex(/^[\w.-]{1,100}$/) });

/** Never throws. @param signal ends it */
export async function openStream(request: OpenRequest, signal: AbortSignal): Promise<Opening> {
  const { apiBase, clientId, clientSecret, topics } = request;
  const subscriptions = [{ type: 'EVENT', topic: '*' }, ...topics.map((topic) => ({ type: 'CALLBACK', topic }))];
  try {
    const { data, status } = await axios.request<unknown>({
      method: 'POST',
      url: `${apiBase}/v1.0/gateway/connections/open`,
      data: { clientId, clientSecret, ua: UA, subscriptions },
      // Without `accept` the gateway may answer in XML.
      headers: { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' },
      signal,
      maxContentLength: MAX_ANSWER,
      // A redirect would carry the secret to somebody else.
      maxRedirects: 0,
      responseType: 'json',
      validateStatus: () => true,
    });
    if (status !== 200) return refusal(status, data);
    const answer = Answer.safeParse(data);
    return answer.success ? { address: addressOf(answer.data) } : no('an answer of another shape');
  } catch (error) {
    // The error itself carries the secret: only its code goes on.
    return no(isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer');
  }
}

const no = (problem: string): Opening => ({ problem, unauthorized: false });

function refusal(status: number, data: unknown): Opening {
  const told = Refused.safeParse(data);
  const code = told.success ? told.data.code : '';
  return { problem: `${status} ${code}`.trim(), unauthorized: status === 401 || code === 'authFailed' };
}

function addressOf({ endpoint, ticket }: z.infer<typeof Answer>): string {
  const url = new URL(endpoint);
  url.hash = '';
  url.searchParams.set('ticket', ticket);
  return url.href;
}
