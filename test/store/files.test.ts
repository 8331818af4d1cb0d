import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileMissing, FileTooLarge, type Files, openFiles } from '../../src/store/files.ts';

describe('attachments in a folder', () => {
  let folder: string;
  let files: Files;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paidan-files-'));
    files = openFiles(`file:${join(folder, 'attachments')}`);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const picture = randomBytes(300_000);
  const inPieces = (bytes: Uint8Array) =>
    Readable.from([bytes.subarray(0, 1), bytes.subarray(1, 200_000), bytes.subarray(200_000)]);
  const names = async () => (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{24}/.test(name));

  it('come back byte by byte, under their digest, once however often they are put', async () => {
    const first = await files.put(inPieces(picture), 300_000);
    const second = await files.put(Readable.from([picture]), 300_000);
    const sha256 = createHash('sha256').update(picture).digest('hex');
    expect(first).toEqual({ key: sha256, sha256, size: 300_000 });
    expect(second).toEqual(first);
    expect(await buffer(await files.get(first.key))).toEqual(picture);
    expect(await names()).toHaveLength(1);
  });

  it('are readable by the service alone', async () => {
    const { key } = await files.put(Readable.from([Buffer.from('private')]), 100);
    expect((await stat(join(folder, 'attachments', key.slice(0, 2), key))).mode & 0o077).toBe(0);
    await files.delete(key);
  });

  it('leave nothing behind when they are too large or break off', async () => {
    const before = await names();
    await expect(files.put(inPieces(picture), 299_999)).rejects.toThrow(FileTooLarge);
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw new Error('connection reset');
      })(),
    );
    await expect(files.put(broken, 1_000)).rejects.toThrow('connection reset');
    expect(await names()).toEqual(before);
  });

  it('are gone after delete, which may be repeated', async () => {
    const { key } = await files.put(Readable.from([Buffer.from('x')]), 10);
    await files.delete(key);
    await files.delete(key);
    await expect(files.get(key)).rejects.toThrow(FileMissing);
  });

  it('cannot be reached by a path', async () => {
    for (const key of ['../../etc/passwd', '/etc/passwd', '', '..', `${'a'.repeat(64)}/..`, 'A'.repeat(64)]) {
      await expect(files.get(key)).rejects.toThrow(FileMissing);
      await expect(files.delete(key)).rejects.toThrow(FileMissing);
    }
  });

  it('need an address that is known', () => {
    expect(() => openFiles('ftp://x')).toThrow('"ftp:", expected "file:"');
  });
});
