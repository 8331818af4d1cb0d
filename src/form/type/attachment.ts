/** Files by the ids of their attachments. Whose they are, and whether they are stored, is for `ticket/` to say. */
import { type FieldRule, isNothing, problem } from '../rule.ts';

const MOST_FILES = 20;

export const attachmentRule: FieldRule = {
  empty: [],
  input: 'files',
  personal: true,
  parse: (given, field) => {
    if (isNothing(given)) return { value: [] };
    const ids = new Set<unknown>(Array.isArray(given) ? given : [null]);
    const value = [...ids].filter((id): id is number => Number.isSafeInteger(id) && Number(id) > 0);
    if (value.length < ids.size) return problem('请重新上传文件', 'Upload the files again');
    const max = field.max ?? MOST_FILES;
    if (value.length > max)
      return problem(
        `最多 ${max} 个文件，现在有 ${value.length} 个，请删去一些`,
        `At most ${max} files, there are ${value.length}: remove some`,
      );
    if (value.length > 0 && field.min !== null && value.length < field.min)
      return problem(`至少 ${field.min} 个文件，请再上传`, `At least ${field.min} files: add more`);
    return { value };
  },
  text: (value, _field, look) => {
    const count = Array.isArray(value) ? value.length : 0;
    if (count === 0) return '';
    return look.locale === 'en' ? `${count} ${count === 1 ? 'file' : 'files'}` : `${count} 个文件`;
  },
  fromText: () => problem('请直接发送图片或文件', 'Send the picture or file itself'),
};
