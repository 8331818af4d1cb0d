/**
 * Published templates: versioned rows, compiled once per process. A published version never changes, so what is
 * cached stays true; which version is the published one is re-read when somebody publishes, and every few seconds.
 */
import { createHash } from 'node:crypto';
import { CARD_LIMITS } from '../card/cardLimits.ts';
import { type Checked, checkTemplate } from '../flow/check.ts';
import { compileTemplate } from '../flow/compile.ts';
import { parseTemplate } from '../flow/parse.ts';
import type { Directory } from '../flow/directory.ts';
import type { Finding } from '../flow/finding.ts';
import type { TemplateSpec } from '../flow/spec/template.ts';
import type { Template } from '../flow/template.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Cache } from '../store/cache.ts';
import type { Database, Reader, Tx } from '../store/database.ts';
import { keepFindings } from './findings.ts';

const POLL_MS = 5_000;
const CHANNEL = 'templates';

export interface Published {
  readonly key: string;
  readonly version: number;
  /** False when this very text was published before. */
  readonly changed: boolean;
}

export interface Templates {
  /** The published ones, in memory, by key. */
  current(): ReadonlyMap<string, Template>;
  /** A given version, as running tickets keep theirs. @throws Error when there is none: a ticket can't lose its template */
  at(reader: Reader, key: string, version: number): Promise<Template>;
  /** The text of the published version; null when there is none. */
  text(key: string): Promise<string | null>;
  /** Judges a text among the published ones. @param directory null: nothing is said about people */
  check(text: string, directory: Directory | null): Checked;
  /** What the check says today of the published text; null when there is none. */
  judge(key: string): Promise<readonly Finding[] | null>;
  /** Checks and publishes. With an error among the findings nothing is written and the last version stays. */
  publish(
    text: string,
    by: number | null,
    origin: string,
  ): Promise<{ findings: readonly Finding[]; published: Published | null }>;
  refresh(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Log;
  /** What a template is checked against when it is published; null: not known yet. */
  readonly directory: () => Directory | null;
}

export function makeTemplates({ db, cache, clock, log, directory }: Parts): Templates {
  const { at, specsOf } = makeLoader();
  let current: ReadonlyMap<string, Template> = new Map();
  let poll: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  const check = (text: string, people: Directory | null) => {
    const around = { templates: specsOf(current), cards: CARD_LIMITS, now: clock() };
    return checkTemplate(text, people, 0, around);
  };

  const refresh = () =>
    db.read(async (reader) => {
      const rows = await reader.rows<{ template_key: string; published_version: number }>(
        'SELECT template_key, published_version FROM template WHERE published_version IS NOT NULL ORDER BY template_key',
      );
      const next = new Map<string, Template>();
      for (const row of rows) {
        try {
          next.set(row.template_key, await at(reader, row.template_key, row.published_version));
        } catch (error) {
          log.error('a published template can not be used', { template: row.template_key, error });
        }
      }
      current = next;
    });

  const quietly = () => void refresh().catch((error: unknown) => log.warn('templates could not be read', { error }));
  const judge = async (key: string) => {
    const text = await readText(db, key);
    return text === null ? null : check(text, directory()).findings;
  };

  return {
    current: () => current,
    at,
    text: (key) => readText(db, key),
    check,
    judge,
    async publish(text, by, origin) {
      const { findings, template } = check(text, directory());
      if (!template) return { findings, published: null };
      const published = await save(db, template.key, text, { by, origin, now: clock(), findings });
      if (published.changed) {
        await refresh();
        cache.publish(CHANNEL, template.key);
      }
      return { findings, published };
    },
    refresh,
    async start() {
      await refresh();
      unsubscribe = cache.subscribe(CHANNEL, quietly);
      poll = setInterval(quietly, POLL_MS);
      poll.unref();
    },
    async stop() {
      clearInterval(poll);
      unsubscribe?.();
    },
  };
}

/** Compiles a version once. @throws Error when there is none */
function makeLoader(): Pick<Templates, 'at'> & {
  specsOf(templates: ReadonlyMap<string, Template>): ReadonlyMap<string, TemplateSpec>;
} {
  const compiled = new Map<string, Template>();
  const specs = new WeakMap<Template, TemplateSpec>();
  const at: Templates['at'] = async (reader, key, version) => {
    const known = compiled.get(`${key} ${version}`);
    if (known) return known;
    const sql = 'SELECT text FROM template_version WHERE template_key = ? AND version = ?';
    const row = await reader.one<{ text: string }>(sql, [key, version]);
    if (!row) throw new Error(`Template ${key} has no version ${version}`);
    // Not checked again: it passed when it was published, and a stricter check of a later release may strand no ticket.
    const { spec, findings } = parseTemplate(row.text);
    if (!spec) throw new Error(`Template ${key} version ${version} can’t be read: ${findings[0]?.en ?? ''}`);
    const template = compileTemplate(spec, version);
    specs.set(template, spec);
    compiled.set(`${key} ${version}`, template);
    return template;
  };
  return {
    at,
    specsOf(templates) {
      const found = [...templates].flatMap(([key, template]) => {
        const spec = specs.get(template);
        return spec ? [[key, spec] as const] : [];
      });
      return new Map(found);
    },
  };
}

async function readText(db: Database, key: string): Promise<string | null> {
  const row = await db.read((reader) =>
    reader.one<{ text: string }>(
      `SELECT v.text FROM template t JOIN template_version v ON v.template_key = t.template_key AND v.version = t.published_version
       WHERE t.template_key = ?`,
      [key],
    ),
  );
  return row?.text ?? null;
}

interface Made {
  readonly by: number | null;
  readonly origin: string;
  /** Epoch ms. */
  readonly now: number;
  readonly findings: readonly Finding[];
}

const save = (db: Database, key: string, text: string, made: Made): Promise<Published> =>
  db.write(async (tx) => {
    const published = await saveVersion(tx, key, text, made);
    await keepFindings(tx, published, made.findings);
    return published;
  });

async function saveVersion(tx: Tx, key: string, text: string, made: Made): Promise<Published> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  // Takes the row's lock before reading, so that two who publish at once get two versions.
  const known = await tx.run('UPDATE template SET published_version = published_version WHERE template_key = ?', [key]);
  const last = await tx.one<{ version: number; sha256: string }>(
    'SELECT version, sha256 FROM template_version WHERE template_key = ? ORDER BY version DESC LIMIT 1',
    [key],
  );
  if (last?.sha256 === sha256) {
    await tx.run('UPDATE template SET published_version = ? WHERE template_key = ?', [last.version, key]);
    return { key, version: last.version, changed: false };
  }
  const version = (last?.version ?? 0) + 1;
  await tx.insert('template_version', [
    { template_key: key, version, text, sha256, origin: made.origin, made_by: made.by, at: made.now },
  ]);
  if (known === 1) await tx.run('UPDATE template SET published_version = ? WHERE template_key = ?', [version, key]);
  else
    await tx.insert('template', [
      { template_key: key, published_version: version, candidate_version: null, candidate_for: null },
    ]);
  return { key, version, changed: true };
}
