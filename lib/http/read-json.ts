import 'server-only';
import { AppError } from '@/lib/errors';

/**
 * The JSON body of a request of at most `maxBytes`, counted while it is read, whatever its header says. Throws
 * `too_large`, and `invalid` for what is not JSON in UTF-8.
 */
export const readJson = async (request: Request, maxBytes: number): Promise<unknown> => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new AppError('too_large', `This request may have at most ${maxBytes} bytes`);
      text += decoder.decode(chunk, { stream: true });
    }
    return JSON.parse(text + decoder.decode());
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid', 'The body must be JSON in UTF-8', { cause });
  }
};
