/** What the check found in published templates: when they were published, and each night since, against the people of the day. */
import { z } from 'zod';
import type { Finding } from '../flow/finding.ts';
import type { Reader, Tx } from '../store/database.ts';

/** Of `finding.body`: a part that few read, and nobody searches. */
const Body = z.object({ zh: z.string(), en: z.string(), fix: z.string().optional() });

/** Puts these in the place of what was found before, whatever the version was. */
export async function keepFindings(
  tx: Tx,
  { key, version }: { readonly key: string; readonly version: number },
  findings: readonly Finding[],
): Promise<void> {
  await tx.run('DELETE FROM finding WHERE template_key = ?', [key]);
  await tx.insert(
    'finding',
    findings.map(({ code, line, column, severity, zh, en, fix }) => ({
      ...{ template_key: key, version, code, line, col: column, severity },
      body: JSON.stringify({ zh, en, ...(fix === undefined ? {} : { fix }) }),
    })),
  );
}

/** What stands about a template, in the order of its text. */
export async function keptFindings(reader: Reader, key: string): Promise<Finding[]> {
  type Row = Pick<Finding, 'code' | 'line' | 'severity'> & { readonly col: number; readonly body: string };
  const rows = await reader.rows<Row>(
    'SELECT code, line, col, severity, body FROM finding WHERE template_key = ? ORDER BY id',
    [key],
  );
  return rows.map(({ code, line, col: column, severity, body }) => {
    const { zh, en, fix } = Body.parse(JSON.parse(body));
    return { code, severity, line, column, zh, en, ...(fix === undefined ? {} : { fix }) };
  });
}
