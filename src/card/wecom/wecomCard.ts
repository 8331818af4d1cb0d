/** The JSON of `template_card`, as far as we use it. Source: reference/wecom.md, 5.1–5.6. */

interface SelectOption {
  readonly id: string;
  readonly text: string;
}

export interface WecomSelect {
  readonly question_key: string;
  readonly title: string;
  readonly option_list: readonly SelectOption[];
  readonly selected_id?: string;
}

/** `type` 0 calls back with its key, 1 opens an address. Styles: 1 emphasised, 2 secondary, 3 neutral, 4 negative. */
export type WecomButton =
  | { readonly type: 0; readonly text: string; readonly style: number; readonly key: string }
  | { readonly type: 1; readonly text: string; readonly style: number; readonly url: string };

export interface WecomFact {
  readonly keyname: string;
  readonly value: string;
  /** 3: a member. Absent: text. */
  readonly type?: 3;
  readonly userid?: string;
}

export interface WecomCard {
  readonly card_type: 'text_notice' | 'button_interaction' | 'multiple_interaction';
  readonly task_id: string;
  readonly source?: { readonly desc: string; readonly desc_color: 0 };
  readonly action_menu?: {
    readonly desc: string;
    readonly action_list: readonly { readonly text: string; readonly key: string }[];
  };
  readonly main_title: { readonly title: string; readonly desc?: string };
  readonly emphasis_content?: { readonly title: string };
  readonly quote_area?: { readonly type: 0; readonly title: string; readonly quote_text: string };
  readonly sub_title_text?: string;
  readonly horizontal_content_list?: readonly WecomFact[];
  readonly card_action?: { readonly type: 1; readonly url: string };
  readonly button_selection?: WecomSelect;
  readonly button_list?: readonly WecomButton[];
  readonly select_list?: readonly WecomSelect[];
  readonly submit_button?: { readonly text: string; readonly key: string };
  /** Only in an update: grey text in place of the buttons. */
  readonly replace_text?: string;
}
