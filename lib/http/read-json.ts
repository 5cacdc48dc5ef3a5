import 'server-only';
import { AppError } from '@/lib/errors';
import { bodyChunks } from './body-stream';

/** Called with the size of each part of a body as it comes; it may throw to end the request. */
export type Count = (bytes: number) => void;

type Limits = { readonly idleMs?: number | undefined; readonly onBytes?: Count };

/**
 * The JSON body of a request of at most `maxBytes` unpacked, counted while it is read, whatever its header says. Throws
 * `too_large`, `unsupported` for another packing than gzip, and `invalid` for what is not JSON in UTF-8 or does not come.
 */
export const readJson = async (
  request: Request,
  maxBytes: number,
  { idleMs, onBytes }: Limits = {},
): Promise<unknown> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for await (const chunk of bodyChunks(request, maxBytes, { idleMs, kept: false })) {
      onBytes?.(chunk.byteLength);
      text += decoder.decode(chunk, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid', 'The body must be JSON in UTF-8', { cause });
  }
};
