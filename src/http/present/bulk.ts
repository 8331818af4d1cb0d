/** What became of each of many. */
import { askText } from '../../card/askText.ts';
import { refusalText } from '../../card/refusalText.ts';
import { inWords } from '../../lib/locale.ts';
import type { BulkResult } from '../../ticket/bulkAgree.ts';
import type { BulkResults } from '../contract/ticket.ts';
import type { Reader } from './reader.ts';

export function presentBulk(result: BulkResult, { locale }: Reader): BulkResults['results'][number] {
  const { ticketId: ticket, task } = result;
  if ('refused' in result)
    return { ticket, task, code: result.refused.refused, text: refusalText(result.refused, locale) };
  return { ticket, task, code: null, text: inWords(askText.done.agree(result.done.number), locale) };
}
