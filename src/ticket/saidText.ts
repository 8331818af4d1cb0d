/** What people say with an act: lines stay lines, nothing unprintable stays, and there is an end to it. */
import type { Command } from '../flow/command.ts';
import { cleanLines, lengthOf } from '../form/typed.ts';
import { Refused, refuse } from '../lib/refusal.ts';

type ActCommand = Exclude<Command, { type: 'file' }>;

/** Characters of a comment or a reason; longer things are files. */
const MOST = 2_000;

/** The command with its words tidied. @throws Refused `bad_input` when they are too long */
export function withCleanWords(command: ActCommand): ActCommand {
  return 'comment' in command ? { ...command, comment: cleaned(command.comment) } : command;
}

function cleaned(text: string): string {
  const clean = cleanLines(text);
  if (lengthOf(clean) <= MOST) return clean;
  const zh = `说明最多 ${MOST} 个字，请写短一些，或作为附件上传`;
  const en = `At most ${MOST} characters: write less, or attach it as a file`;
  throw new Refused(refuse('bad_input', {}, [{ field: 'comment', label: '说明', zh, en }]));
}
