import { AppError } from '@/lib/errors';
import { warn } from './progress.mjs';

/** Runs a command to its exit code. An expected failure is one sentence; anything else shows where it came from. */
export const main = (command: () => Promise<number>): void => {
  command().then(
    (code) => process.exit(code),
    (error: unknown) => {
      warn(
        error instanceof AppError
          ? error.message
          : error instanceof Error
            ? (error.stack ?? error.message)
            : String(error),
      );
      process.exit(1);
    },
  );
};
