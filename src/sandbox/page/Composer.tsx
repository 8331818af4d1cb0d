/** What a person can say: quick words, a picture, a line of text. Enter sends, Shift+Enter breaks the line. */
import { useEffect, useRef, type ChangeEvent, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { Person } from '../client.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { QUICK } from './words.ts';

interface ComposerProps {
  person: Person;
  draft: string;
  onDraft: (text: string) => void;
  onSay: (text: string) => void;
  onShow: (file: File) => void;
}

export function Composer({ person, draft, onDraft, onSay, onShow }: ComposerProps) {
  const { say } = useLanguage();
  const input = useGrowing(draft);
  const send = () => {
    if (draft.trim() === '') return;
    onSay(draft.trim());
    onDraft('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is composing, Enter chooses a word and must not send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pictures = [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'));
    if (pictures.length > 0) event.preventDefault();
    pictures.forEach(onShow);
  };
  const begin = (words: string) => {
    onDraft(words);
    input.current?.focus();
  };
  return (
    <footer className="composer">
      <QuickWords onSay={onSay} onBegin={begin} />
      <div className="composer-row">
        <PictureButton userid={person.userid} onShow={onShow} />
        <textarea
          ref={input}
          rows={1}
          data-testid={`say-${person.userid}`}
          aria-label={say('say', person.name)}
          placeholder={say('sayHint')}
          value={draft}
          enterKeyHint="send"
          onChange={(event) => onDraft(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button
          type="button"
          className="send"
          data-testid={`send-${person.userid}`}
          disabled={draft.trim() === ''}
          onClick={send}
        >
          {say('send')}
        </button>
      </div>
    </footer>
  );
}

function QuickWords({ onSay, onBegin }: { onSay: (text: string) => void; onBegin: (text: string) => void }) {
  const { say, words } = useLanguage();
  return (
    <div className="quick" role="group" aria-label={say('quick')}>
      {QUICK.map(({ text, more, label }) => (
        <button key={text} type="button" data-quick={text.trim()} onClick={() => (more ? onBegin(text) : onSay(text))}>
          {words(label)}
        </button>
      ))}
    </div>
  );
}

function PictureButton({ userid, onShow }: { userid: string; onShow: (file: File) => void }) {
  const { say } = useLanguage();
  const picker = useRef<HTMLInputElement>(null);
  const onPick = ({ target }: ChangeEvent<HTMLInputElement>) => {
    for (const file of target.files ?? []) onShow(file);
    target.value = ''; // so that the same file can be picked again
  };
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={say('picture')}
        title={say('picture')}
        onClick={() => picker.current?.click()}
      >
        <Icon name="picture" />
      </button>
      <input
        ref={picker}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-testid={`picture-${userid}`}
        onChange={onPick}
      />
    </>
  );
}

/** The input is as high as its text, up to about five lines. A text that came from elsewhere brings the focus here. */
function useGrowing(text: string) {
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const box = input.current;
    if (!box) return;
    if (text !== '' && box.value === text && !box.closest('.column')?.contains(document.activeElement)) box.focus();
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, 120)}px`;
  }, [text]);
  return input;
}
