import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeSecretBox } from '../../src/store/secretBox.ts';
import { readOrMakeSecretKey } from '../../src/store/secretKey.ts';

describe('the secret box', () => {
  const box = makeSecretBox(randomBytes(32));

  it('opens what it sealed, and seals the same text differently each time', () => {
    for (const plain of ['', '13800138000', '密钥 🔑'.repeat(1_000)]) {
      const sealed = box.seal(plain, 'setting:workspace:hq');
      expect(sealed).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
      expect(box.open(sealed, 'setting:workspace:hq')).toBe(plain);
      expect(box.seal(plain, 'setting:workspace:hq')).not.toBe(sealed);
    }
  });

  it('does not open in another row, under another key, damaged or cut', () => {
    const place = 'person:1';
    const sealed = box.seal('13800138000', place);
    const flipped = `${sealed.slice(0, -2)}${sealed.at(-2) === 'A' ? 'B' : 'A'}${sealed.slice(-1)}`;
    expect(() => box.open(sealed, 'person:2')).toThrow('The secret of person:2 cannot be read');
    expect(() => makeSecretBox(randomBytes(32)).open(sealed, place)).toThrow('cannot be read');
    for (const bad of [flipped, sealed.slice(0, 20), sealed.replace('v1.', 'v2.'), 'v1.', '', 'plain text'])
      expect(() => box.open(bad, place)).toThrow('cannot be read');
  });

  it('finds equal values by a digest that needs the key', () => {
    const key = randomBytes(32);
    const digest = makeSecretBox(key).digest('13800138000', 'mobile');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(makeSecretBox(key).digest('13800138000', 'mobile')).toBe(digest);
    expect(makeSecretBox(key).digest('13800138000', 'mail')).not.toBe(digest);
    expect(box.digest('13800138000', 'mobile')).not.toBe(digest);
  });

  it('takes no key of another length', () => {
    expect(() => makeSecretBox(randomBytes(16))).toThrow('16 bytes, expected 32');
  });
});

describe('the key file', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'paidan-key-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('is made once, also by two starts at once, for its owner only', async () => {
    const path = join(folder, 'data', 'secret.key');
    const keys = await Promise.all([1, 2, 3, 4].map(() => readOrMakeSecretKey(path)));
    const again = await readOrMakeSecretKey(path);
    expect(again).toHaveLength(32);
    for (const key of keys) expect(key).toEqual(again);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'data'))).toEqual(['secret.key']);
  });

  it('is never replaced when it is damaged', async () => {
    const path = join(folder, 'damaged.key');
    await writeFile(path, 'half a key');
    await expect(readOrMakeSecretKey(path)).rejects.toThrow('Restore it from your backup');
  });
});
