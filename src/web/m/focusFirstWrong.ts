/** Brings the first wrong input into sight, once the page has drawn it. */
import type { RefObject } from 'react';

export function focusFirstWrong(within: RefObject<HTMLElement | null>): void {
  setTimeout(() => {
    const wrong = within.current?.querySelector<HTMLElement>('.field-wrong');
    wrong?.scrollIntoView({ block: 'center' });
    wrong?.querySelector<HTMLElement>('[aria-invalid], [tabindex="-1"], input, button')?.focus({ preventScroll: true });
  }, 50);
}
