/** A form being filled in: entries kept on the device, conditions and problems asked of the service as they change. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FieldProblem, FormField, FormState } from '../../../http/contract/form.ts';
import type { Attachment } from '../../../http/contract/value.ts';
import type { Value } from '../../../form/field.ts';
import { forget, recall, remember } from '../memory.ts';
import { fieldProblemsOf } from '../problem.ts';
import { type Entries, isEntries, problemOf, sendable, valueIn } from './entries.ts';

/** Pauses in typing after which the service is asked, in ms. */
const LIVE_MS = 300;
const CALM_MS = 800;

interface FormInput {
  /** The form at the start; another one where it begins anew for somebody else, with what was typed. */
  readonly first: FormState;
  /** Name under which entries are kept until they are sent; null: only while the page is open. */
  readonly keep: string | null;
  /** The form with these values; changes nothing but a draft. */
  readonly ask: (values: Record<string, Value>, signal: AbortSignal) => Promise<FormState>;
}

export interface FormDesk {
  readonly form: FormState;
  readonly entries: Entries;
  readonly files: ReadonlyMap<number, Attachment>;
  /** Files on their way. */
  readonly uploading: number;
  /** Entries of an earlier visit are in it. */
  readonly restored: boolean;
  readonly refused: readonly FieldProblem[];
  readonly valueOf: (field: FormField) => Value;
  readonly problemOf: (id: string) => string | null;
  readonly change: (id: string, value: Value) => void;
  readonly focus: (id: string | null) => void;
  readonly addFile: (file: Attachment) => void;
  readonly startUpload: () => () => void;
  readonly toSend: () => Record<string, Value>;
  /** Shows at the fields what a submission was refused for. @returns how many */
  readonly refuse: (error: unknown) => number;
  /** Nothing typed; what was kept is forgotten. */
  readonly clear: () => void;
}

const kept = (keep: string | null): Entries => {
  const found = keep === null ? null : recall(keep);
  return isEntries(found) ? found : {};
};

export function useForm({ first, keep, ask }: FormInput): FormDesk {
  const [entries, setEntries] = useState<Entries>(() => kept(keep));
  const [restored, setRestored] = useState(() => Object.keys(entries).length > 0);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const [focused, focus] = useState<string | null>(null);
  const form = useAskedForm(first, entries, ask);
  useEffect(() => setRefused([]), [first]);
  const files = useFiles(form);

  useEffect(() => {
    if (keep !== null && Object.keys(entries).length > 0) remember(keep, entries);
  }, [keep, entries]);

  return {
    form,
    entries,
    ...files,
    restored,
    refused,
    valueOf: (field) => valueIn(field, entries),
    problemOf: (id) => problemOf(id, { refused, form, focused }),
    change: (id, value) => {
      setEntries((last) => ({ ...last, [id]: value }));
      setRefused((last) => last.filter((problem) => problem.field !== id));
    },
    focus,
    toSend: () => sendable(form, entries),
    refuse: (error) => {
      const problems = fieldProblemsOf(error);
      setRefused(problems);
      return problems.length;
    },
    clear: () => {
      if (keep !== null) forget(keep);
      setEntries({});
      setRestored(false);
      setRefused([]);
    },
  };
}

/** The form as the service last said it is for these entries. */
function useAskedForm(first: FormState, entries: Entries, ask: FormInput['ask']): FormState {
  const [form, setForm] = useState(first);
  const latest = useRef({ form, ask });
  latest.current = { form, ask };
  const untouched = useRef(entries);
  const begun = useRef(first);
  useEffect(() => {
    if (begun.current !== first) setForm(first);
    begun.current = first;
    // An empty start needs no question; entries that were kept do.
    if (untouched.current === entries && Object.keys(entries).length === 0) return undefined;
    const abort = new AbortController();
    const look = () => {
      const { form: now, ask: question } = latest.current;
      question(sendable(now, entries), abort.signal).then(
        (fresh) => void (abort.signal.aborted || setForm(fresh)),
        // Without an answer the form stays as it is; submitting says why.
        () => undefined,
      );
    };
    const timer = setTimeout(look, latest.current.form.live ? LIVE_MS : CALM_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [entries, first]);
  return form;
}

/** Files by id: those that the form names, and those that were uploaded since. */
function useFiles(form: FormState): Pick<FormDesk, 'files' | 'addFile' | 'uploading' | 'startUpload'> {
  const [added, setAdded] = useState<readonly Attachment[]>([]);
  const [uploading, setUploading] = useState(0);
  const files = useMemo(() => new Map([...added, ...form.files].map((file) => [file.id, file])), [added, form.files]);
  const addFile = useCallback((file: Attachment) => setAdded((last) => [...last, file]), []);
  const startUpload = useCallback(() => {
    setUploading((count) => count + 1);
    return () => setUploading((count) => count - 1);
  }, []);
  return { files, addFile, uploading, startUpload };
}
