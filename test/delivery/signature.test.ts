/** The signature of a webhook, judged by the very code that the manual gives to receivers. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../src/delivery/webhook/signature.ts';

type Given = readonly [signature: string, body: string | Buffer, secret: string, now: number];
type IsFromPaidan = (...given: Given) => boolean;

describe.each(['zh', 'en'])('the example in docs/%s/webhooks.md', (language) => {
  let folder: string;
  let isFromPaidan: IsFromPaidan;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paidan-signature-'));
    const page = await readFile(`docs/${language}/webhooks.md`, 'utf8');
    const code = /```js\n([^]+?)```/.exec(page)?.[1] ?? '';
    await writeFile(join(folder, 'check.mjs'), code);
    ({ isFromPaidan } = (await import(join(folder, 'check.mjs'))) as { isFromPaidan: IsFromPaidan });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const now = 1_764_468_000_000;
  const body = '{"物品":"显示器 🖥"}';
  const signed = signatureOf(body, now, ['new', 'old']);

  it('takes what was signed with the secret, the new or the old one, as text or bytes', () => {
    expect(isFromPaidan(signed, body, 'new', now)).toBe(true);
    expect(isFromPaidan(signed, Buffer.from(body), 'old', now + 299_000)).toBe(true);
  });

  it.each<{ what: string; given: Given }>([
    { what: 'another secret', given: [signed, body, 'other', now] },
    { what: 'another body', given: [signed, `${body} `, 'new', now] },
    { what: 'another time', given: [signed.replace('t=1', 't=2'), body, 'new', now + 1_000_000_000_000] },
    { what: 'a replay', given: [signed, body, 'new', now + 301_000] },
    { what: 'a time to come', given: [signed, body, 'new', now - 301_000] },
    { what: 'a cut signature', given: [signed.slice(0, -1).replace(/,v1=.*,/, ','), body, 'old', now] },
    { what: 'no time', given: [signed.replace(/t=\d+,/, ''), body, 'new', now] },
    { what: 'no hex', given: [`t=${now / 1000},v1=zz`, body, 'new', now] },
    { what: 'nothing', given: ['', body, 'new', now] },
  ])('refuses $what', ({ given }) => {
    expect(isFromPaidan(...given)).toBe(false);
  });
});
