/**
 * Where something is said or shown: a person's one-to-one chat with us is named by their account, a group's begins with
 * `group:`. No account holds a colon.
 */
export type Chat = string;

const GROUP = 'group:';

/** @param id  the platform's own name of the group */
export const groupChat = (id: string): Chat => GROUP + id;

/** @returns the platform's own name of the group; null for a one-to-one chat */
export const groupOf = (chat: Chat): string | null => (chat.startsWith(GROUP) ? chat.slice(GROUP.length) : null);
