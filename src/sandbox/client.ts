/**
 * What the sandbox's server and its chat page say to each other under `/sandbox/api`. Types only.
 *
 * Accounts of the two corps never clash, so that `:userid` says which platform is meant.
 *
 * GET  people                      → Person[]
 * GET  chats/:userid               → { messages: Message[] }, oldest first, at most 200
 * POST chats/:userid/text          TextBody → Sent
 * POST chats/:userid/image?name=   the picture as raw body, its type as Content-Type → Sent
 * POST chats/:userid/click         ClickBody → Sent
 * POST chats/:userid/retry         RetryBody → Sent: the same callback once more, with the same MsgId
 * POST chats/:userid/enter         {} → Sent
 * DingTalk only:
 * POST chats/:userid/file?name=    any file as raw body → Sent
 * POST chats/:userid/act           InteractiveClick → Sent
 * GET  chats/:userid/todos         → Todo[]
 * GET  chats/:userid/groups/:id    → { messages: Message[] } as this person sees them
 * POST chats/:userid/groups/:id/text   GroupTextBody → Sent: only what mentions the app reaches it
 * POST chats/:userid/groups/:id/image?name=&text=   the picture as raw body, with the words beside it → Sent
 *
 * GET  media/:mediaId              the bytes of a media file
 * GET  events?users=a,b            SSE: unnamed events whose data is one LiveEvent as JSON
 */

export type Platform = 'wecom' | 'dingtalk';

export interface Group {
  readonly id: string;
  readonly title: string;
}

/** One employee of one of the sandbox's corps. */
export interface Person {
  readonly platform: Platform;
  /** Name of the corp. */
  readonly corp: string;
  /** Group chats in which the app is, too. */
  readonly groups: readonly Group[];
  /** The same person's account in the other corp. */
  readonly elsewhere: string | null;
  /** As the corp wrote it: case matters on screen, not in comparisons. */
  readonly userid: string;
  readonly name: string;
  /** Names, the main department first. */
  readonly departments: readonly string[];
  readonly position: string;
  /** Heads one of these departments. */
  readonly isHead: boolean;
  /** userid of the manager; null for whoever has none. */
  readonly manager: string | null;
}

export type MessageKind =
  | 'text'
  | 'markdown'
  | 'textcard'
  | 'image'
  | 'file'
  | 'voice'
  | 'video'
  | 'news'
  | 'template_card'
  | 'mpnews'
  | 'interactive'
  | 'action_card';

/** One message as this person sees it: an update of a card changes the copy in place, with the same id. */
export interface Message {
  readonly id: string;
  readonly userid: string;
  /** `other`: another member of the group. */
  readonly from: 'app' | 'me' | 'other';
  /** The group that it stands in; absent: the one-to-one chat with the app. */
  readonly group?: string;
  /** In a group: userid of the member who wrote it. */
  readonly by?: string;
  /** DingTalk's interactive card, as this person sees it. */
  readonly interactive?: InteractiveCard;
  /** DingTalk's action card: words and links. Its text is markdown. */
  readonly actionCard?: { readonly title: string; readonly text: string; readonly buttons: readonly ActionLink[] };
  /** A file: its name. */
  readonly fileName?: string;
  /** Epoch milliseconds of the platform's (virtual) clock. */
  readonly at: number;
  readonly kind: MessageKind;
  /** Text and markdown: the words; textcard: title and description in one line each, for lists. */
  readonly text?: string;
  /** The body of this kind as the app sent it (`template_card`, `textcard`, `news`), id translation done. */
  readonly card?: CardBody;
  /** Grey words in the place of the buttons, once the card was updated so. */
  readonly replaced?: string;
  /** A click would still call the app. */
  readonly clickable: boolean;
  readonly responseCodeUsed?: boolean;
  /** Where the page loads the picture or file. */
  readonly mediaUrl?: string;
  /** Fields whose text is over the suggested length: drawn shortened, as the client does. */
  readonly truncated?: readonly string[];
  /** 1, and one more with every update. */
  readonly version: number;
  /** Of my own messages: what became of the callback. Absent means delivered. */
  readonly delivery?: 'sending' | 'delivered' | 'failed';
}

export type LiveEvent =
  | { readonly type: 'message' | 'update' | 'recall'; readonly userid: string; readonly message: Message }
  | { readonly type: 'todos'; readonly userid: string; readonly todos: readonly Todo[] };

