/** Keeps the newest message in sight unless the person scrolled up to read; then it says that there is something new. */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const NEAR_PX = 80;

export interface StickToEnd {
  readonly log: RefObject<HTMLDivElement | null>;
  readonly hasNewBelow: boolean;
  scroll: () => void;
}

/** @param unsent how many messages of one's own are on their way: sending always goes to the end */
export function useStickToEnd(messages: number, unsent: number): StickToEnd {
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  /** Where we left it. */
  const leftAt = useRef(0);
  const before = useRef(messages);
  const [hasNewBelow, setNewBelow] = useState(false);

  const scroll = useCallback(() => {
    const box = log.current;
    if (box) {
      box.scrollTop = box.scrollHeight;
      leftAt.current = box.scrollTop;
    }
    atEnd.current = true;
    setNewBelow(false);
  }, []);

  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return undefined;
    const isNear = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    const follow = () => {
      // Something else was brought into sight, and the event that says so is still to come.
      if (box.scrollTop < leftAt.current - NEAR_PX && !isNear()) atEnd.current = false;
      if (atEnd.current) scroll();
    };
    const onScroll = () => {
      atEnd.current = isNear();
      if (atEnd.current) {
        leftAt.current = box.scrollTop;
        setNewBelow(false);
      }
    };
    // Cards that change, pictures that load late and a keyboard that opens move the end, too.
    const resized = new ResizeObserver(follow);
    resized.observe(box);
    const changed = new MutationObserver(follow);
    changed.observe(box, { childList: true, subtree: true, characterData: true });
    box.addEventListener('scroll', onScroll, { passive: true });
    box.addEventListener('load', follow, true);
    return () => {
      resized.disconnect();
      changed.disconnect();
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('load', follow, true);
    };
  }, [scroll]);

  useLayoutEffect(() => {
    if (messages > before.current && !atEnd.current) setNewBelow(true);
    before.current = messages;
  }, [messages]);
  useLayoutEffect(() => {
    if (unsent > 0) scroll();
  }, [unsent, scroll]);
  return { log, hasNewBelow, scroll };
}
