/** Why a form was not accepted. Problems at fields are counted here and told there. */
import { ErrorNotice, Notice } from '../Notice.tsx';
import { fieldProblemsOf } from '../problem.ts';
import { useReader } from '../reader.tsx';

/** @param left how many fields are not corrected yet */
export function SendError({ error, left }: { error: unknown; left: number }) {
  const { say } = useReader();
  if (fieldProblemsOf(error).length === 0) return <ErrorNotice error={error} />;
  return left > 0 ? <Notice tone="bad">{say('checkFields', left)}</Notice> : null;
}
