/**
 * Where attachments lie. A file's key is the digest of its content, so the same picture sent twice is kept once, and a key
 * can be nothing but 64 hexadecimal digits: no path is ever built from what a person sent.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

export interface StoredFile {
  readonly key: string;
  /** Hex, the same as `key` today; compare contents by this. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export interface Files {
  /** Durable when it resolves. @throws FileTooLarge; nothing is kept then, nor when the stream fails */
  put(content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoredFile>;
  /** @throws FileMissing */
  get(key: string): Promise<Readable>;
  /** Gone, or was not there. The caller knows that no other attachment has this key. */
  delete(key: string): Promise<void>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}
export class FileMissing extends Error {
  override readonly name = 'FileMissing';
}

const KEY = /^[0-9a-f]{64}$/;

/** @param url `file:path`, relative to the working folder */
export function openFiles(url: string): Files {
  if (!url.startsWith('file:'))
    throw new Error(`storage.url starts with "${url.split(':')[0] ?? ''}:", expected "file:"`);
  return filesIn(url.slice('file:'.length));
}

function filesIn(folder: string): Files {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new FileMissing('No such file');
    return join(folder, key.slice(0, 2), key);
  };
  return {
    async put(content, limitBytes) {
      await mkdir(join(folder, 'incoming'), { recursive: true });
      const incoming = join(folder, 'incoming', randomBytes(12).toString('hex'));
      try {
        const stored = await write(incoming, content, limitBytes);
        const path = pathOf(stored.key);
        if (await mkdir(dirname(path), { recursive: true })) await syncFolder(folder);
        await rename(incoming, path);
        await syncFolder(dirname(path));
        return stored;
      } finally {
        await rm(incoming, { force: true });
      }
    },
    async get(key) {
      const path = pathOf(key);
      await stat(path).catch(() => {
        throw new FileMissing('No such file');
      });
      return createReadStream(path);
    },
    delete: async (key) => rm(pathOf(key), { force: true }),
  };
}

async function write(path: string, content: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content) {
      size += chunk.length;
      if (size > limitBytes) throw new FileTooLarge(`More than ${limitBytes} bytes`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const sha256 = hash.digest('hex');
  return { key: sha256, sha256, size };
}

/** Without it a power cut could forget the name of a file whose content is on the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
