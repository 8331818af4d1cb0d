/** HTTP as the bench speaks it: requests are text made beforehand, so that sending one costs the generator next to nothing. */
import { connect, type Socket } from 'node:net';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The whole request as it goes over the wire. */
export function request({ method = 'POST', path, headers = {}, body = '' }: RequestOptions): string {
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Line {
  /** One at a time. */
  send(wire: string): Promise<Answer>;
  close(): void;
}

/** One connection that is kept open. */
export async function openLine(port: number): Promise<Line> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;
  let got: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
    const answer = answerIn(got);
    if (!answer) return;
    got = Buffer.alloc(0);
    const { resolve } = waiting ?? {};
    waiting = null;
    resolve?.(answer);
  });
  const broken = (error?: Error) => waiting?.reject(error ?? new Error('the connection was closed'));
  socket.on('error', broken).on('close', () => broken());
  return {
    send: (wire) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(wire);
      }),
    close: () => end(socket),
  };
}

const end = (socket: Socket) => void socket.removeAllListeners('close').destroy();

/** @returns null until all of it is there. @throws Error for an answer without a length, which nobody here gives */
function answerIn(got: Buffer): Answer | null {
  const headEnd = got.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = got.toString('latin1', 0, headEnd);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? (/^HTTP\/1.1 204/.test(head) ? 0 : NaN));
  if (Number.isNaN(length)) throw new Error(`An answer without a length: ${head}`);
  const from = headEnd + 4;
  if (got.length < from + length) return null;
  return { status: Number(head.slice(9, 12)), body: got.toString('utf8', from, from + length) };
}
