/** What a person can say: quick words, a picture, a file, a line of text; in a group with or without the app's name. Enter sends, Shift+Enter breaks the line. */
import { useEffect, useRef, useState, type ChangeEvent, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { Person } from '../client.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { QUICK } from './words.ts';

interface ComposerProps {
  person: Person;
  draft: string;
  onDraft: (text: string) => void;
  isGroup: boolean;
  onSay: (text: string, mention: boolean) => void;
  onShow: (file: File) => void;
  /** Absent where only pictures reach the app. */
  onGive: ((file: File) => void) | undefined;
}

export function Composer({ person, isGroup, draft, onDraft, onSay, onShow, onGive }: ComposerProps) {
  const { say } = useLanguage();
  const [mention, setMention] = useState(true);
  const input = useGrowing(draft);
  const send = () => {
    if (draft.trim() === '') return;
    onSay(draft.trim(), mention);
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
      <div className="composer-top">
        {isGroup && <MentionSwitch mention={mention} onMention={setMention} />}
        <QuickWords onSay={(text) => onSay(text, mention)} onBegin={begin} />
      </div>
      <div className="composer-row">
        <FileButtons userid={person.userid} isPictureOff={isGroup && !mention} onShow={onShow} onGive={onGive} />
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

function MentionSwitch({ mention, onMention }: { mention: boolean; onMention: (mention: boolean) => void }) {
  const { say } = useLanguage();
  return (
    <button
      type="button"
      role="switch"
      className="mention"
      aria-checked={mention}
      title={say('mentionHint')}
      onClick={() => onMention(!mention)}
    >
      @{say('appName')}
    </button>
  );
}

interface FileButtonsProps extends Pick<ComposerProps, 'onShow' | 'onGive'> {
  userid: string;
  /** What mentions nobody doesn't reach the app, and a picture in a group can't do without. */
  isPictureOff: boolean;
}

function FileButtons({ userid, isPictureOff, onShow, onGive }: FileButtonsProps) {
  return (
    <>
      <FileButton kind="picture" userid={userid} isOff={isPictureOff} onPick={onShow} />
      {onGive && <FileButton kind="file" userid={userid} isOff={false} onPick={onGive} />}
    </>
  );
}

interface FileButtonProps {
  kind: 'picture' | 'file';
  userid: string;
  isOff: boolean;
  onPick: (file: File) => void;
}

function FileButton({ kind, userid, isOff, onPick }: FileButtonProps) {
  const { say } = useLanguage();
  const picker = useRef<HTMLInputElement>(null);
  const words = say(kind === 'picture' ? 'picture' : 'giveFile');
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    for (const file of target.files ?? []) onPick(file);
    target.value = ''; // so that the same file can be picked again
  };
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={words}
        title={words}
        disabled={isOff}
        onClick={() => picker.current?.click()}
      >
        <Icon name={kind} />
      </button>
      <input
        ref={picker}
        type="file"
        accept={kind === 'picture' ? 'image/*' : undefined}
        multiple
        hidden
        data-testid={`${kind}-${userid}`}
        onChange={onChange}
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
