/** Files on their way: their progress, and another try when it broke off. */
import { useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../http/contract/value.ts';
import { problemOf } from '../problem.ts';
import { useReader } from '../reader.tsx';
import { MOST_BYTES, upload } from '../upload.ts';
import { useFileDesk } from './formContext.ts';

export interface Upload {
  readonly key: number;
  readonly file: File;
  /** 0…1. */
  readonly part: number;
  /** What went wrong, in words; null: under way. */
  readonly problem: string | null;
  readonly again: boolean;
}

export interface Uploads {
  readonly under: readonly Upload[];
  readonly start: (files: readonly File[]) => void;
  readonly retry: (key: number) => void;
  readonly drop: (key: number) => void;
}

/** @param onDone each file as soon as it is stored */
export function useUploads(onDone: (file: Attachment) => void): Uploads {
  const { say } = useReader();
  const { addFile, startUpload } = useFileDesk();
  const [under, setUnder] = useState<readonly Upload[]>([]);
  const done = useRef(onDone);
  done.current = onDone;
  const count = useRef(0);
  const aborts = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const running = aborts.current;
    return () => running.forEach((abort) => abort.abort());
  }, []);

  const change = (key: number, to: Partial<Upload>) =>
    setUnder((last) => last.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const drop = (key: number) => {
    aborts.current.get(key)?.abort();
    setUnder((last) => last.filter((one) => one.key !== key));
  };
  const run = async (key: number, file: File) => {
    const abort = new AbortController();
    aborts.current.set(key, abort);
    const finish = startUpload();
    try {
      const stored = await upload(file, (part) => change(key, { part }), abort.signal);
      addFile(stored);
      done.current(stored);
      setUnder((last) => last.filter((one) => one.key !== key));
    } catch (error) {
      const said = problemOf(error)?.detail;
      change(key, { problem: said ?? say('uploadFailed'), again: true });
    } finally {
      aborts.current.delete(key);
      finish();
    }
  };
  const start = (files: readonly File[]) => {
    const fresh = files.map((file): Upload => {
      const tooLarge = file.size > MOST_BYTES;
      return { key: ++count.current, file, part: 0, problem: tooLarge ? say('tooLarge') : null, again: false };
    });
    setUnder((last) => [...last, ...fresh]);
    for (const { key, file, problem } of fresh) if (problem === null) void run(key, file);
  };
  const retry = (key: number) => {
    const one = under.find((other) => other.key === key);
    if (!one) return;
    change(key, { problem: null, part: 0, again: false });
    void run(key, one.file);
  };
  return { under, start, retry, drop };
}
