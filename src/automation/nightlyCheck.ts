/**
 * Published templates, checked again each night: people leave, roles empty, years end (`template-language.md`, "What the
 * check finds"). Whoever may publish is told of what is new, each once; all that stands is kept for `templateFindings`.
 */
import { setImmediate as others } from 'node:timers/promises';
import type { Directory } from '../flow/directory.ts';
import type { Finding } from '../flow/finding.ts';
import type { Template } from '../flow/template.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Database } from '../store/database.ts';
import { keepFindings, keptFindings } from '../ticket/findings.ts';
import { checkRow, outboxPart } from '../ticket/outboxRow.ts';
import { whoMay } from '../ticket/permission.ts';
import type { Templates } from '../ticket/templates.ts';

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly templates: Pick<Templates, 'current' | 'judge'>;
  readonly directory: () => Directory;
  /** Something is to be sent. */
  readonly wake: () => void;
}

/** As many lines as a message has room for. */
const MOST_TOLD = 5;

/** @returns a job's `run`; gives how many findings are new */
export function makeNightlyCheck(parts: Parts) {
  return async (): Promise<number> => {
    let news = 0;
    for (const template of parts.templates.current().values()) {
      const found = await parts.templates.judge(template.key);
      if (found) news += await tell(parts, template, found);
      // A check of ten thousand people takes a second: whoever waits comes first.
      await others();
    }
    if (news > 0) parts.log.warn('the nightly check found what it had not found before', { findings: news });
    return news;
  };
}

function tell({ db, clock, directory, wake }: Parts, template: Template, found: readonly Finding[]): Promise<number> {
  const { key, version, name } = template;
  return db.write(async (tx) => {
    const published = 'SELECT published_version FROM template WHERE template_key = ?';
    const row = await tx.one<{ published_version: number | null }>(published, [key]);
    // Published anew meanwhile: what was found then is newer than this.
    if (row?.published_version !== version) return 0;
    const known = new Set((await keptFindings(tx, key)).map(placeOf));
    const fresh = found.filter((one) => one.severity !== 'info' && !known.has(placeOf(one)));
    await keepFindings(tx, template, found);
    if (fresh.length === 0) return 0;
    const shown = fresh.slice(0, MOST_TOLD).map(({ line, zh, en }) => ({ line, zh, en }));
    const check = { template: { key, version, name }, found: shown, more: fresh.length - shown.length };
    const admins = whoMay(directory(), 'template.publish');
    await tx.insertAll([outboxPart(admins.map((personId) => checkRow(personId, check, clock())))]);
    tx.afterCommit(wake);
    return fresh.length;
  });
}

/** The number of people that a finding names changes from night to night, and is no news. */
const placeOf = ({ code, line, column }: Finding): string => `${code} ${line}:${column}`;
