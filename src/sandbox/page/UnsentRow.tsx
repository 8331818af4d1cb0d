import { useEffect, useState } from 'react';
import type { Person } from '../client.ts';
import { Avatar } from './Avatar.tsx';
import type { Unsent } from './chats.ts';
import { useLanguage } from './language.tsx';
import { RetryButton } from './MessageRow.tsx';

interface UnsentRowProps {
  unsent: Unsent;
  owner: Person;
  onRetry: () => void;
  onDiscard: () => void;
}

/** My message before the sandbox has shown it back. */
export function UnsentRow({ unsent, owner, onRetry, onDiscard }: UnsentRowProps) {
  const { say } = useLanguage();
  const preview = usePreview(unsent.asFile ? undefined : unsent.file);
  const kind = unsent.file ? (unsent.asFile ? 'file' : 'image') : 'text';
  return (
    <div className="row row-me" data-testid="msg" data-kind={kind} data-from="me" data-unsent>
      <Avatar name={owner.name} userid={owner.userid} />
      <div className="row-body">
        {preview === null ? (
          <div className="bubble">
            <p className="prose">{unsent.text ?? unsent.file?.name}</p>
          </div>
        ) : (
          <img className="picture" src={preview} alt={unsent.file?.name ?? ''} />
        )}
        {!unsent.failed && <p className="fate">{say('sending')}</p>}
        {unsent.failed && unsent.problem && <RetryButton words={say('refused', unsent.problem)} onRetry={onDiscard} />}
        {unsent.failed && !unsent.problem && <RetryButton words={say('undelivered')} onRetry={onRetry} />}
      </div>
    </div>
  );
}

function usePreview(file: File | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
