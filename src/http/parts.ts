/** What the HTTP room is given; `main.ts` puts it together. */
import type { Middleware } from 'koa';
import type { DeadLetters } from '../delivery/deadLetters.ts';
import type { Directory } from '../flow/directory.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { ApiTokens } from '../people/apiToken.ts';
import type { Sessions } from '../people/session.ts';
import type { Cache } from '../store/cache.ts';
import type { Database } from '../store/database.ts';
import type { Files } from '../store/files.ts';
import type { Commands } from '../ticket/commands.ts';
import type { Once } from '../ticket/once.ts';
import type { Templates } from '../ticket/templates.ts';
import type { Tickets } from '../ticket/tickets.ts';
import type { Receive, Workspace } from '../workspace/port.ts';

export interface HttpParts {
  readonly db: Database;
  readonly cache: Cache;
  readonly files: Files;
  readonly tickets: Tickets;
  readonly templates: Templates;
  readonly once: Once;
  readonly commands: Commands;
  readonly directory: () => Directory;
  /** Reads it anew, after what was just committed. */
  readonly refreshDirectory: () => Promise<Directory>;
  readonly deadLetters: DeadLetters;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** What comes in by callbacks goes there. */
  readonly receive: Receive;
  readonly clock: Clock;
  readonly log: Log;
  /** Without a slash at its end; `https:` makes cookies secure. */
  readonly publicUrl: string;
  readonly offsetMinutes: number;
  /** The sandbox's middleware, when it is enabled: then pages may be framed, and `_as` names who is looking. */
  readonly adopt?: readonly Middleware[];
  /** Holds `m/`, the built pages. */
  readonly pageFolder: string;
  /** Holds `WW_verify_*.txt`; default `data/verify`. */
  readonly verifyFolder?: string;
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  readonly readiness: () => Promise<{ ok: boolean; problems: readonly string[] }>;
  /** Default: made from the database. */
  readonly sessions?: Sessions;
  readonly tokens?: ApiTokens;
}

/** The parts with what has a default filled in. */
export interface Http extends Omit<HttpParts, 'sessions' | 'tokens'> {
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly sandbox: boolean;
}
