import { warn } from './progress.mjs';

export type StopSignal = {
  /** Aborted by the first Ctrl-C, SIGTERM, SIGHUP, or when the program that started us is gone. */
  readonly asked: AbortSignal;
  /** Aborted by the second: stop at once. */
  readonly hurried: AbortSignal;
};

/** A terminal's Ctrl-C reaches us twice: directly, and passed on by the program that started us. */
const SAME_SIGNAL_MS = 700;

/** Turns signals into two abort signals, for orderly and for immediate stopping. */
export const listenForStop = (): StopSignal => {
  const [asked, hurried] = [new AbortController(), new AbortController()];
  let firstAt = 0;
  const onStop = (): void => {
    if (!asked.signal.aborted) {
      firstAt = Date.now();
      warn('Stopping…');
      asked.abort();
    } else if (Date.now() - firstAt > SAME_SIGNAL_MS) {
      hurried.abort();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onStop);
  if (process.connected) process.on('disconnect', onStop);
  return { asked: asked.signal, hurried: hurried.signal };
};
