import type { z } from 'zod';
import { AppError } from '@/lib/errors';
import { parseAnswer } from './fetch-json';

/** Longer than any of our routes takes; without it a dead connection would hold the sender for minutes. */
const TIMEOUT_MS = 20_000;

/**
 * POSTs JSON to one of our own routes and parses the answer. Throws `AppError`: the server's sentence, or
 * `unavailable` when nobody answered.
 */
export const sendJson = async <S extends z.ZodType>(url: string, body: unknown, schema: S): Promise<z.infer<S>> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new AppError('unavailable', 'The studio did not answer: is it still running?', { cause });
  });
  return parseAnswer(response, schema);
};
