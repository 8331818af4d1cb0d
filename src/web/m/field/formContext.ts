/** What inputs need of the form they stand in: its files. */
import { createContext, use } from 'react';
import type { FormDesk } from './useForm.ts';

type FileDesk = Pick<FormDesk, 'files' | 'addFile' | 'startUpload'>;

export const FileContext = createContext<FileDesk | null>(null);

export function useFileDesk(): FileDesk {
  const desk = use(FileContext);
  if (!desk) throw new Error('An attachment input outside a form');
  return desk;
}
