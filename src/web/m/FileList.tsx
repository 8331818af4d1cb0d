/** Files: pictures as pictures, everything else by name and size. */
import type { Attachment } from '../../http/contract/value.ts';
import { Icon } from './Icon.tsx';
import { useReader } from './reader.tsx';
import { atSeat } from './seat.ts';
import { sizeText } from './sizeText.ts';

interface FileListProps {
  readonly files: readonly Attachment[];
  /** Absent: they can only be looked at. */
  readonly onRemove?: ((file: Attachment) => void) | undefined;
}

export function FileList({ files, onRemove }: FileListProps) {
  const { say } = useReader();
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id} data-testid={`file-${file.id}`}>
          <FileLink file={file} />
          {onRemove && (
            <button
              type="button"
              className="icon-button"
              aria-label={say('removeOf', file.name)}
              onClick={() => onRemove(file)}
            >
              <Icon name="close" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function FileLink({ file }: { file: Attachment }) {
  const { say } = useReader();
  const inside = (
    <>
      {file.picture && file.state === 'stored' ? (
        <img src={atSeat(file.url)} alt="" loading="lazy" />
      ) : (
        <span className="file-mark">
          <Icon name="file" />
        </span>
      )}
      <span className="file-name">
        {file.name}
        <small>{STATE[file.state] ? say(STATE[file.state] ?? 'lost') : sizeText(file.size)}</small>
      </span>
    </>
  );
  if (file.state !== 'stored') return <span className="file">{inside}</span>;
  return (
    <a className="file" href={atSeat(file.url)} target="_blank" rel="noreferrer">
      {inside}
    </a>
  );
}

const STATE = { stored: null, pending: 'pending', failed: 'lost', refused: 'refusedFile' } as const;
