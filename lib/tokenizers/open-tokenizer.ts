/**
 * Opens a `tokenizer.json` for counting. Its file comes from anybody, and the patterns in it are run as they stand: one
 * that backtracks without end would stop the process that counts with it. What takes too long is ended instead.
 */
import vm from 'node:vm';
import type { CountTokens } from '@/lib/domain/verifier/measure';
import { readTokenizer } from '@/lib/domain/verifier/tokenizer';
import { AppError } from '@/lib/errors';

/** Several times what the largest file, and the longest text that is counted, take on a busy machine. */
const OPEN_MS = 30_000;
const COUNT_MS = 10_000;
/** A tokenizer that was ended so often is not asked again. */
const MOST_ENDED = 2;

type Limits = { readonly openMs?: number; readonly countMs?: number };

const context: { work: () => void } = { work: () => undefined };
vm.createContext(context);
const script = new vm.Script('work()');

/** The error is of another realm: no `instanceof` knows it. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** The only thing that ends a pattern on its way: undefined when the time is over. */
const inTime = <T>(work: () => T, timeout: number): { readonly value: T } | undefined => {
  let done: { readonly value: T } | undefined;
  context.work = () => {
    done = { value: work() };
  };
  try {
    script.runInContext(context, { timeout });
    return done;
  } catch (error) {
    if (isTimeout(error)) return undefined;
    throw error;
  } finally {
    context.work = () => undefined;
  }
};

/**
 * A counter of the tokenizer in this text. It gives null for what `readTokenizer` gives null, for a text that takes
 * longer than 10 s, and for every text once two have.
 *
 * @throws AppError `invalid` in a sentence for what is no tokenizer, and for one that cannot be opened in time.
 */
export const openTokenizer = (text: string, { openMs = OPEN_MS, countMs = COUNT_MS }: Limits = {}): CountTokens => {
  const opened = inTime(() => readTokenizer(text), openMs);
  if (!opened) throw new AppError('invalid', 'This tokenizer.json takes too long to open: choose another');
  let ended = 0;
  return (words) => {
    if (ended >= MOST_ENDED) return null;
    const counted = inTime(() => opened.value(words), countMs);
    if (!counted) ended += 1;
    return counted?.value ?? null;
  };
};

/** Texts on which patterns that backtrack show it; a tokenizer that can be used counts each in a few milliseconds. */
const probes = ['a', '1', ' ', 'a ', '!', '\n', 'é', '中', 'aB1 '].map((unit) => `${unit.repeat(500)}\u0001`);

/**
 * Refuses a tokenizer that is slow on texts such as any model may write.
 *
 * @throws AppError `invalid`
 */
export const requireSwift = (text: string, { openMs = OPEN_MS, countMs = 1_000 }: Limits = {}): void => {
  const count = openTokenizer(text, { openMs, countMs });
  for (const probe of probes) {
    if (count(probe) === null) {
      throw new AppError('invalid', 'This tokenizer.json has a pattern that takes too long to match: choose another');
    }
  }
};
