/** When a failed request is sent again. */
import { type FailureKind, isRetryable } from './failure';

/** Requests for one text, the first one among them. */
export const MAX_ATTEMPTS = 5;
/** A server that hangs costs a whole timeout each time. */
const MAX_TIMEOUTS = 2;
const FIRST_MS = 500;
const MOST_MS = 20_000;
/** Who is asked to stay away for longer gives up: the rest is judged another time. */
const PATIENCE_MS = 60_000;

type Failed = {
  readonly kind: FailureKind;
  /** Requests sent so far, this one among them. */
  readonly attempts: number;
  /** What the server asked for; null when it did not. */
  readonly retryAfterMs: number | null;
};

/**
 * Milliseconds to wait before the next request; null to give up. Full jitter: anything up to a bound that doubles each
 * time, so that many that failed together do not come back together; never sooner than the server asked for.
 *
 * @param random - in [0, 1)
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export const nextWait = ({ kind, attempts, retryAfterMs }: Failed, random: number): number | null => {
  if (!isRetryable(kind) || attempts >= (kind === 'timeout' ? MAX_TIMEOUTS : MAX_ATTEMPTS)) return null;
  if (retryAfterMs !== null && retryAfterMs > PATIENCE_MS) return null;
  const jittered = random * Math.min(MOST_MS, FIRST_MS * 2 ** (attempts - 1));
  return Math.round((retryAfterMs ?? 0) + jittered);
};

/** A `Retry-After` header in milliseconds from `now`: seconds, or a date; null when it is neither. */
export const parseRetryAfter = (header: string | null, now: Date): number | null => {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) return Math.round(Number(text) * 1000);
  const at = /^[A-Z][a-z]{2}, \d{2} /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
};
