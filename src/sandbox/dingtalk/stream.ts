/** The Stream gateway: who may connect, which connection gets what, and the ways in which it fails. Source: reference/dingtalk.md, 4. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../lib/clock.ts';
import type { DingtalkAccount } from './account.ts';
import type { PushTiming } from './pushSettings.ts';
import { makeConnection, type Connection, type Counts } from './streamConnection.ts';
import type { Ack, Content } from './streamFrame.ts';
import { makeTickets, type Subscription } from './streamTickets.ts';

export type Disturbance = 'disconnect' | 'cut' | 'silence' | 'refuse';

export interface StreamState {
  /** With those that are told to go but not closed yet. */
  readonly connections: number;
  /** Connections since the start. */
  readonly opened: number;
  /** Messages, actions and events sent; no pings. */
  readonly frames: number;
  /** In time. */
  readonly acks: number;
  /** Frames that got none in time. */
  readonly unacked: number;
  /** What came up and was refused: no acknowledgement, for no frame of ours, or not what the frame asks for. */
  readonly malformed: number;
  /** Epoch ms of each open call, the last 10 000. */
  readonly opens: readonly number[];
}

export interface Stream {
  /** `POST /v1.0/gateway/connections/open` */
  open(body: unknown): { status: number; body: object };
  /** @returns false when the path is not the gateway's */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /**
   * To one of the connections that subscribed to it, by lot.
   * @param ms how long the app has
   * @param late an acknowledgement came after that
   * @returns null: none in time; 'nobody': no such connection
   */
  ask(content: Content, ms: number, late?: () => void): Promise<Ack | null | 'nobody'>;
  /** Called when a connection was opened. */
  onOpen(listener: () => void): void;
  /** @returns how many connections it hit; of 'refuse' how many handshakes it will hit */
  disturb(what: Disturbance, times?: number): number;
  state(): StreamState;
  close(): void;
}

export interface StreamOptions {
  readonly account: DingtalkAccount;
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timing: PushTiming;
}

/** Identifies the app over all its organisations. */
export const APP_ID = '5a1db0c0-ffee-4026-9000-000000000001';

const PATH = '/sandbox/dingtalk/connect';
const MAX_UP = 256 * 1024; // bytes

export function makeStream({ account, publicUrl, clock, random, timing }: StreamOptions): Stream {
  const endpoint = `${publicUrl.replace(/\/+$/, '').replace(/^http/, 'ws')}${PATH}`;
  const tickets = makeTickets(account, endpoint, clock);
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_UP, autoPong: false });
  const connections = new Set<Connection>();
  const listeners: (() => void)[] = [];
  const counts: Counts = { opened: 0, frames: 0, acks: 0, unacked: 0, malformed: 0 };
  let [refusing, closed] = [0, false];

  const admit = (request: IncomingMessage, socket: Duplex, head: Buffer, subscriptions: readonly Subscription[]) =>
    server.handleUpgrade(request, socket, head, (ws) => {
      const gone = () => void connections.delete(connection);
      const connection = makeConnection({ socket: ws, appId: APP_ID, subscriptions, timing, clock, counts, gone });
      connections.add(connection);
      for (const listener of listeners) listener();
    });

  return {
    open: (body) => tickets.open(body),
    upgrade(request, socket, head) {
      const [path, query] = (request.url ?? '').split('?', 2);
      if (path !== PATH) return false;
      const subscriptions = tickets.take(new URLSearchParams(query).get('ticket'));
      if (closed || refusing > 0) {
        refusing = Math.max(0, refusing - 1);
        refuse(socket, '503 Service Unavailable');
      } else if (!subscriptions) refuse(socket, '401 Unauthorized');
      else admit(request, socket, head, subscriptions);
      return true;
    },
    async ask(content, ms, late) {
      const takers = [...connections].filter((connection) => connection.takes(content));
      const taker = takers[Math.floor(random() * takers.length)];
      return taker ? taker.ask(content, ms, late) : 'nobody';
    },
    onOpen: (listener) => void listeners.push(listener),
    disturb(what, times) {
      if (what === 'refuse') return (refusing = times ?? 1);
      const hit = [...connections].filter((one) => what === 'cut' || !one.leaving()).slice(0, times);
      const how = { disconnect: 'retire', cut: 'cut', silence: 'silence' } as const;
      for (const connection of hit) connection[how[what]]();
      return hit.length;
    },
    state: () => ({ connections: connections.size, ...counts, opens: [...tickets.opens] }),
    close() {
      closed = true;
      for (const connection of connections) connection.cut();
      server.close();
    },
  };
}

/** A handshake that fails before there is a socket. */
function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () => socket.destroy());
}
