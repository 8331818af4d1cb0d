/**
 * Tables in memory whose every change is first appended to a file, one line per change, so that killing the process at any
 * instant loses nothing that was answered. A torn last line was never answered and is dropped. Compacted when opened.
 *
 * No fsync on append: it is there to survive a killed process, not a power cut.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One row: table, key, and its value; null deletes it. */
export type Put<T> = { [K in keyof T]: readonly [K, string, T[K] | null] }[keyof T];

export interface Journal<T> {
  get<K extends keyof T>(table: K, key: string): T[K] | undefined;
  /** In the order in which the keys first appeared. */
  all<K extends keyof T>(table: K): Iterable<readonly [string, T[K]]>;
  /** All of these or none of them; on return they are in the file. */
  commit(...puts: Put<T>[]): void;
  close(): void;
}

export interface JournalOptions<T> {
  /** null: memory only. */
  folder: string | null;
  tables: readonly (keyof T & string)[];
  /** Asked for each row when compacting: what is too old goes. */
  keep: (table: keyof T, key: string, value: T[keyof T]) => boolean;
  /** After each commit, with the row before it. */
  onPut: (put: Put<T>, before: T[keyof T] | undefined) => void;
}

type Rows<T> = Map<keyof T, Map<string, T[keyof T]>>;

/** @throws Error when a line before the last cannot be read: then the file was edited or the disk is ill */
export function openJournal<T>({ folder, tables, keep, onPut }: JournalOptions<T>): Journal<T> {
  const rows: Rows<T> = new Map(tables.map((table) => [table, new Map<string, T[keyof T]>()]));
  const table = <K extends keyof T>(name: K): Map<string, T[K]> => {
    const found = rows.get(name);
    if (!found) throw new Error(`No table ${String(name)}`);
    return found as Map<string, T[K]>;
  };
  const apply = ([name, key, value]: Put<T>) => {
    if (value === null) table(name).delete(key);
    else table(name).set(key, value);
  };

  const path = folder === null ? null : join(folder, 'journal.jsonl');
  let file: number | null = null;
  if (folder !== null && path !== null) {
    mkdirSync(folder, { recursive: true });
    for (const puts of readLines<T>(path)) puts.forEach(apply);
    for (const [name, all] of rows) for (const [key, value] of all) if (!keep(name, key, value)) all.delete(key);
    compact(path, rows);
    file = openSync(path, 'a');
  }

  return {
    get: (name, key) => table(name).get(key),
    all: (name) => table(name),
    commit(...puts) {
      if (file !== null) writeAll(file, `${JSON.stringify(puts)}\n`);
      for (const put of puts) {
        const before = table(put[0]).get(put[1]);
        apply(put);
        onPut(put, before);
      }
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function* readLines<T>(path: string): Generator<Put<T>[]> {
  if (!existsSync(path)) return;
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop(); // What follows the last line break: nothing, or a torn line.
  for (const [index, line] of lines.entries()) {
    try {
      yield JSON.parse(line) as Put<T>[];
    } catch (cause) {
      throw new Error(`${path}, line ${index + 1} is damaged. Delete the folder to start with an empty sandbox.`, {
        cause,
      });
    }
  }
}

function compact<T>(path: string, rows: Rows<T>) {
  const fresh = openSync(`${path}.new`, 'w');
  for (const [name, all] of rows)
    for (const [key, value] of all) writeAll(fresh, `${JSON.stringify([[name, key, value]])}\n`);
  fsyncSync(fresh);
  closeSync(fresh);
  renameSync(`${path}.new`, path);
}

function writeAll(file: number, text: string) {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}
