import { z } from 'zod';
import { AppError, type ErrorCode, errorStatus } from '@/lib/errors';

const failureSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorStatus, code);

/** The answer of one of our own routes, parsed. Throws `AppError` with the server's sentence. */
export const parseAnswer = async <S extends z.ZodType>(response: Response, schema: S): Promise<z.infer<S>> => {
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new AppError('unavailable', 'The studio did not answer: is it still running?', { cause });
  });
  if (response.ok) return schema.parse(body);
  const failure = failureSchema.safeParse(body);
  if (!failure.success) throw new AppError('unavailable', `The studio answered ${response.status}`);
  const { code, message } = failure.data.error;
  throw new AppError(isErrorCode(code) ? code : 'unavailable', message);
};

/** GETs one of our own routes and parses the answer with a domain schema. Throws `AppError` with the server's sentence. */
export const fetchJson = async <S extends z.ZodType>(
  url: string,
  schema: S,
  signal?: AbortSignal,
): Promise<z.infer<S>> =>
  parseAnswer(await fetch(url, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) }), schema);
