/** Expected failures: a code, a sentence for the person, and the one table from codes to HTTP. */

export const errorStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported: 415,
  busy: 429,
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof errorStatus;

/** A failure we expect and can explain: `message` is shown to the person and says what to do. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type Failure = { code: ErrorCode; message: string; fields?: Record<string, string[] | undefined> };
export type Result<T> = { ok: true; data: T } | { ok: false; error: Failure };
