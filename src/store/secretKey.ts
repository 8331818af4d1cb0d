/** The key file of `secret_key`: made on the first start, readable by its owner only. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const BYTES = 32;

/**
 * @param path from `secret_key: "file:…"`. The file holds 32 bytes in base64.
 * @throws Error when it holds anything else: a new key would make every stored secret unreadable
 */
export async function readOrMakeSecretKey(path: string): Promise<Uint8Array> {
  const kept = await readKey(path);
  if (kept) return kept;
  await mkdir(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(mine, 'wx', 0o600);
  await file.writeFile(`${randomBytes(BYTES).toString('base64')}\n`);
  await file.sync();
  await file.close();
  // link, not rename: of two processes starting at once, the second must take the first one's key.
  await link(mine, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(mine);
  const made = await readKey(path);
  if (!made) throw new Error(`The key file ${path} vanished while it was made`);
  return made;
}

async function readKey(path: string): Promise<Uint8Array | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== BYTES) {
    throw new Error(`The key file ${path} does not hold ${BYTES} bytes in base64. Restore it from your backup.`);
  }
  return key;
}
