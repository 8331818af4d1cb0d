/** "End it?": asked once, since what was set by one tap should not vanish by one. */
import type { Substitute } from '../../../http/contract/away.ts';
import { call } from '../api.ts';
import { ErrorNotice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { Sheet } from '../Sheet.tsx';
import { useSending } from '../useSending.ts';

interface EndSheetProps {
  readonly ending: Substitute;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function EndSheet({ ending: { id, substitute }, onClose, onDone }: EndSheetProps) {
  const { say } = useReader();
  const { busy, error, send } = useSending();
  const end = async () => {
    const accepted = await send(async (onceKey) => call('revokeSubstitute', { params: { id }, onceKey }));
    if (accepted) onDone();
  };
  const foot = (
    <>
      <ErrorNotice error={error} />
      <button
        type="button"
        className="button button-danger"
        data-testid="submit"
        disabled={busy}
        onClick={() => void end()}
      >
        {busy ? say('sending') : say('endNow')}
      </button>
    </>
  );
  return (
    <Sheet title={say('endTitle')} name="end" onClose={onClose} foot={foot}>
      <p>{say('endHow', substitute.name)}</p>
    </Sheet>
  );
}
