/**
 * One Stream socket, from its handshake to its end: echoes pings, passes messages on, notices silence. WebSocket's own
 * pings prove nothing here: sockets that got no message any more were seen to answer them (reference/dingtalk.md, 11.2).
 */
import { WebSocket } from 'ws';
import type { Log } from '../../lib/log.ts';
import { readFrame, writeAck, type Down } from './streamFrame.ts';
import type { Arrival } from './streamWork.ts';

export interface ConnectionSettings {
  /** Without any frame for so long, the connection is taken for dead. */
  readonly idleMs: number;
  readonly openTimeoutMs: number;
  /** How long one that was told to go, or told the other side to, may take. */
  readonly graceMs: number;
  readonly maxFrameBytes: number;
}

export interface Connection {
  /** Open, and heard lately. */
  alive(): boolean;
  /** It waits for its successor only. */
  silent(): boolean;
  /** Stops reading, for as long as there is too much to do. */
  pause(): void;
  resume(): void;
  /** Takes no more messages; what was taken may still be acknowledged. */
  refuse(): void;
  /** Says goodbye. */
  close(): void;
  /** Ends without a word. */
  cut(): void;
}

export interface ConnectionParts {
  /** With the ticket: never to be logged. */
  readonly address: string;
  readonly settings: ConnectionSettings;
  readonly log: Log;
  readonly opened: () => void;
  /** A successor is wanted, now. Once at most, and only after `opened`. */
  readonly leaving: (why: 'disconnect' | 'silence') => void;
  readonly arrived: (arrival: Arrival) => void;
  /** The last call. @param problem may be logged */
  readonly ended: (problem: string) => void;
}

/** For the other side to answer our goodbye. */
const GOODBYE_MS = 1000;

export function makeConnection(parts: ConnectionParts): Connection {
  const { settings, log, arrived } = parts;
  const { idleMs, openTimeoutMs, graceMs, maxFrameBytes } = settings;
  const socket = new WebSocket(parts.address, {
    handshakeTimeout: openTimeoutMs,
    maxPayload: maxFrameBytes,
    // Frames are small; unpacking them costs memory for each connection.
    perMessageDeflate: false,
  });
  let state: 'fresh' | 'leaving' | 'silent' = 'fresh';
  let refusing = false;
  let problem: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  const cut = () => socket.terminate();
  const leaveFor = (why: 'disconnect' | 'silence') => {
    const first = state === 'fresh';
    clearTimeout(timer);
    state = why === 'silence' ? 'silent' : 'leaving';
    // A silent one stays for its successor: it may be only that nothing happens.
    timer = why === 'disconnect' ? setTimeout(cut, graceMs) : undefined;
    if (first) parts.leaving(why);
  };
  const watch = () => void (timer = setTimeout(() => (socket.isPaused ? watch() : leaveFor('silence')), idleMs));

  const answer = makeAnswer(socket, log);
  const hear = (down: Down, bytes: number) => {
    if (down.kind === 'ping') answer(writeAck(200, down.messageId, down.data));
    else if (down.kind === 'disconnect') leaveFor('disconnect');
    else if (down.kind === 'unreadable') log.warn('stream: an unreadable frame', { problem: down.problem, bytes });
    else if (down.kind === 'message' && !refusing) arrived({ ...down, answer });
  };

  socket.on('open', () => {
    watch();
    parts.opened();
  });
  socket.on('message', (data, isBinary) => {
    if (state === 'fresh') timer?.refresh();
    const bytes = data as Buffer;
    hear(isBinary ? { kind: 'unreadable', problem: 'binary' } : readFrame(bytes.toString()), bytes.length);
  });
  socket.on('error', (error: Error & { code?: string }) => void (problem ??= error.code ?? error.message));
  // Comes after every error too, so that each end is counted once.
  socket.on('close', (code) => {
    clearTimeout(timer);
    parts.ended(problem ?? `closed with ${code}`);
  });

  return {
    alive: () => socket.readyState === WebSocket.OPEN && state !== 'silent',
    silent: () => state === 'silent',
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    refuse: () => void (refusing = true),
    close() {
      clearTimeout(timer);
      timer = setTimeout(cut, Math.min(graceMs, GOODBYE_MS));
      socket.resume();
      socket.close(1000);
    },
    cut,
  };
}

const makeAnswer =
  (socket: WebSocket, log: Log): Arrival['answer'] =>
  (ack, left) => {
    // Nobody is there to hear it: the platform sends events again.
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(ack, (error) => {
      if (error) return;
      try {
        left?.();
      } catch (thrown) {
        log.error('stream: what follows an answer failed', { error: thrown });
      }
    });
  };
