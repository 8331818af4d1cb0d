/** Files as the API shows them. */
import type { AttachmentRow } from '../../store/entity/ticket.ts';
import type { Attachment } from '../contract/value.ts';

/** Pictures that a browser may show: none of them can hold a script. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
export const isPicture = (mime: string | null): boolean => mime !== null && PICTURES.includes(mime);

export const presentAttachment = (row: AttachmentRow): Attachment => ({
  id: row.id,
  name: row.name ?? '',
  mime: row.mime ?? 'application/octet-stream',
  size: row.size,
  state: row.state as Attachment['state'],
  url: `/api/v1/attachments/${row.id}`,
  picture: isPicture(row.mime),
});

const LONGEST = 120;

/** A file's name as it may stand in a header, on a page and on a disk: no path, no control or direction characters. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/, '');
  const dot = clean.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [clean.slice(0, dot), clean.slice(dot).slice(0, 16)] : [clean, ''];
  return [...stem].slice(0, LONGEST).join('') + ending || 'file';
}
