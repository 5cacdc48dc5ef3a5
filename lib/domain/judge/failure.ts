/** Why a request to a judge failed, and what follows from it. */

/**
 * `refused`: the server does not take this one request, e.g. since it is too long for the model. `strange`: what
 * answers is no OpenAI-compatible server, or sends more than an answer can be.
 */
export const failureKinds = ['network', 'timeout', 'busy', 'server', 'key', 'absent', 'refused', 'strange'] as const;
export type FailureKind = (typeof failureKinds)[number];

/** How the screens name them. */
export const failureNames: Readonly<Record<FailureKind, string>> = {
  network: 'not reached',
  timeout: 'timed out',
  busy: 'rate limited',
  server: 'server error',
  key: 'key refused',
  absent: 'no such model or address',
  refused: 'request refused',
  strange: 'not understood',
};

/** The kind of an HTTP status that is not a success. */
export const failureOfStatus = (status: number): FailureKind => {
  if (status === 401 || status === 402 || status === 403) return 'key';
  if (status === 404) return 'absent';
  if (status === 408) return 'timeout';
  if (status === 409 || status === 429) return 'busy';
  if (status >= 500) return 'server';
  return status >= 400 ? 'refused' : 'strange';
};

const passing: ReadonlySet<FailureKind> = new Set(['network', 'timeout', 'busy', 'server']);
const lasting: ReadonlySet<FailureKind> = new Set(['key', 'absent']);

/** May go well in a moment. */
export const isRetryable = (kind: FailureKind): boolean => passing.has(kind);

/** Every other request would fail the same way: somebody has to see to it first. */
export const endsJudging = (kind: FailureKind): boolean => lasting.has(kind);

/** What a request may have cost although it failed: a server that we stopped hearing may have answered. */
export const mayHaveCost = (kind: FailureKind): boolean => kind === 'timeout' || kind === 'strange';