/** Values are always strings; objects are JSON. What the variables mean: templates/dingtalk/README.md. */
export interface InteractiveCard {
  readonly outTrackId: string;
  readonly templateId: string;
  /** The card's public data with this person's private data over it. */
  readonly data: Readonly<Record<string, string>>;
  /** What the client says because the last click got no answer in time. */
  readonly toast?: string;
}

export interface ActionLink {
  readonly title: string;
  readonly url: string;
}

export interface Todo {
  readonly id: string;
  readonly subject: string;
  readonly url: string;
  /** Epoch ms. */
  readonly dueAt: number | null;
  readonly done: boolean;
}

/** A request button, or the form (its component's id is `form`; `params` is `{ form: { name: value } }`). */
export interface InteractiveClick {
  readonly messageId: string;
  readonly actionId: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface GroupTextBody {
  readonly content: string;
  /** With @ and the app's name. */
  readonly mention: boolean;
}

export interface TextBody {
  readonly content: string;
}

/** A button, a submit button or an entry of the "…" menu; `selected` is every answer on the card by its question key. */
export interface ClickBody {
  readonly messageId: string;
  readonly key: string;
  readonly selected?: Readonly<Record<string, readonly string[]>>;
}

export interface RetryBody {
  readonly messageId: string;
}

/** What the last attempt of a callback came to. */
export interface Sent {
  readonly delivered: boolean;
  /** HTTP status of the app's answer; 0 when there was none. */
  readonly status: number;
  readonly attempts: number;
  /** The person's own message, when the act wrote one. */
  readonly messageId?: string;
  /** The passive reply that was applied. */
  readonly reply?: unknown;
  /** With `?repeat=`: what became of each delivery of the same event. */
  readonly repeats?: readonly Sent[];
}

/** Template cards and the other bodies, in the platform's own words. Source: reference/wecom.md, 4.1 and 5. */
export interface CardBody {
  readonly card_type?: string;
  readonly source?: { readonly icon_url?: string; readonly desc?: string; readonly desc_color?: number };
  readonly action_menu?: {
    readonly desc?: string;
    readonly action_list: readonly { readonly text: string; readonly key: string }[];
  };
  readonly task_id?: string;
  readonly main_title?: { readonly title?: string; readonly desc?: string };
  readonly quote_area?: {
    readonly type?: number;
    readonly url?: string;
    readonly title?: string;
    readonly quote_text?: string;
  };
  readonly emphasis_content?: { readonly title?: string; readonly desc?: string };
  readonly sub_title_text?: string;
  readonly horizontal_content_list?: readonly CardRow[];
  readonly vertical_content_list?: readonly { readonly title: string; readonly desc?: string }[];
  readonly jump_list?: readonly { readonly type?: number; readonly title: string; readonly url?: string }[];
  readonly card_action?: { readonly type?: number; readonly url?: string };
  readonly card_image?: { readonly url: string; readonly aspect_ratio?: number };
  readonly image_text_area?: {
    readonly type?: number;
    readonly url?: string;
    readonly title?: string;
    readonly desc?: string;
    readonly image_url: string;
  };
  readonly button_selection?: CardQuestion;
  readonly button_list?: readonly CardButton[];
  readonly checkbox?: {
    readonly question_key: string;
    /** 0 one answer, 1 several. */
    readonly mode?: number;
    readonly disable?: boolean;
    readonly option_list: readonly { readonly id: string; readonly text: string; readonly is_checked?: boolean }[];
  };
  readonly select_list?: readonly CardQuestion[];
  readonly submit_button?: { readonly text?: string; readonly key: string };
  readonly replace_text?: string;
  /** textcard */
  readonly title?: string;
  readonly description?: string;
  readonly url?: string;
  readonly btntxt?: string;
  /** news */
  readonly articles?: readonly {
    readonly title: string;
    readonly description?: string;
    readonly url?: string;
    readonly picurl?: string;
  }[];
}

/** 0 text, 1 url, 2 attachment, 3 member. */
export interface CardRow {
  readonly keyname: string;
  readonly value?: string;
  readonly type?: number;
  readonly url?: string;
  readonly media_id?: string;
  readonly userid?: string;
}

export interface CardQuestion {
  readonly question_key: string;
  readonly title?: string;
  readonly selected_id?: string;
  readonly disable?: boolean;
  readonly option_list: readonly { readonly id: string; readonly text: string }[];
}

/** Type 0 calls the app, 1 opens `url`. Style 1 emphasised, 2 secondary, 3 neutral, 4 negative. */
export interface CardButton {
  readonly type?: number;
  readonly text: string;
  readonly style?: number;
  readonly key?: string;
  readonly url?: string;
}
