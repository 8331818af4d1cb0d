/** Looks again until what is expected is so: for what a platform may show a little later. */

const PATIENCE_MS = 10_000;
const LOOK_MS = 50;

/** @throws what the last look threw */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}
