/** Where sign-in can't be begun by itself: several workspaces, or a browser that forgets its session. */
import type { Problem } from '../../http/contract/problem.ts';
import { Title } from './Frame.tsx';
import { useReader } from './reader.tsx';
import { signInAddress } from './signIn.ts';

export function SignIn({ problem }: { problem: Problem }) {
  const { say } = useReader();
  return (
    <main className="page">
      <Title text={say('signIn')} />
      <p>{say('signInHow')}</p>
      <p className="after">
        {problem.signIn?.map((one) => (
          <a key={one.workspace} className="button" href={signInAddress(one)}>
            {say(one.kind === 'dingtalk' ? 'signInDingtalk' : 'signInWecom', one.workspace)}
          </a>
        ))}
      </p>
    </main>
  );
}
