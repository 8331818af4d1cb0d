/** Our end of the load generator. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Plan {
  readonly port: number;
  readonly connections: number;
  /** Made by `request`; taken in turn, from the start again when there are fewer than `times`. */
  readonly requests: readonly string[];
  readonly times: number;
  /** Any other status ends the bench: a rate of refusals means nothing. */
  readonly expect: number;
  readonly keepBodies?: boolean;
}

export interface Outcome {
  readonly perSecond: number;
  /** Latencies, ms. */
  readonly p50: number;
  readonly p99: number;
  /** In the order of the requests; empty unless asked for. */
  readonly bodies: readonly string[];
}

export interface Load {
  /** @throws Error with the first answer that is not as expected */
  run(plan: Plan): Promise<Outcome>;
  end(): void;
}

export function startLoad(): Load {
  const child = fork(fileURLToPath(new URL('./loadProcess.js', import.meta.url)), { serialization: 'advanced' });
  return {
    run: (plan) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error('the load generator ended'));
        child.once('exit', gone);
        child.once('message', (message: Outcome | { failed: string }) => {
          child.off('exit', gone);
          if ('failed' in message) reject(new Error(message.failed));
          else resolve(message);
        });
        child.send(plan);
      }),
    end: () => void child.kill(),
  };
}
