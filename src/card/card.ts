/**
 * The neutral card: what a ticket, a task or a draft looks like to one person, before any platform.
 * Words are final (already in the reader's language); a platform's encoder only arranges, shortens and drops,
 * by the rules of `card/<platform>/`.
 */

/** `primary` moves the flow on, `danger` refuses or ends, `plain` leads elsewhere. */
export type Tone = 'primary' | 'secondary' | 'danger' | 'plain';

export interface CardButton {
  readonly text: string;
  readonly tone: Tone;
  /** What comes back with a click (`actionKey.ts`), or the address that it opens. */
  readonly does: { readonly key: string } | { readonly url: string };
}

export interface CardFact {
  readonly label: string;
  readonly value: string;
  /** The value is this person's name: a platform may link it. */
  readonly account?: string;
}

/** One question that a card may ask. Platforms without the input show what they can and leave the rest to chat or H5. */
export interface CardInput {
  /** Comes back with the answer. */
  readonly key: string;
  readonly label: string;
  readonly kind: 'choice' | 'choices' | 'text' | 'longtext' | 'number' | 'date' | 'datetime';
  readonly required: boolean;
  /** For `choice` and `choices`. */
  readonly options: readonly { readonly id: string; readonly text: string }[];
  /** What is set already. */
  readonly value: readonly string[];
  /** What stands there while nothing is given: "请选择", an example, the unit of a number. */
  readonly placeholder?: string;
}

export interface Card {
  /** `task`: the reader is to do something. `ticket`: how it stands; `group`: so, for a whole group. `draft`: a filing under way. */
  readonly kind: 'task' | 'ticket' | 'group' | 'draft';
  /** Small line above: product or template name. */
  readonly source: string;
  readonly title: string;
  readonly subtitle: string;
  /** The most telling word, usually the status; a platform may show it large. */
  readonly emphasis: string;
  readonly body: string;
  readonly facts: readonly CardFact[];
  /** Somebody's words: the last comment, reason or solution. */
  readonly quote: { readonly title: string; readonly text: string } | null;
  /**
   * What may be answered on the card itself; the first button sends it. On a task's card a platform that has no such
   * inputs leaves them out, and the button asks in the chat.
   */
  readonly inputs: readonly CardInput[];
  /** Most important first; a platform that has room for fewer drops from the end. */
  readonly buttons: readonly CardButton[];
  /** Rare acts, for a "…" menu. */
  readonly menu: readonly { readonly text: string; readonly key: string }[];
  /** The H5 page of the ticket. */
  readonly url: string;
  /**
   * Set when nothing is left to do here: what stands in place of the buttons ("已由李四处理"). On a ticket's card buttons
   * that are there all the same stay: it may be filed again.
   */
  readonly over: string | null;
  /** Said to whoever just clicked, where a click can't be answered in words: a refusal, or what to do next. */
  readonly notice: string | null;
}
