import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { parseAnswer } from './fetch-json';

const storedSchema = z.object({ id: z.uuid(), sha256: z.string() });

/** A file of 20 MB over a slow line. */
const TIMEOUT_MS = 10 * 60_000;

/** Sends a `tokenizer.json` to the studio. Throws `AppError` with the server's sentence. */
export const uploadTokenizer = async (name: string, file: File): Promise<z.infer<typeof storedSchema>> => {
  const response = await fetch(`/api/tokenizers?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: file,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new AppError('unavailable', 'The studio did not answer: is it still running?', { cause });
  });
  return parseAnswer(response, storedSchema);
};
