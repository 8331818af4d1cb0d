/** One attempt at a connection: the call for a ticket, then the handshake. */
import type { Log } from '../../lib/log.ts';
import { makeConnection, type Connection, type ConnectionParts, type ConnectionSettings } from './streamConnection.ts';
import { openStream, type OpenRequest } from './streamOpen.ts';

export interface AttemptParts extends Pick<ConnectionParts, 'arrived'> {
  readonly request: OpenRequest;
  readonly settings: ConnectionSettings;
  readonly log: Log;
  /** Either this or `failed` is called, once. */
  readonly opened: (connection: Connection) => void;
  readonly failed: (problem: string, unauthorized: boolean) => void;
  /** After `opened`, as the connection's own. */
  readonly leaving: (connection: Connection, why: 'disconnect' | 'silence') => void;
  readonly ended: (connection: Connection, problem: string) => void;
}

/** @returns gives it up: `failed` is called soon, unless it has opened already */
export function makeAttempt(parts: AttemptParts): () => void {
  const { request, settings, log, arrived } = parts;
  const asking = new AbortController();
  let giveUp = () => asking.abort();

  function connect(address: string): void {
    let open = false;
    const connection = makeConnection({
      address,
      settings,
      log,
      arrived,
      opened() {
        open = true;
        parts.opened(connection);
      },
      leaving: (why) => parts.leaving(connection, why),
      ended: (problem) => (open ? parts.ended(connection, problem) : parts.failed(problem, false)),
    });
    giveUp = () => void (open || connection.cut());
  }

  async function run(): Promise<void> {
    const alarm = setTimeout(() => asking.abort(), settings.openTimeoutMs);
    const opening = await openStream(request, asking.signal);
    clearTimeout(alarm);
    if ('problem' in opening) parts.failed(opening.problem, opening.unauthorized);
    else if (asking.signal.aborted) parts.failed('given up', false);
    else connect(opening.address);
  }

  void run();
  return () => giveUp();
}
