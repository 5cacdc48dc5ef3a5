import 'server-only';
import { z } from 'zod';
import { AppError, type ErrorCode, errorStatus } from '@/lib/errors';
import { log } from '@/lib/log';

/** What may go well in a moment. */
const retried: ReadonlySet<ErrorCode> = new Set(['busy', 'unavailable']);
/** A batch of thousands has as many faults when its sender has one. */
const MAX_FAULT_CHARS = 2_000;

/** The one wrapper of route handlers: an `AppError` becomes its status and a sentence, the rest a logged 500. */
export const handleRoute =
  <C>(run: (request: Request, context: C) => Promise<Response>) =>
  async (request: Request, context: C): Promise<Response> => {
    try {
      return await run(request, context);
    } catch (error) {
      if (error instanceof AppError) {
        return Response.json(
          { error: { code: error.code, message: error.message } },
          { status: errorStatus[error.code], headers: retried.has(error.code) ? { 'retry-after': '1' } : {} },
        );
      }
      log.error({ err: error, path: new URL(request.url).pathname }, 'request failed');
      return Response.json(
        { error: { code: 'internal', message: 'The studio failed here; its log says why' } },
        { status: 500 },
      );
    }
  };

/** Parses request input; a fault in it is the sender's (`invalid`), unlike a fault in our own rows. */
export const parseInput = <S extends z.ZodType>(schema: S, raw: unknown): z.infer<S> => {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const faults = z.prettifyError(parsed.error);
    const message = faults.length > MAX_FAULT_CHARS ? `${faults.slice(0, MAX_FAULT_CHARS)}…` : faults;
    throw new AppError('invalid', message, { cause: parsed.error });
  }
  return parsed.data;
};

/** Query parameters as an object; a repeated name becomes an array. */
export const searchInput = (request: Request): Record<string, string | string[]> => {
  const byName = Map.groupBy(new URL(request.url).searchParams, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, found]) => {
      const values = found.map(([, value]) => value);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
};
