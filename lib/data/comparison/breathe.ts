import 'server-only';

/** Lets everything else that waits for this process go first. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs `steps` to its end with a breath at every `yield`, and returns what it returns. */
export const runBreathing = async <T>(steps: Generator<void, T>): Promise<T> => {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breathe();
  }
};
