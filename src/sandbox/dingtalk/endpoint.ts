/** One call of the platform, as a line of a table. */
import type { IncomingHttpHeaders } from 'node:http';

export interface Request {
  readonly query: URLSearchParams;
  /** {} for what takes no JSON. */
  readonly body: Record<string, unknown>;
  readonly raw: Buffer;
  readonly headers: IncomingHttpHeaders;
  /** What stands in the path in the place of `{name}`. */
  readonly path: Readonly<Record<string, string>>;
  /** The person whose token it came with, where a person's is asked for. */
  readonly userid: string | null;
}

/** `status` other than 200 only where the platform answers so without an error of its own. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}
export const isReply = (answer: object): answer is Reply => 'status' in answer && 'body' in answer;

export interface Endpoint {
  readonly host: 'api' | 'oapi';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As `v1.0/todo/users/{unionId}/tasks`. */
  readonly path: string;
  readonly takes: 'query' | 'json' | 'form';
  readonly token: 'none' | 'app' | 'user';
  readonly scope: string | null;
  /** Taken from the month's volume. Source: reference/dingtalk.md, 10.1. */
  readonly counted: boolean;
  /** @returns new API: the bare result, or a reply; old API: what stands beside errcode */
  run(request: Request): object | Promise<object>;
}

export interface Matched {
  readonly endpoint: Endpoint;
  readonly path: Readonly<Record<string, string>>;
}

/** @returns finds the call that a method and a path mean; a path with a name in it comes after those without */
export function makeMatch(endpoints: readonly Endpoint[]) {
  const exact = new Map<string, Endpoint>();
  const shaped: { endpoint: Endpoint; shape: RegExp }[] = [];
  for (const endpoint of endpoints) {
    if (!endpoint.path.includes('{')) exact.set(`${endpoint.host} ${endpoint.method} ${endpoint.path}`, endpoint);
    else {
      const source = endpoint.path.replace(/\./g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
      shaped.push({ endpoint, shape: new RegExp(`^${source}$`) });
    }
  }
  return (host: string, method: string, path: string): Matched | null => {
    const found = exact.get(`${host} ${method} ${path}`);
    if (found) return { endpoint: found, path: {} };
    for (const { endpoint, shape } of shaped) {
      const match = endpoint.host === host && endpoint.method === method ? shape.exec(path) : null;
      if (match)
        return {
          endpoint,
          path: Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, text]) => [name, decoded(text)])),
        };
    }
    return null;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
