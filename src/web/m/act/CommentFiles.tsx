/** Files that go with a comment, by the same input as a form's attachments. */
import type { FormColumn } from '../../../http/contract/form.ts';
import { FileInput } from '../field/FileInput.tsx';
import { FileContext } from '../field/formContext.ts';
import type { FormDesk } from '../field/useForm.ts';
import { useReader } from '../reader.tsx';

const FILES: FormColumn = {
  id: 'files',
  type: 'attachment',
  label: '',
  help: '',
  placeholder: '',
  unit: '',
  means: null,
  options: [],
  min: null,
  max: 9,
  currency: '',
  required: false,
  writable: true,
};

export function CommentFiles({ desk }: { desk: FormDesk }) {
  const { say } = useReader();
  const own = {
    id: 'comment-files',
    'data-testid': 'field-files',
    'aria-describedby': undefined,
    'aria-invalid': undefined,
    'aria-required': undefined,
  };
  return (
    <FileContext value={desk}>
      <div className="field">
        <label id="comment-files-label" htmlFor="comment-files">
          {say('addFiles')}
        </label>
        <FileInput
          field={FILES}
          value={desk.entries['files'] ?? []}
          onChange={(value) => desk.change('files', value)}
          text=""
          own={own}
          labelId="comment-files-label"
        />
      </div>
    </FileContext>
  );
}
