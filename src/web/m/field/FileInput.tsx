/** Attachments: chosen from the phone, or taken with its camera; sent at once, with their progress. */
import { useRef, useState, type ChangeEvent } from 'react';
import type { Attachment } from '../../../http/contract/value.ts';
import { FileList } from '../FileList.tsx';
import { Icon } from '../Icon.tsx';
import { useReader } from '../reader.tsx';
import { useFileDesk } from './formContext.ts';
import { asIds, type InputProps } from './input.ts';
import { type Upload, type Uploads, useUploads } from './useUploads.ts';

const MOST_FILES = 20;

export function FileInput({ field, value, onChange, own, labelId }: InputProps) {
  const { say } = useReader();
  const { files } = useFileDesk();
  const ids = asIds(value);
  const present = useRef(ids);
  present.current = ids;
  const put = (next: readonly number[]) => {
    present.current = next;
    onChange(next);
  };
  const uploads = useUploads((file) => put([...present.current, file.id]));
  const [tooMany, setTooMany] = useState(false);
  const max = field.max ?? MOST_FILES;
  const room = max - ids.length - uploads.under.length;
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])];
    // The same file may be chosen again after it was removed.
    event.target.value = '';
    setTooMany(chosen.length > room);
    uploads.start(chosen.slice(0, Math.max(0, room)));
  };
  const shown = ids.map((id) => files.get(id) ?? unknownFile(id, say('unnamedFile', id)));
  return (
    <div role="group" aria-labelledby={labelId} className="attach">
      <FileList files={shown} onRemove={(file) => put(present.current.filter((id) => id !== file.id))} />
      <UploadList uploads={uploads} />
      {room > 0 && (
        <div className="attach-buttons">
          <label className="button button-soft">
            <Icon name="add" />
            {say('addFile')}
            <input {...own} aria-required={undefined} className="unseen" type="file" multiple onChange={choose} />
          </label>
          <label className="button button-soft camera">
            <Icon name="camera" />
            {say('takePhoto')}
            <input className="unseen" type="file" accept="image/*" capture="environment" onChange={choose} />
          </label>
        </div>
      )}
      {tooMany && (
        <p className="problem" role="alert">
          {say('tooMany', max)}
        </p>
      )}
    </div>
  );
}

/** Known by its number only, until the service answers. */
const unknownFile = (id: number, name: string): Attachment => ({
  id,
  name,
  mime: '',
  size: null,
  state: 'stored',
  url: `/api/v1/attachments/${id}`,
  picture: false,
});

function UploadList({ uploads }: { uploads: Uploads }) {
  if (uploads.under.length === 0) return null;
  return (
    <ul className="files">
      {uploads.under.map((one) => (
        <UploadLine key={one.key} one={one} uploads={uploads} />
      ))}
    </ul>
  );
}

function UploadLine({ one, uploads }: { one: Upload; uploads: Uploads }) {
  const { say } = useReader();
  const percent = Math.round(one.part * 100);
  return (
    <li className="file">
      <span className="file-mark">
        <Icon name="file" />
      </span>
      <span className="file-name">
        {one.file.name}
        {one.problem === null ? (
          <small>
            <progress max={100} value={percent} aria-label={one.file.name} /> {say('uploading', percent)}
          </small>
        ) : (
          <small className="problem" role="alert">
            {one.problem}
          </small>
        )}
      </span>
      {one.again && (
        <button type="button" className="button button-small" onClick={() => uploads.retry(one.key)}>
          {say('retry')}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={say('removeOf', one.file.name)}
        onClick={() => uploads.drop(one.key)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
