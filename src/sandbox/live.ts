/** `GET /sandbox/api/events`: what happens in the chats, as it happens (server-sent events). */
import { PassThrough } from 'node:stream';
import type Koa from 'koa';
import type { LiveEvent } from './client.ts';

const HEARTBEAT = 15_000;
/** A reader that is this far behind is cut off; it reloads the chat when it comes back. */
const MAX_BEHIND = 1024 * 1024; // bytes

export interface Live {
  /** Turns the request into a stream of the events of `?users=a,b`, or of everybody's. */
  open(ctx: Koa.Context): void;
  close(): void;
}

type Listen = (listener: (event: LiveEvent) => void) => () => void;

/** @param sources  each tells what happens in one corp */
export function makeLive(...sources: Listen[]): Live {
  const listen: Listen = (listener) => {
    const ends = sources.map((source) => source(listener));
    return () => ends.forEach((end) => end());
  };
  const streams = new Set<PassThrough>();
  const beat = setInterval(() => streams.forEach((stream) => stream.write(': beat\n\n')), HEARTBEAT);
  beat.unref();
  return {
    open(ctx) {
      const asked = new URLSearchParams(ctx.querystring).get('users');
      const users = asked === null || asked === '' ? null : new Set(asked.toLowerCase().split(','));
      const stream = new PassThrough();
      const end = listen((event) => {
        if (users && !users.has(event.userid.toLowerCase())) return;
        if (stream.writableLength > MAX_BEHIND) stream.destroy();
        else stream.write(`data: ${JSON.stringify(event)}\n\n`);
      });
      streams.add(stream);
      stream.on('close', () => {
        end();
        streams.delete(stream);
      });
      ctx.req.socket.setNoDelay(true);
      ctx.req.on('close', () => stream.destroy());
      ctx.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-accel-buffering': 'no' });
      ctx.status = 200;
      ctx.body = stream;
      stream.write('retry: 1000\n\n');
    },
    close() {
      clearInterval(beat);
      for (const stream of streams) stream.end();
    },
  };
}
