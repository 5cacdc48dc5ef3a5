import 'server-only';
import { AppError } from '@/lib/errors';

type Limits = {
  /** How many may work at once. */
  readonly atOnce: number;
  /** How many may stand in line behind them. */
  readonly inLine: number;
  /** What whoever finds the line full is told. */
  readonly busy: string;
};

/**
 * Bounds work that holds a database connection for as long as its caller likes: whoever waits holds none, so that
 * the rest of the studio goes on. The returned function throws `busy` when the line is full.
 */
export const createSlots = ({ atOnce, inLine, busy }: Limits): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let working = 0;
  const line: (() => void)[] = [];
  return async (work) => {
    if (working < atOnce) working += 1;
    else if (line.length < inLine) await new Promise<void>((resolve) => line.push(resolve));
    else throw new AppError('busy', busy);
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next)
        next(); // the place passes on: nobody who comes now may take it
      else working -= 1;
    }
  };
};
