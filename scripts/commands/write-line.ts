import { once } from 'node:events';

/** Writes one JSON line to standard output and waits when the reader is slower than we are. */
export const writeLine = async (value: unknown): Promise<void> => {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
};
